import { leastAtWork, policies } from '../../nodes/SignStash/signing/policies';
import { requestReference } from '../../nodes/SignStash/signing/evidence';
import {
	answer,
	found,
	lost,
	neverLeft,
	nothing,
	operation,
	refusal,
} from '../support/ScriptedPorts.cts';

import {
	signedBytes,
	jobOf,
	mark,
	isOurs,
	duplicate,
	signedNow,
	play,
	fileOf,
	faultIn,
	times,
} from '../support/playRequest.cts';

describe('a signed content', () => {
	const bare = answer(operation([{}], isOurs));
	const flaw = (signed: Buffer) => (signed.equals(signedBytes) ? undefined : 'is not a PDF');
	const flawed = answer(operation([{ content: Buffer.from('x') }], isOurs));

	test('that is missing is fetched once', async () => {
		const played = await play({ sign: [bare], detail: [signedNow] });
		expect(played.ports.calls).toEqual(['sign R', 'detail 7 true']);
		expect(fileOf(played)).toMatchObject({ content: signedBytes, recovered: false });
	});

	test('that is still missing is reported as signed', async () => {
		const played = await play({ sign: [bare], detail: [bare] });
		expect(played.ports.calls).toEqual(['sign R', 'detail 7 true']);
		expect(faultIn(played).message).toContain('is signed, but operation 7 did not return it');
	});

	test('that is invalid is fetched once', async () => {
		const played = await play({ sign: [flawed], detail: [signedNow] }, [jobOf({ flaw })]);
		expect(played.ports.calls).toEqual(['sign R', 'detail 7 true']);
		expect(fileOf(played).content).toBe(signedBytes);
	});

	test.each([
		['a file that is not a PDF', { content: Buffer.from('x') }, 'is not a PDF'],
		['text that is not base64', { contentFlaw: 'is not base64' }, 'is not base64'],
	])('that is still invalid cannot be used: %s', async (_, shown, why) => {
		const one = answer(operation([shown], isOurs));
		const played = await play({ sign: [one], detail: [one] }, [jobOf({ flaw })]);
		expect(played.ports.calls).toEqual(['sign R', 'detail 7 true']);
		expect(faultIn(played).message).toBe(`'a.pdf' is signed, but what came back ${why}`);
	});

	test('is fetched again when the fetch got no answer', async () => {
		const played = await play({ sign: [bare], detail: [lost(), signedNow] });
		expect(played.ports.slept).toEqual([500]);
		expect(fileOf(played).content).toBe(signedBytes);
	});
});

describe('what a look-up finds', () => {
	const length = { contentLength: 1000, name: 'a.pdf', content: signedBytes };
	const otherMark = requestReference('R', [
		{ reference: 'R', fingerprint: 'b'.repeat(64), derived: false },
	]);
	const recovered = async (
		shown: Parameters<typeof operation>[0][0],
		references: string[] = [],
		job = jobOf(),
	) => {
		const detail = [answer(operation([shown], { requestReferences: references }))];
		return await play({ sign: [duplicate], find: [found('7')], detail }, [job]);
	};

	test.each<[string, Parameters<typeof recovered>]>([
		['our mark', [{ ...length, contentLength: 7, name: 'b' }, [mark]]],
		['a derived reference', [{ content: signedBytes }, [], jobOf({ derived: true })]],
		['the signed content', [{ content: signedBytes }, [], jobOf({ shows: async () => 'mine' })]],
	])('is ours, as shown by %s', async (_, shown) => {
		const played = await recovered(...shown);
		expect(played.ports.calls).toEqual(['sign R', 'find R', 'detail 7 true']);
		expect(fileOf(played)).toMatchObject({ content: signedBytes, recovered: true });
	});

	test.each<[string, Parameters<typeof recovered>]>([
		["another's mark", [length, [otherMark]]],
		['the signed content', [length, [], jobOf({ shows: async () => "another's" })]],
		['another length', [{ ...length, contentLength: 7 }]],
	])("is another's, as shown by %s", async (_, shown) => {
		const fault = faultIn(await recovered(...shown));
		expect(fault.message).toContain("under the external reference 'R' is not 'a.pdf'");
		expect(fault.details).toMatchObject({ externalReference: 'R', operationId: 7 });
	});

	test.each<[string, Parameters<typeof recovered>]>([
		['length and name alone', [length]],
		['no length', [{ name: 'a.pdf', content: signedBytes }]],
	])('stays undecided with %s', async (_, shown) => {
		const detail = [0, 1].map(() => answer(operation([shown[0]])));
		const played = await play({ sign: [duplicate], find: [found('7')], detail });
		expect(played.ports.calls).toEqual(['sign R', 'find R', 'detail 7 true', 'detail 7 true']);
		expect(faultIn(played).message).toContain('does not show whether');
	});

	test("is the result of a lost request when it shows that request's mark", async () => {
		const played = await play({ sign: [lost()], find: [found('7')], detail: [signedNow] });
		expect(fileOf(played).recovered).toBe(false);
	});

	test('is never judged by its length alone while a request is unanswered', async () => {
		const other = answer(operation([{ ...length, contentLength: 7 }]));
		const played = await play({ sign: [lost()], find: [found('7')], detail: [other, other] });
		expect(faultIn(played).message).toContain("does not show whether its document is 'a.pdf'");
	});

	test('is read with its content only when that is wanted', async () => {
		const detail = [answer(operation([{}], isOurs))];
		const job = jobOf({ wantContent: false });
		const played = await play({ sign: [duplicate], find: [found('7')], detail }, [job]);
		expect(played.ports.calls.at(-1)).toBe('detail 7 false');
		expect(fileOf(played).content).toBeUndefined();
	});
});

