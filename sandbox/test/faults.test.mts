import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import type { SignOperation } from '../types.mts';
import { open, SIGN, signRequest, until, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => {
	await alpha.reset();
	await alpha.authorization();
});

/** What the caller saw of a signing call: a status and whether the body was complete, or neither. */
type Seen = { status: number; whole: boolean; text: string } | 'broken';

async function sign(): Promise<Seen> {
	const body = JSON.stringify(signRequest([{ externalReference: 'R' }]));
	const init = { method: 'POST', contentType: 'application/json', body };
	let response: Response;
	try {
		response = await alpha.raw(SIGN, init);
	} catch {
		return 'broken';
	}
	const { status } = response;
	try {
		return { status, whole: true, text: await response.text() };
	} catch {
		return { status, whole: false, text: '' };
	}
}

/** How far the service got with document R. */
async function progress(): Promise<'nothing' | 'registered' | 'signed'> {
	const [document] = await alpha.control<{ signStatus: string }[]>('GET', '/documents');
	if (document === undefined) return 'nothing';
	return document.signStatus === 'SIGNED' ? 'signed' : 'registered';
}

async function statuses(on: string): Promise<(number | null)[]> {
	const calls = await alpha.control<{ on: string; status: number | null }[]>('GET', '/calls');
	return calls.filter((call) => call.on === on).map(({ status }) => status);
}

const MOMENTS = [
	['received', 'nothing'],
	['registered', 'registered'],
	['signed', 'signed'],
	['answering', 'signed'],
] as const;

for (const [moment, reached] of MOMENTS) {
	describe(`a fault at the moment ${moment} finds ${reached}`, () => {
		const answering = moment === 'answering';

		it('and resets the connection', async () => {
			await alpha.fault({ on: 'sign', moment, action: { type: 'reset' } });
			const seen = await sign();
			assert.ok(seen === 'broken' || (answering && !seen.whole), JSON.stringify(seen));
			assert.equal(await progress(), reached);
			assert.deepEqual(await statuses('sign'), [answering ? 200 : null]);
		});

		it('and hangs until the sandbox is reset', async () => {
			await alpha.fault({ on: 'sign', moment, action: { type: 'hang' } });
			const answer = sign();
			await until(
				async () => await alpha.control<{ times: number }[]>('GET', '/faults'),
				(faults) => faults.every(({ times }) => times === 0),
			);
			assert.equal(await progress(), reached);
			await alpha.control('POST', '/reset');
			const seen = await answer;
			assert.ok(seen === 'broken' || !seen.whole, JSON.stringify(seen));
		});

		it('and cuts the answer', async () => {
			await alpha.fault({ on: 'sign', moment, action: { type: 'cut', afterBytes: 10 } });
			assert.deepEqual(await sign(), { status: 200, whole: false, text: '' });
			assert.equal(await progress(), reached);
		});

		it('and gives the answer that is set', async () => {
			const action = {
				type: 'answer',
				status: 503,
				headers: { 'retry-after': '1' },
				body: 'later',
			};
			await alpha.fault({ on: 'sign', moment, action });
			assert.deepEqual(await sign(), { status: 503, whole: true, text: 'later' });
			assert.equal(await progress(), reached);
			assert.deepEqual(await statuses('sign'), [503]);
		});

		it('and delays or drips an answer that still arrives complete', async () => {
			await alpha.fault({ on: 'sign', moment, action: { type: 'delay', ms: 20 } });
			const action = { type: 'drip', bytesPerSecond: 20_000 };
			await alpha.fault({ on: 'sign', moment, action });
			const seen = await sign();
			assert.ok(seen !== 'broken' && seen.whole);
			const operation: SignOperation = JSON.parse(seen.text);
			assert.equal(operation.documentList?.[0]?.signStatus, 'SIGNED');
		});
	});
}

describe('an operation that a fault left registered', () => {
	it('is pending at the first poll and executed at the second, signed once', async () => {
		await alpha.fault({ on: 'sign', moment: 'registered', action: { type: 'reset' } });
		assert.equal(await sign(), 'broken');
		const id = (await alpha.lookup('R')).body;
		assert.equal(await alpha.status(id), 'PENDING_EXECUTION');
		assert.equal(await alpha.status(id), 'EXECUTED');
		assert.equal(await progress(), 'signed');
	});
});

describe('a fault', () => {
	it('lets calls pass, strikes a number of calls, and is counted down', async () => {
		const action = { type: 'answer', status: 502 };
		await alpha.fault({ on: 'lookup', skip: 1, times: 2, moment: 'received', action });
		const seen = [];
		for (let call = 0; call < 4; call += 1) seen.push((await alpha.lookup('x')).status);
		assert.deepEqual(seen, [404, 502, 502, 404]);
		const faults = await alpha.control<{ times: number; skip: number }[]>('GET', '/faults');
		assert.deepEqual(
			faults.map(({ times, skip }) => [times, skip]),
			[[0, 0]],
		);
	});

	it('answers with JSON, bytes or nothing', async () => {
		const answers = [
			[{ body: { errorCode: '9.9.9' } }, '{"errorCode":"9.9.9"}', 'application/json'],
			[{ body: 'text' }, 'text', 'text/plain; charset=utf-8'],
			[
				{ bodyBase64: Buffer.from('bytes').toString('base64') },
				'bytes',
				'application/octet-stream',
			],
			[{}, '', null],
		] as const;
		for (const [body, text, type] of answers) {
			const action = { type: 'answer', status: 500, ...body };
			await alpha.fault({ on: 'status', moment: 'received', action });
			const got = await alpha.get('/api/v0/operation/status/1');
			assert.equal(got.text, text);
			assert.equal(got.headers.get('content-type'), type);
		}
	});

	it('can strike any call, including the token call', async () => {
		const action = { type: 'answer', status: 418 };
		await alpha.fault({ on: 'any', times: 4, moment: 'received', action });
		const id = '/api/v0/operation';
		assert.equal((await alpha.token()).status, 418);
		assert.equal((await alpha.get(`${id}/sign/detail/1/documents`)).status, 418);
		assert.equal((await alpha.detail(1)).status, 418);
		assert.equal((await alpha.post('/api/v0/delivery/mail/resend/1/true', [])).status, 418);
		assert.equal((await alpha.get(`${id}/status/1`)).status, 404);
	});

	it('is disarmed by DELETE', async () => {
		await alpha.fault({ on: 'any', times: 9, moment: 'received', action: { type: 'reset' } });
		await alpha.control('DELETE', '/faults');
		assert.deepEqual(await alpha.control('GET', '/faults'), []);
		assert.equal((await alpha.lookup('x')).status, 404);
	});

	it('that can never strike is refused', async () => {
		const fault = { on: 'lookup', moment: 'signed', action: { type: 'hang' } };
		await assert.rejects(alpha.fault(fault), /only signing calls reach this moment/);
	});
});
