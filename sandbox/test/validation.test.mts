import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import type { SignRequest } from '../types.mts';
import { MULTIPART, open, SIGN, signRequest, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());

/** A request with one change, as JSON. */
function changed(change: (request: SignRequest) => void): string {
	const request = signRequest([{}]);
	change(request);
	return JSON.stringify(request);
}

const long = 'x'.repeat(5000);

/** What is sent, the error code of the answer, and what the cause has to name. */
const CASES: readonly (readonly [string, string, string, RegExp])[] = [
	['invalid JSON', '{"externalReference":', '0.0.2', /malformed/],
	['another type', '[]', '0.0.2', /object/],
	['no description', '{"externalReference":"a","documents":[]}', '0.0.2', /missing description/],
	['no documents', changed((r) => r.documents.splice(0)), '0.0.2', /documents/],
	[
		'no signatureInfo',
		changed((r) => Reflect.deleteProperty(r.documents[0] ?? {}, 'signatureInfo')),
		'0.0.2',
		/missing documents\[0\]\.signatureInfo/,
	],
	[
		'an empty content',
		changed((r) => r.documents.forEach((d) => (d.documentRequest.base64Content = ''))),
		'0.0.2',
		/base64Content/,
	],
	[
		'a content that is not base64',
		changed((r) => r.documents.forEach((d) => (d.documentRequest.base64Content = 'a*b!'))),
		'0.0.6',
		/base64/,
	],
	[
		'an unknown attribute',
		changed((r) => Reflect.set(r.documents[0]?.signatureInfo ?? {}, 'color', 'red')),
		'0.0.2',
		/color/,
	],
	[
		'an unknown signature type',
		changed((r) => Reflect.set(r.documents[0]?.signatureInfo ?? {}, 'signatureType', 'JAdES')),
		'0.0.6',
		/signatureType/,
	],
	[
		'an unknown content type',
		changed((r) => Reflect.set(r.documents[0]?.documentRequest ?? {}, 'contentType', 'image/png')),
		'0.0.6',
		/contentType/,
	],
	[
		'a malformed address',
		changed((r) => {
			const personReceiver = [{ email: 'nobody' }];
			r.preservationInfo = { preserveContent: false, deliveryInfo: { personReceiver } };
		}),
		'0.0.6',
		/email/,
	],
	['a long description', changed((r) => (r.description = long)), '0.0.4', /description/],
	[
		'a long reference',
		changed((r) => r.documents.forEach((d) => (d.documentRequest.externalReference = long))),
		'0.0.4',
		/externalReference/,
	],
	[
		'a long reason',
		changed((r) => r.documents.forEach((d) => (d.signatureInfo.reason = long))),
		'0.0.4',
		/reason/,
	],
];

describe('a signing request with', () => {
	for (const [name, json, code, cause] of CASES) {
		it(`${name} is refused with ${code} and registers nothing`, async () => {
			const { status, body } = await alpha.post(SIGN, json);
			assert.equal(status, 500);
			assert.equal(body.errorCode, code);
			assert.match(body.causeMessage ?? '', cause);
			assert.deepEqual(await alpha.control('GET', '/operations'), []);
		});
	}

	it('another media type is refused with 0.0.2', async () => {
		const response = await alpha.raw(SIGN, { method: 'POST', body: 'hello' });
		assert.equal(response.status, 500);
		assert.match(await response.text(), /0\.0\.2.*Content-Type/);
	});

	it('fewer or more files than documents is refused with 0.0.2', async () => {
		const json = JSON.stringify(signRequest([{}]), (key, value: unknown) =>
			key === 'base64Content' ? undefined : value,
		);
		for (const files of [0, 2]) {
			const form = new FormData();
			for (let file = 0; file < files; file += 1) form.append('files', new Blob(['a']), 'a.pdf');
			form.append('signRequest', json);
			const response = await alpha.raw(MULTIPART, { method: 'POST', body: form });
			assert.equal(response.status, 500);
			assert.match(await response.text(), /0\.0\.2.*files/);
		}
	});
});

describe('a parameter', () => {
	const paths = [
		'/api/v0/operation/status/abc',
		'/api/v0/operation/status/0',
		'/api/v0/operation/status/-1',
		'/api/v0/operation/sign/detail/1/contentInResponse/maybe',
		'/api/v0/operation/sign/detail/x/documents',
	];
	for (const path of paths) {
		it(`that is malformed is refused with 0.0.6: ${path}`, async () => {
			const { status, body } = await alpha.get(path);
			assert.deepEqual([status, body.errorCode], [500, '0.0.6']);
		});
	}

	it('of a resend is checked before its operation is looked up', async () => {
		const path = '/api/v0/delivery/mail/resend';
		const codes = [];
		for (const [tail, body] of [
			['1/perhaps', ['a@x.example']],
			['1/true', ['nobody']],
			['1/true', []],
			['1/true', 'a@x.example'],
		] as const) {
			codes.push((await alpha.post(`${path}/${tail}`, body)).body.errorCode);
		}
		assert.deepEqual(codes, ['0.0.6', '0.0.6', '0.0.2', '0.0.2']);
	});
});
