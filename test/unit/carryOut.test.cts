import { policies } from '../../nodes/SignStash/signing/policies';
import {
	answer,
	found,
	lost,
	neverLeft,
	nothing,
	operation,
	refusal,
	renewed,
	type Script,
} from '../support/ScriptedPorts.cts';

import {
	signedBytes,
	jobOf,
	mark,
	duplicate,
	busy,
	noToken,
	isOurs,
	signedNow,
	play,
	fileOf,
	faultIn,
	times,
} from '../support/playRequest.cts';

describe('a request', () => {
	test('contains the documents, and has their mark after its reference', async () => {
		const settings = { preservationInfo: { preserveContent: true } };
		const played = await play({ sign: [signedNow] }, [jobOf({ settings })]);
		expect(played.ports.requests).toMatchObject([
			{
				...settings,
				externalReference: mark,
				description: 'a.pdf',
				returnSignedContent: true,
				documents: [{ documentRequest: { externalReference: 'R' } }],
			},
		]);
		expect(fileOf(played)).toMatchObject({ content: signedBytes, recovered: false });
		expect(fileOf(played).operation.id).toBe('7');
		expect(fileOf(played).document.externalReference).toBe('R');
	});

	test('says how many more documents there are, unless it has a description', async () => {
		const both = answer(
			operation([{ content: signedBytes }, { externalReference: 'S', content: signedBytes }]),
		);
		const settings = { description: 'Invoices', preservationInfo: { preserveContent: false } };
		const two = await play({ sign: [both] }, [jobOf(), jobOf({ reference: 'S' })]);
		const own = await play({ sign: [both] }, [jobOf({ settings }), jobOf({ reference: 'S' })]);
		expect(two.ports.requests[0]?.description).toBe('a.pdf and 1 more');
		expect(own.ports.requests[0]?.description).toBe('Invoices');
		expect(two.ports.requests[0]?.externalReference).toMatch(/^R\.n8n-[0-9a-f]{12}-02-\w{8}$/);
		expect(fileOf(two, 1).document.externalReference).toBe('S');
	});

	test('asks for no content when none is wanted', async () => {
		const played = await play({ sign: [signedNow] }, [jobOf({ wantContent: false })]);
		expect(played.ports.requests[0]?.returnSignedContent).toBe(false);
		expect(fileOf(played).content).toBeUndefined();
	});

	test('of several documents asks for contents when one of them is wanted', async () => {
		const both = answer(
			operation([{ content: signedBytes }, { externalReference: 'S', content: signedBytes }]),
		);
		const jobs = [jobOf({ wantContent: false }), jobOf({ reference: 'S' })];
		const played = await play({ sign: [both] }, jobs);
		expect(played.ports.requests[0]?.returnSignedContent).toBe(true);
		expect([fileOf(played).content, fileOf(played, 1).content]).toEqual([undefined, signedBytes]);
	});
});

describe('an operation that was seen', () => {
	const pending = answer(
		operation([{ signStatus: 'RECEIVED' }], { ...isOurs, status: 'PENDING_EXECUTION' }),
	);

	test('yields its only document when it was found under the reference and the document shows none', async () => {
		const bare = operation([{ externalReference: '', content: signedBytes }], isOurs);
		const played = await play({ sign: [lost()], find: [found('7')], detail: [answer(bare)] });
		expect(fileOf(played)).toMatchObject({ content: signedBytes, reference: 'R' });
	});

	test("yields nothing under another reference, even though the request's own reference is ours", async () => {
		const renamed = operation([{ externalReference: 'other', content: signedBytes }], isOurs);
		const played = await play({ sign: [lost()], find: [found('7')], detail: [answer(renamed)] });
		expect(faultIn(played).message).toContain("under the external reference 'R' is not 'a.pdf'");
		expect(faultIn(played).remedy).not.toContain('not signed');
	});

	test.each<[what: string, script: Script]>([
		['status', { sign: [pending], status: [noToken, answer(operation([]))], detail: [signedNow] }],
		['detail', { sign: [answer(operation([{}], isOurs))], detail: [noToken, signedNow] }],
	])('has its %s read with a new token when its token is refused', async (_, script) => {
		const played = await play({ ...script, renewToken: [renewed] });
		expect(played.ports.calls).toContain('renew');
		expect(fileOf(played).content).toBe(signedBytes);
	});
});

