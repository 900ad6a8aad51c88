import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { jobs } from './jobs.cts';
import { limitsOf } from './limits.cts';
import { describeWorld, type World } from './rows.cts';
import { Stage } from './Stage.cts';

/**
 * Carries out all jobs in a world.
 * @returns the promises that were broken, each with the job in which it was
 */
async function play(sandbox: Sandbox, world: World): Promise<string[]> {
	const stage = await Stage.set(sandbox, world);
	const scene = { stage, world, limits: limitsOf(world) };
	const problems: string[] = [];
	for (const { name, applies, play: played } of jobs) {
		if (applies?.(world) === false) continue;
		problems.push(...(await played(scene)).map((problem) => `${name}: ${problem}`));
	}
	return problems;
}

/**
 * Declares a test for each world, and prints at the end how many ran.
 * @param named the worlds by the names of their tests
 * @param what the description for the line at the end
 */
export function testWorlds(named: Array<[name: string, world: World]>, what: string): void {
	let sandbox: Sandbox;
	let ran = 0;
	beforeAll(async () => {
		sandbox = await takeSandbox();
	});
	afterAll(async () => {
		await giveBackSandbox(sandbox);
		process.stdout.write(`${ran} of ${named.length} worlds ran: ${what}\n`);
	});
	test.each(named)('%s', async (_, world) => {
		const problems = await play(sandbox, world);
		ran++;
		expect({ world: describeWorld(world), problems }).toEqual({
			world: describeWorld(world),
			problems: [],
		});
	});
}
