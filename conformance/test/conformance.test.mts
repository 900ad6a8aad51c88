import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox } from '../../sandbox/Sandbox.mts';
import type { Sandbox } from '../../sandbox/Sandbox.mts';
import { ROWS } from '../../sandbox/worlds/World.mts';
import type { World } from '../../sandbox/worlds/World.mts';
import { Account } from '../Account.mts';
import { Lab } from '../Lab.mts';
import { NOT_PROBED, probeAll, PROBES } from '../probes.mts';
import type { Findings } from '../probes.mts';
import { Trials } from '../Trials.mts';

/** How many random worlds are to be recognised. */
const RANDOM_WORLDS = 200;

let sandbox: Sandbox;
before(async () => {
	sandbox = await startSandbox();
});
after(async () => await sandbox.close());

async function control(method: string, path: string, body: object): Promise<void> {
	const answer = await fetch(sandbox.info.controlUrl + path, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	assert.equal(answer.status, 200, await answer.text());
}

/** What is found of a sandbox in a world. */
async function found(world: World, rows?: Iterable<string>): Promise<Findings> {
	await control('POST', '/reset', {});
	await control('PATCH', '/settings', { world });
	const { baseUrl, tokenUrl, clients } = sandbox.info;
	const [client] = clients;
	assert.ok(client);
	const account = new Account({ baseUrl, tokenUrl, ...client });
	const lab = new Lab(account, { email: 'a@example.com', pauseMs: 0 });
	return await probeAll(new Trials(lab), rows);
}

const usual = (row: string): string => [...(ROWS.get(row)?.alternatives.keys() ?? [])][0] ?? '';

/** Rows that only show while an operation waits. */
const WAITING: World = { execution: 'pending' };
const SHOWN_IN = new Map([
	['look-up-lag', WAITING],
	['resend-too-early', WAITING],
]);

const NOT_BEFORE_ANSWER = ['execution=pending', 'execution=retried', 'execution=retried-as-error'];
const WITHOUT_STATUS = ['statuses=no-operation-status', 'sign-answer=id-only'];

/** What keeps a service with look-ups from showing which alternative of a row it is. */
const HIDDEN_BY: ReadonlyMap<string, readonly string[]> = new Map([
	['look-up-lag', ['execution=before-answer', ...WITHOUT_STATUS]],
	['path-characters', ['reference-characters=plain']],
	['base64', ['contents-kept=deleted']],
	['multipart-match', ['contents-kept=deleted']],
	['folder-id', ['request-reference-shown=base-only']],
	['refused-request', ['unique-references=requests']],
	['content-in-answer', ['sign-answer=base', 'sign-answer=id-only', ...NOT_BEFORE_ANSWER]],
	['enum-values', ['statuses=no-operation-status', 'statuses=no-sign-status']],
	['execution', ['statuses=no-operation-status']],
	[
		'resend-too-early',
		['execution=before-answer', 'execution=retried-as-error', ...WITHOUT_STATUS],
	],
]);

/** Whether a service in this world has to be recognised in a row. */
function hasToShow(row: string, world: World): boolean {
	const hidden = HIDDEN_BY.get(row)?.some((pair) => {
		const [other = '', alternative] = pair.split('=');
		return world[other] === alternative;
	});
	return world['look-ups'] === 'there' && hidden !== true;
}

/** Random numbers from 0 to 1, always the same (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function randomWorld(random: () => number): World {
	return Object.fromEntries(
		[...ROWS].map(([row, { alternatives }]) => {
			const names = [...alternatives.keys()];
			// Without look-ups little shows: they are there in half of the worlds.
			const isUsual = row === 'look-ups' && random() < 0.5;
			return [
				row,
				(isUsual ? undefined : names[Math.floor(random() * names.length)]) ?? usual(row),
			];
		}),
	);
}

describe('the conformance run', () => {
	it('asks for every row of contract/worlds.yaml, or says why it does not', () => {
		const known = [...PROBES.keys(), ...NOT_PROBED.keys()];
		assert.deepEqual(known.toSorted(), [...ROWS.keys()].toSorted());
	});

	it('recognises each alternative that stands alone', async () => {
		const missed: string[] = [];
		for (const row of PROBES.keys()) {
			for (const alternative of ROWS.get(row)?.alternatives.keys() ?? []) {
				const finding = (await found({ ...SHOWN_IN.get(row), [row]: alternative }, [row])).get(row);
				if (finding?.possible.join() !== alternative)
					missed.push(`${row}=${alternative}: ${finding?.possible.join(' or ')}`);
			}
		}
		assert.deepEqual(missed, []);
	});

	it(`recognises ${RANDOM_WORLDS} random worlds, in each row that they show`, async () => {
		const random = seeded(Number(process.env['CONFORMANCE_SEED'] ?? 1));
		const wrong: string[] = [];
		let recognised = 0;
		for (let count = 1; count <= RANDOM_WORLDS; count += 1) {
			const world = randomWorld(random);
			const findings = await found(world);
			for (const [row, finding] of findings) {
				const real = world[row] ?? '';
				if (finding?.possible.join() === real) recognised += 1;
				const isRight = finding === undefined || finding.possible.includes(real);
				if (!isRight || (hasToShow(row, world) && finding?.possible.length !== 1))
					wrong.push(
						`world ${count}: ${row}=${real}: ${finding?.possible.join(' or ') ?? 'not shown'} ${finding?.seen ?? ''}`,
					);
			}
		}
		assert.deepEqual(wrong, []);
		console.log(`${recognised} of ${RANDOM_WORLDS * PROBES.size} answers recognised`);
	});
});
