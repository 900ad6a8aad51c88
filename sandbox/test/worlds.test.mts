import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONTRACT } from '../contract.mts';
import '../Sandbox.mts';
import { PLAYED, row } from '../worlds/play.mts';
import { ROWS } from '../worlds/World.mts';

/** A step of a JSON pointer (RFC 6901). */
const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** The pointers to all objects that have a key. */
function pointersTo(key: string, node: unknown, at = '#'): string[] {
	if (typeof node !== 'object' || node === null) return [];
	const inner = Object.entries(node).flatMap(([step, value]) =>
		pointersTo(key, value, `${at}/${escaped(step)}`),
	);
	return key in node ? [at, ...inner] : inner;
}

function resolve(pointer: string): unknown {
	const steps = pointer.split('/').slice(1);
	return steps
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.reduce<unknown>((node, step) => new Map(Object.entries(node ?? {})).get(step), CONTRACT);
}

const asked = new Set([...ROWS.values()].flatMap(({ contract }) => contract));

const CHECK = fileURLToPath(new URL('../../tools/contract/worlds.mts', import.meta.url));

describe('docs/worlds.md', () => {
	it('says what contract/worlds.yaml says (npm run docs -- worlds writes it)', () => {
		const { status, stderr } = spawnSync(process.execPath, [CHECK, '--check']);
		assert.equal(status, 0, stderr.toString());
	});
});

describe('contract/worlds.yaml', () => {
	it('has a row for everything that the contract marks as unknown', () => {
		const unknowns = pointersTo('x-unknown', CONTRACT);
		assert.ok(unknowns.length >= 25);
		assert.deepEqual(
			unknowns.filter((pointer) => !asked.has(pointer)),
			[],
		);
	});

	it('points to places that exist in the contract', () => {
		assert.deepEqual(
			[...asked].filter((pointer) => resolve(pointer) === undefined),
			[],
		);
	});

	it('has at least two alternatives per row, and holds-otherwise only names existing ones', () => {
		for (const [name, { alternatives, holdsOtherwise }] of ROWS) {
			assert.ok(alternatives.size >= 2, name);
			for (const alternative of holdsOtherwise.keys())
				assert.ok(alternatives.has(alternative), name);
		}
	});

	it('is played completely by the sandbox', () => {
		assert.deepEqual([...PLAYED].toSorted(), [...ROWS.keys()].toSorted());
	});

	it('can neither be played in part nor beyond what it has', () => {
		assert.throws(() => row('dates', { offset: 1 }), /not played: plain-offset, no-zone, epoch/);
		const beyond = { 'nothing-registered': 1, 'rest-signed': 2, both: 3 };
		assert.throws(() => row('refused-request', beyond), /not there: both/);
		assert.throws(() => row('no such row', {}), /no such row/);
	});
});
