import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import { idOf, open, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => await alpha.reset());

const inWorld = async (world: object): Promise<void> => await alpha.settings({ world });

const R = { externalReference: 'R' };
const WANTED = { returnSignedContent: true };

async function signatures(): Promise<number> {
	return (await alpha.control<{ signatures: number }>('GET', '/stats')).signatures;
}

describe('a reference that is held', () => {
	for (const [alternative, status, code] of [
		['unknown-409', 409, '2.0.3'],
		['unhandled-500', 500, '0.0.1'],
	] as const) {
		it(`is answered with HTTP ${status} and ${code} in a world that does so`, async () => {
			await inWorld({ 'reference-held': alternative });
			idOf(await alpha.sign([R]));
			const { status: seen, text } = await alpha.sign([R]);
			assert.equal(seen, status);
			assert.match(text, new RegExp(code.replaceAll('.', '\\.')));
			assert.equal(await signatures(), 1);
		});
	}

	it('is answered with the earlier operation by a service that replays, whatever is sent', async () => {
		await inWorld({ 'reference-held': 'replayed' });
		const first = await alpha.sign([{ ...R, content: 'one' }], { externalReference: 'first' });
		const second = await alpha.sign([{ ...R, content: 'another' }], WANTED);
		assert.equal(idOf(second), idOf(first));
		assert.equal(second.body.folderExternalReference, 'first');
		assert.equal(await signatures(), 1);
	});
});

describe('a long reference', () => {
	it('is cut, and so is what is looked up, in a world that cuts', async () => {
		await inWorld({ 'reference-length': 'cut-64' });
		const [same, one, other] = ['s'.repeat(64), 'one', 'other'];
		const id = idOf(await alpha.sign([{ externalReference: same + one }]));
		assert.equal((await alpha.sign([{ externalReference: same + other }])).status, 409);
		assert.equal((await alpha.lookup(same + other)).body, id);
		const { body } = await alpha.detail(id);
		assert.equal(body.documentList?.[0]?.externalReference, same);
	});
});

describe('references in an answer', () => {
	const reference = 'Série 1';
	const shown = async (): Promise<unknown[]> => {
		const { body } = await alpha.sign([{ externalReference: reference }], {
			externalReference: 'É',
		});
		return [body.documentList?.[0]?.externalReference, body.folderExternalReference];
	};
	for (const [alternative, document, request] of [
		['padded', 'Série 1  ', 'É  '],
		['url-encoded', 'S%C3%A9rie%201', '%C3%89'],
		['renamed', /^DOCUMENT-/, 'É'],
		['missing', undefined, 'É'],
	] as const) {
		it(`are shown ${alternative} in a world that does so`, async () => {
			await inWorld({ 'reference-shown': alternative });
			const [ofDocument, ofRequest] = await shown();
			if (document instanceof RegExp) assert.match(String(ofDocument), document);
			else assert.equal(ofDocument, document);
			assert.equal(ofRequest, request);
		});
	}
});

describe('a reference that is taken at the end', () => {
	beforeEach(async () => await inWorld({ 'reference-taken': 'at-the-end' }));

	it('is neither found nor held while the document is being signed', async () => {
		await alpha.settings({ async: { pendingPolls: 1 } });
		idOf(await alpha.sign([R]));
		assert.equal((await alpha.lookup('R')).status, 404);
		idOf(await alpha.sign([R]));
		assert.equal(await signatures(), 1, 'the first one, which ends on its own');
	});

	it('is found and held once the document is signed, which look-ups wait for', async () => {
		await alpha.fault({
			on: 'sign',
			moment: 'registered',
			action: { type: 'answer', status: 504, body: '<html>' },
		});
		assert.equal((await alpha.sign([R])).status, 504);
		const seen: number[] = [];
		while (seen.at(-1) !== 200 && seen.length < 20) seen.push((await alpha.lookup('R')).status);
		assert.deepEqual(seen, [404, 404, 404, 404, 404, 404, 200]);
		assert.equal((await alpha.sign([R])).status, 409);
		assert.equal(await signatures(), 1);
	});
});

describe('an operation that is not finished', () => {
	it('is executed on request', async () => {
		await alpha.settings({ async: { pendingPolls: 100 } });
		const id = idOf(await alpha.sign([R]));
		await alpha.control('POST', '/finish');
		assert.equal(await alpha.status(id), 'EXECUTED');
		assert.equal(await signatures(), 1);
	});
});

describe('what an operation lists', () => {
	it('has both tries of a document in a world that keeps them, the failed one first', async () => {
		await inWorld({ 'documents-listed': 'both-tries' });
		const { body } = await alpha.sign([R], WANTED);
		const tries = body.documentList?.map(({ signStatus, signedContent }) => [
			signStatus,
			signedContent !== undefined,
		]);
		assert.deepEqual(tries, [
			['ERROR_SIGNING', false],
			['SIGNED', true],
		]);
	});

	it('has the contents of other documents when they are swapped, but only once', async () => {
		await alpha.fault({ on: 'sign', moment: 'received', action: { type: 'swap' } });
		const contents = ['one', 'two', 'three'];
		const drafts = contents.map((content) => ({ content }));
		const read = async () =>
			(await alpha.sign(drafts, WANTED)).body.documentList?.map(({ signedContent }) =>
				Buffer.from(signedContent ?? '', 'base64').toString(),
			);
		assert.deepEqual(await read(), ['two', 'three', 'one']);
		assert.deepEqual(await read(), contents);
	});
});
