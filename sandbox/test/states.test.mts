import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import { SIGN_ERRORS } from '../settings.mts';
import type { SignatureInfo } from '../types.mts';
import { idOf, open, SIGN, signRequest, until, type Caller, type Draft } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
let beta: Caller;
before(async () => {
	({ sandbox, alpha, beta } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => {
	await alpha.reset();
	beta.forgetToken();
});

async function state(name: string): Promise<void> {
	await alpha.settings({ clients: { [alpha.clientId]: { [name]: true } } });
}

describe('a client service', () => {
	const refused: readonly (readonly [string, number, string])[] = [
		['licenceInvalid', 401, '1.1.0'],
		['licenceInactive', 401, '1.1.1'],
		['clientServiceInactive', 409, '1.1.3'],
		['issuerInactive', 403, '1.2.0'],
		['partnerInactive', 403, '1.3.0'],
		['configurationMissing', 500, '0.0.3'],
	];
	for (const [name, status, code] of refused) {
		it(`in the state ${name} is refused with ${status} ${code}, another is not`, async () => {
			await state(name);
			const answer = await alpha.post(SIGN, signRequest([{}]));
			assert.deepEqual([answer.status, answer.body.errorCode], [status, code]);
			assert.equal((await beta.sign([{}])).status, 200);
		});
	}

	it('without a certificate signs nothing', async () => {
		await state('noCertificate');
		const { status, body } = await alpha.sign([{}]);
		assert.deepEqual([status, body.status], [200, 'EXECUTED']);
		assert.equal(body.documentList?.[0]?.signStatus, 'ERROR_SIGNING');
		assert.equal(body.documentList[0].signError, 'INVALID_CERT_ACCESS_ACCOUNT');
	});
});

describe('a document', () => {
	for (const signError of SIGN_ERRORS) {
		it(`fails with ${signError} when that is set for it, and others do not`, async () => {
			await alpha.settings({
				signErrors: [
					{ match: { nameContains: 'bad' }, signError },
					{ match: { externalReferenceContains: 'worse' }, signError },
				],
			});
			const { body } = await alpha.sign([
				{ name: 'good.pdf' },
				{ name: 'bad.pdf' },
				{ externalReference: `worse-${signError}` },
			]);
			assert.equal(body.status, 'EXECUTED');
			assert.deepEqual(
				body.documentList?.map((document) => document.signError),
				[undefined, signError, signError],
			);
		});
	}

	const visible = { locationType: 'COORDINATE', locationValue: 'page=1,x=1,y=1' } as const;
	const xml: Draft = { contentType: 'text/xml', name: 'a.xml' };
	const misfits: readonly (readonly [string, Draft, SignatureInfo])[] = [
		['PAdES on XML', xml, { signatureType: 'PAdES' }],
		['XAdES on PDF', {}, { signatureType: 'XAdES' }],
		['a reason on XAdES', xml, { signatureType: 'XAdES', reason: 'r' }],
		['a location on CAdES', {}, { signatureType: 'CAdES', location: 'l' }],
		['a visible XAdES', xml, { signatureType: 'XAdES', visibleSignatureInfo: visible }],
		['UBL fields on PAdES', {}, { signatureType: 'PAdES', advancedSignatureInfo: {} }],
	];
	for (const [name, draft, signatureInfo] of misfits) {
		it(`with ${name} fails with CONFIGURATION_SIGN_ERROR`, async () => {
			const { body } = await alpha.sign([{ ...draft, signatureInfo }, {}]);
			assert.equal(body.documentList?.[0]?.signError, 'CONFIGURATION_SIGN_ERROR');
			assert.equal(body.documentList[1]?.signStatus, 'SIGNED');
		});
	}
});

describe('asynchronous signing', () => {
	it('is pending, then in error, for as many polls as set, and then executed', async () => {
		await alpha.settings({ async: { pendingPolls: 2, executionErrorPolls: 1 } });
		const answer = await alpha.sign([{}], { returnSignedContent: true });
		assert.equal(answer.body.status, 'PENDING_EXECUTION');
		assert.equal(answer.body.documentList?.[0]?.signStatus, 'RECEIVED');
		const id = idOf(answer);
		const seen = [await alpha.status(id), (await alpha.detail(id)).body.status];
		for (let poll = 0; poll < 3; poll += 1) seen.push(await alpha.status(id));
		assert.deepEqual(seen, [
			'PENDING_EXECUTION',
			'PENDING_EXECUTION',
			'EXECUTION_ERROR',
			'EXECUTED',
			'EXECUTED',
		]);
		assert.equal((await alpha.detail(id)).body.documentList?.[0]?.signStatus, 'SIGNED');
		const signatures = await alpha.control<{ count: number }[]>('GET', '/signatures');
		assert.deepEqual(
			signatures.map(({ count }) => count),
			[1],
		);
	});

	it('can fail in the end', async () => {
		await alpha.settings({ async: { pendingPolls: 0, outcome: 'EXECUTION_FAILED' } });
		const id = idOf(await alpha.sign([{}]));
		assert.equal(await alpha.status(id), 'EXECUTION_FAILED');
		const { body } = await alpha.detail(id);
		assert.equal(body.documentList?.[0]?.signError, 'SIGN_OPERATION_INTERNAL_ERROR');
		assert.deepEqual(await alpha.control('GET', '/signatures'), []);
	});

	it('signs once, however many callers poll at the same time', async () => {
		await alpha.settings({ async: { pendingPolls: 0 }, delay: { perDocumentMs: 50 } });
		const id = idOf(await alpha.sign([{}]));
		await Promise.all(Array.from({ length: 6 }, async () => await alpha.status(id)));
		await until(
			async () => await alpha.status(id),
			(status) => status === 'EXECUTED',
		);
		const [signature] = await alpha.control<{ count: number }[]>('GET', '/signatures');
		assert.equal(signature?.count, 1);
	});

	it('refuses to resend the email of an operation that is not executed', async () => {
		await alpha.settings({ async: { pendingPolls: 5 } });
		const id = idOf(await alpha.sign([{}]));
		const { body } = await alpha.post(`/api/v0/delivery/mail/resend/${id}/false`, ['a@x.example']);
		assert.equal(body.errorCode, '0.0.6');
	});
});

describe('email', () => {
	const preservationInfo = {
		preserveContent: false,
		deliveryInfo: { attachDocuments: true, personReceiver: [{ email: 'a@x.example' }] },
	};

	it('is sent after signing', async () => {
		const { body } = await alpha.sign([{}], { preservationInfo });
		assert.deepEqual(body.deliveryInfo, {
			attachDocuments: true,
			personReceiver: [{ email: 'a@x.example', deliveryStatus: 'SENT' }],
		});
	});

	it('that fails is retried three times and then given up; the signature is kept', async () => {
		await state('emailFailing');
		await alpha.settings({ mailRetryMs: 20 });
		const answer = await alpha.sign([{}], { preservationInfo });
		const id = idOf(answer);
		assert.equal(answer.body.documentList?.[0]?.signStatus, 'SIGNED');
		assert.equal(answer.body.deliveryInfo?.personReceiver[0]?.deliveryStatus, 'SENDING_ERROR');
		await until(
			async () => (await alpha.detail(id)).body.deliveryInfo?.personReceiver[0]?.deliveryStatus,
			(status) => status === 'SENDING_FAILED',
		);
		const [mail] = await alpha.control<{ attempts: number }[]>('GET', '/outbox');
		assert.equal(mail?.attempts, 4);
	});

	it('that recovers is sent by a retry', async () => {
		await state('emailFailing');
		await alpha.settings({ mailRetryMs: 300 });
		const id = idOf(await alpha.sign([{}], { preservationInfo }));
		await alpha.settings({ clients: {} });
		const { body } = await until(
			async () => await alpha.detail(id),
			(seen) => seen.body.deliveryInfo?.personReceiver[0]?.deliveryStatus === 'SENT',
		);
		assert.equal(body.status, 'EXECUTED');
	});

	it('that fails when it is sent again is answered with 0.0.5', async () => {
		const id = idOf(await alpha.sign([{}]));
		await state('emailFailing');
		const path = `/api/v0/delivery/mail/resend/${id}/false`;
		const { status, body } = await alpha.post(path, ['a@x.example']);
		assert.deepEqual([status, body.errorCode], [500, '0.0.5']);
	});

	it('is not sent when nothing was signed', async () => {
		await state('noCertificate');
		const { body } = await alpha.sign([{}], { preservationInfo });
		assert.equal(body.deliveryInfo?.personReceiver[0]?.deliveryStatus, 'PENDING');
	});
});

describe('the rate limit', () => {
	it('answers calls over the limit with 429, and with Retry-After if set', async () => {
		await alpha.settings({
			rateLimit: { maxParallel: 2, retryAfterSeconds: 3 },
			delay: { perRequestMs: 500 },
		});
		await alpha.authorization();
		const answers = await Promise.all(
			Array.from({ length: 5 }, async () => await alpha.sign([{}])),
		);
		const refused = answers.filter(({ status }) => status === 429);
		assert.equal(answers.filter(({ status }) => status === 200).length, 2);
		assert.equal(refused.length, 3);
		assert.deepEqual(
			refused.map(({ headers, text }) => [headers.get('retry-after'), text]),
			Array.from({ length: 3 }, () => ['3', '']),
		);
		await alpha.settings({ delay: {} });
		assert.equal((await alpha.sign([{}])).status, 200);
		const { maxParallel } = await alpha.control<{ maxParallel: number }>('GET', '/stats');
		assert.ok(maxParallel >= 3, String(maxParallel));
	});
});