describe('pauses', () => {
	test('Retry-After is honoured, plus a little random extra', async () => {
		const script = (): Script => ({ sign: [busy(7000), signedNow] });
		const sharp = await play(script());
		const lax = await play(script(), undefined, { chance: 0.5 });
		expect([sharp.ports.slept, lax.ports.slept]).toEqual([[7000], [7875]]);
		expect(fileOf(lax).content).toBe(signedBytes);
	});

	test('Retry-After of a lost request is honoured before its look-up', async () => {
		const unknown = refusal('unknown', { status: 503, retryAfter: 9000 });
		const { ports } = await play({ sign: [unknown], find: [found('7')], detail: [signedNow] });
		expect(ports.slept).toEqual([9000]);
	});

	test('Retry-After is never waited past the deadline: two minutes and one call', async () => {
		const last = await play({ sign: [busy(130_000), signedNow] });
		const late = await play({ sign: [busy(130_001)], find: [nothing(), nothing()] });
		expect(fileOf(last).content).toBe(signedBytes);
		expect(late.ports.calls).toEqual(['sign R', 'find R', 'find n8n-control-*']);
		expect(late.ports.slept).toEqual([]);
		expect(faultIn(late).message).toContain('busy');
		expect(faultIn(late).failure).toEqual({ cause: 'rate-limited', retryAfterMs: 130_001 });
	});

	test('an operation that is not finished is waited for as long as the user chose', async () => {
		const pending = answer(
			operation([{ signStatus: 'RECEIVED' }], { status: 'PENDING_EXECUTION' }),
		);
		const script = {
			sign: [pending],
			status: Array.from({ length: 20 }, () => pending),
			detail: [pending],
		};
		const played = await play(script);
		const waited = played.ports.now();
		expect(waited).toBeLessThanOrEqual(60_000);
		expect(waited).toBeGreaterThan(50_000 - policies.wait.most);
		expect(played.ports.calls.at(-1)).toBe('detail 7 true');
		expect(faultIn(played).message).toBe(
			"Sign'Stash has not finished operation 7 with 'a.pdf' yet",
		);
	});

	test('a stop ends a pause, and the fault says that the document was never sent', async () => {
		const played = await play({ sign: [neverLeft] }, undefined, { stopAtPause: 1 });
		expect(played.ports.calls).toEqual(['sign R']);
		expect(faultIn(played).message).toContain("stopped before the service accepted 'a.pdf'");
		expect(faultIn(played).remedy).toBe('It was not signed this time.');
	});

	test.each([
		['got no answer', lost()],
		['was throttled, perhaps by a gateway', busy()],
	])(
		'a stop ends a pause, and the fault says that a document that %s may be with the service',
		async (_, reply) => {
			const played = await play({ sign: [reply] }, undefined, { stopAtPause: 1 });
			expect(played.ports.calls).toEqual(['sign R']);
			expect(faultIn(played).message).toContain(
				"stopped while 'a.pdf' may have been with the service",
			);
			expect(faultIn(played).remedy).toContain("'Recover by Reference' with 'R'");
			expect(faultIn(played).remedy).not.toContain('not signed');
		},
	);

	test('a stop after a refused reference: the fault says that the document may be with the service', async () => {
		const played = await play({ sign: [duplicate] }, undefined, { stopAtCall: 1 });
		expect(faultIn(played).message).toContain("while 'a.pdf' may have been with the service");
	});

	test('a document that was signed before the stop is returned', async () => {
		const played = await play({ sign: [signedNow] }, undefined, { stopAtCall: 1 });
		expect(fileOf(played).content).toBe(signedBytes);
	});
});

describe('the token', () => {
	test('is renewed once for a call, and the call is made again', async () => {
		const played = await play({ sign: [noToken, signedNow], renewToken: [renewed] });
		expect(played.ports.calls).toEqual(['sign R', 'renew', 'sign R']);
		expect(fileOf(played).content).toBe(signedBytes);
	});

	test('is not renewed twice for a call', async () => {
		const played = await play({ sign: [noToken, noToken], renewToken: [renewed] });
		expect(played.ports.calls).toEqual(['sign R', 'renew', 'sign R']);
		expect(faultIn(played).failure).toEqual({ cause: 'credential-invalid' });
	});

	test('can be renewed once for every call', async () => {
		const played = await play({
			sign: [noToken, lost()],
			find: [noToken, found('7')],
			detail: [signedNow],
			renewToken: [renewed, renewed],
		});
		const calls = ['sign R', 'renew', 'sign R', 'find R', 'renew', 'find R', 'detail 7 true'];
		expect(played.ports.calls).toEqual(calls);
		expect(fileOf(played).recovered).toBe(false);
	});

	test('that cannot be renewed is named as the cause', async () => {
		const why = { is: 'noToken', why: 'invalid_client' } as const;
		const played = await play({ sign: [noToken], renewToken: [why] });
		expect(faultIn(played).message).toContain('because it does not accept the access token');
		expect(faultIn(played).remedy).toMatch(/^It was not signed this time\. .*'Client Secret'/);
	});

	test('that cannot be obtained after a lost request does not deny that request', async () => {
		const why = { is: 'noToken', why: 'invalid_client' } as const;
		const played = await play({ sign: [lost('cut off'), why], find: times(9, nothing()) });
		expect(faultIn(played).message).toBe(
			"It is not known whether 'a.pdf' was signed (no access token: invalid_client)",
		);
	});
});