const looks = policies.look.tries;

describe('a used-up reference', () => {
	const failed = answer(operation([{ signStatus: 'ERROR_SIGNING' }], { id: '3' }));

	test('leads to the next one, once the service has refused it again', async () => {
		const next = { externalReference: 'R~2', content: signedBytes };
		const played = await play({
			sign: [duplicate, duplicate, answer(operation([next]))],
			find: times(3, found('3')),
			detail: times(3, failed),
		});
		const look = ['find R', 'detail 3 true'];
		const calls = ['sign R', ...look, 'sign R', ...look, ...look, 'sign R~2'];
		expect(played.ports.calls).toEqual(calls);
		expect(played.ports.slept).toEqual([policies.settle.first]);
		expect(played.ports.requests.at(-1)?.externalReference).toBe(mark.replace('R', 'R~2'));
		expect(fileOf(played)).toMatchObject({ reference: 'R~2', recovered: false });
	});

	test('is named in a fault about the next one', async () => {
		const played = await play({
			sign: [duplicate, duplicate, lost()],
			find: [...times(3, found('3')), ...times(looks, lost())],
			detail: times(3, failed),
		});
		const { externalReference, operationId } = faultIn(played).details;
		expect([externalReference, operationId]).toEqual(['R~2', undefined]);
		expect(played.ports.calls.at(-1)).toBe('find R~2');
	});
});

describe('when a request gets no answer', () => {
	test('the control reference is looked up once, and the same request is sent again', async () => {
		const played = await play({ sign: [lost(), signedNow], find: times(looks + 1, nothing()) });
		const finds = ['find R', 'find n8n-control-*', ...times(looks - 1, 'find R')];
		expect(played.ports.calls).toEqual(['sign R', ...finds, 'sign R']);
		expect(played.ports.now()).toBeGreaterThan(leastAtWork);
		const [first, second] = played.ports.requests.map((request) => JSON.stringify(request));
		expect(second).toBe(first);
		expect(fileOf(played).recovered).toBe(false);
	});

	test.each([
		[
			'a different answer from that for the control',
			[nothing('a'), nothing('b'), ...times(looks, nothing('a'))],
		],
		['the control itself is found', [nothing('a'), found('9'), ...times(looks, nothing('a'))]],
		['no answer for the control', times(looks, undefined).flatMap(() => [nothing(), lost()])],
	])('the request is never sent again: %s', async (_, find) => {
		const played = await play({ sign: [lost('cut off')], find });
		expect(played.ports.calls.filter((call) => call.startsWith('sign'))).toHaveLength(1);
		expect(faultIn(played).message).toContain('It is not known whether');
		expect(faultIn(played).message).toContain('(cut off)');
	});

	test.each([
		['return', 'uses the same reference, and finds the signature'],
		['fail', 'uses the same reference, and finds the signature'],
		['signAgain', 'may sign it once more'],
	] as const)('with %s, running the step again %s', async (ifAlreadySigned, words) => {
		const find = times(looks, lost('no route'));
		const played = await play({ sign: [lost()], find }, [jobOf({ ifAlreadySigned })]);
		expect(faultIn(played).remedy).toContain(words);
	});

	test('an unexpected error counts as a lost request', async () => {
		const find = times(looks, lost('no route'));
		const played = await play({ sign: [new Error('of our own')], find });
		expect(played.ports.calls).toEqual(['sign R', ...times(looks, 'find R')]);
		expect(faultIn(played).message).toContain('It is not known');
	});

	test('an unexpected error is quoted in the fault', async () => {
		const error = new Error('of our own');
		const played = await play({ sign: [error], find: times(looks, error) });
		expect(faultIn(played).message).toContain('(of our own)');
	});

	test('a request that never left is reported as not sent', async () => {
		const played = await play({ sign: times(4, neverLeft) });
		expect(played.ports.slept).toEqual([500, 1000, 2000]);
		expect(faultIn(played).message).toContain("'a.pdf' was not sent (refused)");
	});
});

