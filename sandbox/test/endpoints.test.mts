import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import type { Sandbox } from '../Sandbox.mts';
import type { SignOperation } from '../types.mts';
import { idOf, MULTIPART, open, SIGN, signRequest, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => await alpha.reset());

describe('signing', () => {
	it('signs documents in base64 and leaves the contents out unless they are asked for', async () => {
		const { status, body } = await alpha.sign([
			{ externalReference: 'A' },
			{ externalReference: 'B' },
		]);
		assert.equal(status, 200);
		assert.equal(body.status, 'EXECUTED');
		assert.equal(body.issuerClientServiceAlias, alpha.clientId);
		assert.deepEqual(
			body.documentList?.map(({ externalReference, signStatus }) => [
				externalReference,
				signStatus,
			]),
			[
				['A', 'SIGNED'],
				['B', 'SIGNED'],
			],
		);
		assert.ok(body.documentList.every((document) => !('signedContent' in document)));
		assert.equal(body.documentList[0]?.contentLength, 'a document'.length);
	});

	it('returns the signed contents when they are asked for', async () => {
		const { body } = await alpha.sign([{ content: 'one' }, { content: 'two "quoted"' }], {
			returnSignedContent: true,
		});
		assert.deepEqual(
			body.documentList?.map(({ signedContent }) =>
				Buffer.from(signedContent ?? '', 'base64').toString(),
			),
			['one', 'two "quoted"'],
		);
	});

	it('signs documents sent as parts, with the request as a field or as a file', async () => {
		for (const asFile of [false, true]) {
			const request = signRequest([{}, {}], { returnSignedContent: true });
			const form = new FormData();
			for (const text of ['first', 'second']) form.append('files', new Blob([text]), 'a.pdf');
			const json = JSON.stringify(request, (key, value: unknown) =>
				key === 'base64Content' ? undefined : value,
			);
			const part = new Blob([json], { type: 'application/json' });
			if (asFile) form.append('signRequest', part, 'request.json');
			else form.append('signRequest', json);
			const response = await alpha.raw(MULTIPART, { method: 'POST', body: form });
			assert.equal(response.status, 200);
			const body: SignOperation = JSON.parse(await response.text());
			assert.deepEqual(
				body.documentList?.map(({ signedContent }) =>
					Buffer.from(signedContent ?? '', 'base64').toString(),
				),
				['first', 'second'],
			);
		}
	});

	it('only accepts the signing paths in their documented spelling', async () => {
		for (const path of [SIGN.slice(0, -1), MULTIPART.slice(0, -1)]) {
			assert.equal((await alpha.post(path, signRequest([{}]))).status, 404);
		}
		const calls = await alpha.control<{ on: string }[]>('GET', '/calls');
		assert.equal(calls.filter(({ on }) => on === 'unknown').length, 2);
	});

	it('describes settings as attributes, and how content is stored', async () => {
		const { body } = await alpha.sign([
			{
				signatureInfo: {
					signatureType: 'PAdES',
					reason: 'Approved',
					visibleSignatureInfo: { locationType: 'PLACEHOLDER', locationValue: 'HERE' },
				},
			},
		]);
		assert.deepEqual(body.documentList?.[0]?.documentAttributes, [
			{ attributeKey: 'GLOBAL_SIGNATURE_VISIBILITY_ENABLED', attributeValue: 'true' },
			{ attributeKey: 'VISIBLE_SIGNATURE_LOCATION_TYPE', attributeValue: 'PLACEHOLDER' },
			{ attributeKey: 'VISIBLE_SIGNATURE_LOCATION_VALUE', attributeValue: 'HERE' },
			{ attributeKey: 'SIGNATURE_ATTRIBUTE_REASON', attributeValue: 'Approved' },
		]);
		assert.equal(body.documentList[0].storageStatus, 'CONTENT_NOT_STORED');
	});
});

describe('looking up', () => {
	it('finds an operation by its document, as a bare integer', async () => {
		const id = idOf(await alpha.sign([{ externalReference: 'FT 2025_123' }]));
		const found = await alpha.lookup('FT 2025_123');
		assert.equal(found.text, String(id));
		assert.equal(found.status, 200);
	});

	it('returns the status without the documents', async () => {
		const id = idOf(await alpha.sign([{}]));
		const { body } = await alpha.get<SignOperation>(`/api/v0/operation/status/${id}`);
		assert.equal(body.status, 'EXECUTED');
		assert.ok(!('documentList' in body));
	});

	it('refuses a path that a servlet container would refuse', async () => {
		for (const reference of ['a/b', 'a\\b', 'a;b', 'a%b']) {
			assert.equal((await alpha.lookup(reference)).status, 400, reference);
		}
		assert.equal((await alpha.lookup('a?b#c')).status, 404);
	});
});

describe('kept contents', () => {
	let real: Sandbox;
	let caller: Caller;
	before(async () => {
		({ sandbox: real, alpha: caller } = await open({ mode: 'sign' }));
	});
	after(async () => await real.close());

	it('are returned by detail and as a ZIP, preserved if that was asked for', async () => {
		const signed = await caller.sign(
			[
				{
					externalReference: 'X',
					name: 'a.xml',
					contentType: 'text/xml',
					content: '<a/>',
					signatureInfo: { signatureType: 'CAdES' },
				},
			],
			{ preservationInfo: { preserveContent: true }, returnSignedContent: true },
		);
		const content = signed.body.documentList?.[0]?.signedContent;
		assert.ok(content);
		const id = idOf(signed);
		const without = (await caller.detail(id)).body.documentList?.[0];
		assert.equal(without?.storageStatus, 'CONTENT_PRESERVED');
		assert.ok(!('signedContent' in without));
		assert.equal((await caller.detail(id, true)).body.documentList?.[0]?.signedContent, content);
		const response = await caller.raw(`/api/v0/operation/sign/detail/${id}/documents`);
		assert.equal(response.headers.get('content-type'), 'application/zip');
		const entries = unzipSync(new Uint8Array(await response.arrayBuffer()));
		assert.deepEqual(Object.keys(entries), ['X.a.xml']);
		assert.equal(Buffer.from(entries['X.a.xml'] ?? []).toString('base64'), content);
	});
});

describe('resending the email', () => {
	it('sends it to each address and answers without a body', async () => {
		const id = idOf(await alpha.sign([{}]));
		const path = `/api/v0/delivery/mail/resend/${id}/true`;
		const { status, text } = await alpha.post(path, ['a@x.example', 'b@x.example']);
		assert.equal(status, 200);
		assert.equal(text, '');
		const outbox = await alpha.control<Record<string, unknown>[]>('GET', '/outbox');
		assert.deepEqual(
			outbox.map(({ kind, email, status: sent, attachDocuments, operationId }) => [
				kind,
				email,
				sent,
				attachDocuments,
				operationId,
			]),
			[
				['resend', 'a@x.example', 'SENT', true, id],
				['resend', 'b@x.example', 'SENT', true, id],
			],
		);
	});
});
