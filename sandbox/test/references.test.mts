import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import { idOf, open, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
let alpha2: Caller;
let beta: Caller;
before(async () => {
	({ sandbox, alpha, alpha2, beta } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => {
	await alpha.reset();
	alpha2.forgetToken();
	beta.forgetToken();
});

async function signatures(): Promise<number[]> {
	const rows = await alpha.control<{ count: number }[]>('GET', '/signatures');
	return rows.map(({ count }) => count);
}

describe('the reference of a document', () => {
	it('is refused with 0.0.7 when it is used again, and nothing is signed twice', async () => {
		await alpha.sign([{ externalReference: 'R' }]);
		const { status, text } = await alpha.sign([
			{ externalReference: 'new' },
			{ externalReference: 'R' },
		]);
		assert.equal(status, 409);
		assert.match(text, /0\.0\.7.*reference R /);
		assert.deepEqual(await signatures(), [1]);
		assert.equal((await alpha.lookup('new')).status, 404);
	});

	it('is refused while the first request is still being processed', async () => {
		await alpha.settings({ delay: { perDocumentMs: 150 } });
		const answers = await Promise.all(
			Array.from({ length: 5 }, async () => await alpha.sign([{ externalReference: 'R' }])),
		);
		assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409]);
		assert.deepEqual(await signatures(), [1]);
	});

	it('cannot be repeated within a request', async () => {
		const { status, text } = await alpha.sign([
			{ externalReference: 'R' },
			{ externalReference: 'R' },
		]);
		assert.equal(status, 409);
		assert.match(text, /0\.0\.7.*repeated/);
		assert.deepEqual(await signatures(), []);
	});

	it('is unique within an issuer, and free for another', async () => {
		await alpha.sign([{ externalReference: 'R' }]);
		assert.equal((await alpha2.sign([{ externalReference: 'R' }])).status, 409);
		assert.equal((await beta.sign([{ externalReference: 'R' }])).status, 200);
	});

	it('stays spent when its document failed', async () => {
		const signErrors = [{ match: {}, signError: 'CERT_SERVICE_GLOBAL_ERROR' }];
		await alpha.settings({ signErrors });
		const { body } = await alpha.sign([{ externalReference: 'R' }]);
		assert.equal(body.documentList?.[0]?.signStatus, 'ERROR_SIGNING');
		await alpha.settings({ signErrors: [] });
		assert.equal((await alpha.sign([{ externalReference: 'R' }])).status, 409);
		assert.deepEqual(await signatures(), []);
	});

	it("is not the request's reference, which may be used again", async () => {
		for (const expected of [200, 200]) {
			assert.equal((await alpha.sign([{}], { externalReference: 'same' })).status, expected);
		}
	});
});

describe('an operation', () => {
	it('is only seen by the client services of its issuer', async () => {
		const id = idOf(await alpha.sign([{ externalReference: 'R' }]));
		const paths = [
			'/api/v0/operation/id/withDocumentExternalReference/R',
			`/api/v0/operation/status/${id}`,
			`/api/v0/operation/sign/detail/${id}/contentInResponse/false`,
			`/api/v0/operation/sign/detail/${id}/documents`,
		];
		for (const path of paths) {
			assert.equal((await alpha2.get(path)).status, 200, path);
			assert.equal((await beta.get(path)).status, 404, path);
		}
		const resend = `/api/v0/delivery/mail/resend/${id}/false`;
		assert.equal((await beta.post(resend, ['a@x.example'])).status, 404);
		assert.deepEqual(await alpha.control('GET', '/outbox'), []);
	});

	it('that does not exist is answered like one of another issuer, as set', async () => {
		const usual = await alpha.get('/api/v0/operation/status/4711');
		assert.equal(usual.status, 404);
		assert.equal(usual.body.errorCode, 'SANDBOX.NOT_FOUND');
		await alpha.settings({ lookupNotFound: { status: 500, body: { errorCode: '7.7.7' } } });
		const set = await alpha.lookup('nothing');
		assert.deepEqual([set.status, set.text], [500, '{"errorCode":"7.7.7"}']);
		await alpha.settings({ lookupNotFound: { status: 404, body: 'gone' } });
		assert.equal((await alpha.lookup('nothing')).text, 'gone');
		await alpha.settings({ lookupNotFound: { status: 404 } });
		assert.equal((await alpha.lookup('nothing')).text, '');
	});

	it('is only found by its reference after the lag that is set', async () => {
		await alpha.settings({ lookupLagMs: 3_600_000 });
		await alpha.sign([{ externalReference: 'R' }]);
		assert.equal((await alpha.lookup('R')).status, 404);
		assert.equal((await alpha.sign([{ externalReference: 'R' }])).status, 409);
		await alpha.settings({ lookupLagMs: 0 });
		assert.equal((await alpha.lookup('R')).status, 200);
	});
});