describe('an operation that is pending', () => {
	const pending = answer(operation([{ signStatus: 'RECEIVED' }], { status: 'PENDING_EXECUTION' }));
	const status = (id: string) => answer(operation([], { id, status: 'EXECUTED' }));
	const untold = { status: undefined };

	test('is fetched when it is finished, and its status is kept', async () => {
		const detail = [answer(operation([{ signStatus: 'ERROR_SIGNING' }], untold))];
		const played = await play({ sign: [pending], status: [status('7')], detail });
		expect(played.ports.calls).toEqual(['sign R', 'status 7', 'detail 7 true']);
		expect(faultIn(played).message).toContain("'a.pdf' was not signed");
	});

	test('does not take over the status of another operation', async () => {
		const shown = answer(operation([{ signStatus: 'ERROR_SIGNING' }], untold));
		const script = { sign: [pending], status: [status('8')], detail: [shown] };
		const played = await play(script, undefined, { stopAtCall: 3 });
		expect(faultIn(played).message).toContain('has not finished');
	});
});

describe('several documents', () => {
	const jobs = () => [jobOf(), jobOf({ reference: 'S', fingerprint: 'b'.repeat(64) })];
	const one = (externalReference: string) =>
		answer(operation([{ externalReference, content: signedBytes }]));

	test('continue one by one when their request is refused', async () => {
		const refused = refusal('rejected', { code: '0.0.2' });
		const played = await play({ sign: [refused, refused, one('S')] }, jobs());
		expect(played.ports.calls).toEqual(['sign R S', 'sign R', 'sign S']);
		expect(faultIn(played).details.serviceCode).toBe('0.0.2');
		expect(fileOf(played, 1).content).toBe(signedBytes);
	});

	test('that an answer leaves out are fetched, and then continue one by one as possibly sent', async () => {
		const short = one('R');
		const detail = [short, one('S')];
		const script = { sign: [short, duplicate], detail, find: [found('7')] };
		const [first = jobOf(), second = jobOf()] = jobs();
		const played = await play(script, [first, { ...second, derived: true }]);
		const calls = ['sign R S', 'detail 7 true', 'sign S', 'find S', 'detail 7 true'];
		expect(played.ports.calls).toEqual(calls);
		expect(fileOf(played).content).toBe(signedBytes);
		expect(fileOf(played, 1).recovered).toBe(false);
	});

	test('are looked up one after the other', async () => {
		const both = operation([
			{ externalReference: 'R', content: signedBytes },
			{ externalReference: 'S', content: signedBytes },
		]);
		const own = jobs().map((job) => ({ ...job, derived: true }));
		const find = [nothing(), nothing(), found('7')];
		const played = await play({ sign: [duplicate], find, detail: [answer(both)] }, own);
		expect(played.ports.calls).toEqual([
			'sign R S',
			'find R',
			'find n8n-control-*',
			'find S',
			'detail 7 true',
		]);
		expect([fileOf(played).recovered, fileOf(played, 1).recovered]).toEqual([true, true]);
	});
});
