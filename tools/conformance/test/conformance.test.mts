import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../../sandbox/Sandbox.mts';
import type { Sandbox } from '../../../sandbox/Sandbox.mts';
import { ROWS } from '../../../sandbox/worlds/World.mts';
import type { World } from '../../../sandbox/worlds/World.mts';
import { Account } from '../Account.mts';
import { Lab } from '../Lab.mts';
import { MOST_SIGNATURES, NOT_PROBED, probeAll, PROBES } from '../probes.mts';
import type { Findings } from '../probes.mts';
import { Trials } from '../Trials.mts';
import { seededRandom } from '../../n8n/seededRandom.mts';

/** How many random worlds to recognise; `npm test` only has time for a few. */
const RANDOM_WORLDS = Number(process.env['CONFORMANCE_WORLDS'] ?? 200);

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

async function signatures(): Promise<number> {
	const answer = await fetch(`${sandbox.info.controlUrl}/stats`);
	const stats: { signatures: number } = JSON.parse(await answer.text());
	return stats.signatures;
}

/** What is found out about a sandbox in a world. */
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

/** A world in which an operation waits. */
const WAITING: World = { execution: 'pending' };
/** Rows that only show while an operation waits. */
const SHOWN_IN = new Map([
	['look-up-lag', WAITING],
	['resend-too-early', WAITING],
	['reference-taken', WAITING],
]);

const NOT_BEFORE_ANSWER = ['execution=pending', 'execution=retried', 'execution=retried-as-error'];
/** What prevents contents from being fetched later. */
const GONE = ['contents-kept=deleted', 'contents-kept=never-stored', 'contents-kept=proxy'];
/** What prevents documents from being distinguished by their references. */
const NAMELESS = ['reference-shown=renamed', 'reference-shown=missing'];
const WITHOUT_STATUS = ['statuses=no-operation-status', 'sign-answer=id-only'];

/** What prevents a service with look-ups from showing its alternative of a row. */
const HIDDEN_BY: ReadonlyMap<string, readonly string[]> = new Map([
	['look-up-lag', ['execution=before-answer', 'reference-taken=at-the-end', ...WITHOUT_STATUS]],
	['reference-taken', ['execution=before-answer', ...WITHOUT_STATUS]],
	['reference-shown', ['reference-characters=plain']],
	['document-order', NAMELESS],
	['reference-case', NAMELESS],
	['contents-kept', ['enum-values=new-beside', 'request-reference-shown=base-only']],
	['stored-without-preservation', GONE],
	['reference-length', NAMELESS],
	['path-characters', ['reference-characters=plain']],
	['base64', GONE],
	['coordinates', GONE],
	['placeholder-drawing', GONE],
	['multipart-match', [...GONE, ...NAMELESS]],
	['folder-id', ['request-reference-shown=base-only']],
	['refused-request', ['unique-references=requests', 'reference-held=replayed']],
	['content-in-answer', ['sign-answer=base', 'sign-answer=id-only', ...NOT_BEFORE_ANSWER]],
	['enum-values', ['statuses=no-operation-status', 'statuses=no-sign-status']],
	['execution', ['statuses=no-operation-status']],
	[
		'resend-too-early',
		['execution=before-answer', 'execution=retried-as-error', ...WITHOUT_STATUS],
	],
]);

/** Whether a service in this world must be recognised in a row. */
function hasToShow(row: string, world: World): boolean {
	const hidden = HIDDEN_BY.get(row)?.some((pair) => {
		const [other = '', alternative] = pair.split('=');
		return world[other] === alternative;
	});
	return world['look-ups'] === 'there' && hidden !== true;
}

function randomWorld(random: () => number): World {
	return Object.fromEntries(
		[...ROWS].map(([row, { alternatives }]) => {
			const names = [...alternatives.keys()];
			// Little shows without look-ups, so at least half of the worlds have them.
			const isUsual = row === 'look-ups' && random() < 0.5;
			return [
				row,
				(isUsual ? undefined : names[Math.floor(random() * names.length)]) ?? usual(row),
			];
		}),
	);
}

describe('the conformance run', () => {
	it('asks about every row of contract/worlds.yaml, or says why it does not', () => {
		const known = [...PROBES.keys(), ...NOT_PROBED.keys()];
		assert.deepEqual(known.toSorted(), [...ROWS.keys()].toSorted());
	});

	it('recognises each alternative on its own', async () => {
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
		assert.ok(RANDOM_WORLDS >= 1, 'CONFORMANCE_WORLDS must be a number, 1 or more');
		const random = seededRandom(Number(process.env['CONFORMANCE_SEED'] ?? 1));
		const wrong: string[] = [];
		let recognised = 0;
		for (let count = 1; count <= RANDOM_WORLDS; count += 1) {
			const world = randomWorld(random);
			const findings = await found(world);
			assert.ok((await signatures()) <= MOST_SIGNATURES, `world ${count}`);
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

const MAIN = fileURLToPath(new URL('../main.mts', import.meta.url));

/** Runs the command line with only the environment that is given, nothing of the test's own. */
function start(args: string[], env: Record<string, string> = {}) {
	return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env });
}

describe('npm run conformance', () => {
	it('prints which world a sandbox is, without secrets, references or addresses', () => {
		const worlds = ['--world', 'operation-ids=text', '--world', 'dates=epoch'];
		const { status, stdout } = start(['--sandbox', ...worlds, '--email', 'me@example.com']);
		assert.equal(status, 0);
		assert.match(stdout, /\| operation-ids \|.*\| `text` \|/);
		assert.match(stdout, /\| dates \|.*\| `epoch` \|/);
		assert.match(stdout, /\| storage-error \|.*not asked/);
		assert.doesNotMatch(stdout, /PRT\.|Bearer|me@example|JVBERi|127\.0\.0\.1/);
	});

	it('prints the report of another address with credentials from the environment', async () => {
		const { baseUrl, tokenUrl, clients } = sandbox.info;
		const [client] = clients;
		assert.ok(client);
		await control('POST', '/reset', {});
		const env = {
			SIGNSTASH_CLIENT_ID: client.clientId,
			SIGNSTASH_CLIENT_SECRET: client.clientSecret,
		};
		const args = ['--base-url', baseUrl, '--token-url', tokenUrl, '--yes-bill-me', '--pause', '0'];
		const child = spawn(process.execPath, [MAIN, ...args], { env });
		const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
		assert.equal(code, 0);
		assert.match(printed, /\| look-ups \|.*\| `there` \|/);
		assert.match(printed, /\| receiver-status \|.*does not show it/);
		assert.ok(!printed.includes(client.clientSecret) && !printed.includes(client.clientId));
	});

	it('signs nothing that is billed unless it is told to, and says so first', () => {
		const env = { SIGNSTASH_CLIENT_ID: 'id', SIGNSTASH_CLIENT_SECRET: 'secret' };
		const { status, stderr, stdout } = start(['--production'], env);
		assert.equal(status, 2);
		assert.equal(stdout, '');
		assert.match(stderr, /legally binding.*billed[^]*--yes-bill-me/s);
	});

	it('says what is missing', () => {
		assert.match(start([]).stderr, /SIGNSTASH_CLIENT_ID and SIGNSTASH_CLIENT_SECRET are not set/);
		assert.match(start(['--base-url', 'http://x']).stderr, /go together/);
		assert.match(start(['--sandbox', '--world', 'dates=never']).stderr, /dates/);
	});
});
