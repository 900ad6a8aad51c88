import { Execution } from '../../nodes/SignStash/signing/Execution';
import { leastAtWork, policies } from '../../nodes/SignStash/signing/policies';
import {
	answer,
	found,
	lost,
	nothing,
	operation,
	refusal,
	renewed,
	type Script,
} from '../support/ScriptedPorts.cts';
import {
	busy,
	duplicate,
	faultIn,
	fileOf,
	isOurs,
	jobOf,
	mark,
	play,
	signedBytes,
	signedNow,
	times,
	type Play,
} from '../support/playRequest.cts';

const looks = policies.look.tries;
const earlier = answer(operation([{ content: signedBytes }], { ...isOurs, createdAt: -3_600_000 }));

/** Plays the tries of one execution, the first one and n8n's retries. */
async function tries(scripts: Script[], jobs = () => [jobOf()]): Promise<Play[]> {
	const execution = new Execution('7', 0);
	const played: Play[] = [];
	for (const script of scripts) played.push(await play(script, jobs(), { execution }));
	return played;
}

const look = (): Script => ({ find: [found('7')], detail: [signedNow] });

describe('a retry of the same execution', () => {
	test.each(['return', 'fail', 'signAgain'] as const)(
		'finds what its first try signed and counts it as its own, with %s',
		async (ifAlreadySigned) => {
			const jobs = () => [jobOf({ ifAlreadySigned })];
			const [, second] = await tries([{ sign: [signedNow] }, look()], jobs);
			expect(second?.ports.calls).toEqual(['find R', 'detail 7 true']);
			expect(second && fileOf(second)).toMatchObject({ recovered: false, cannotTellWhen: false });
		},
	);

	test('looks up what its first try lost before it sends anything', async () => {
		const first = { sign: [lost()], find: times(looks, lost()) };
		const [, second] = await tries([first, look()]);
		expect(second?.ports.calls).toEqual(['find R', 'detail 7 true']);
		expect(second && fileOf(second).recovered).toBe(false);
	});

	test("never says 'not signed' of a request that its first try lost", async () => {
		const first = { sign: [lost()], find: times(looks, lost()) };
		const none = { find: times(looks + 1, lost('no route')) };
		const [, second] = await tries([first, none]);
		expect(second && faultIn(second).message).toContain('It is not known');
		expect(second?.ports.calls).toEqual(times(looks + 1, 'find R'));
	});

	test('sends again what the service had refused in its first try', async () => {
		const never = refusal('rejected', { code: '0.0.2' });
		const [, second] = await tries([{ sign: [never] }, { sign: [signedNow] }]);
		expect(second?.ports.calls).toEqual(['sign R']);
		expect(second && fileOf(second).recovered).toBe(false);
	});

	test('reports earlier signatures as recovered, as its first try did', async () => {
		const script = (): Script => ({ sign: [duplicate], find: [found('7')], detail: [earlier] });
		const [first, second] = await tries([script(), script()]);
		expect([first && fileOf(first).recovered, second && fileOf(second).recovered]).toEqual([
			true,
			true,
		]);
	});

	test('cannot tell when a signature was made if its first try could not', async () => {
		const undated = answer(operation([{ content: signedBytes }], isOurs));
		const script = (): Script => ({ find: [found('7')], detail: [undated] });
		const played = await tries([{ sign: [lost()], ...script() }, script()]);
		expect(played.map((one) => fileOf(one).cannotTellWhen)).toEqual([true, true]);
	});

	test('counts as its own what was signed although a gateway had rejected the request', async () => {
		const first = { sign: [busy(), duplicate], find: [found('7')], detail: [signedNow] };
		const second = { sign: [duplicate], ...look() };
		const played = await tries([first, second]);
		expect(played.map((one) => fileOf(one).recovered)).toEqual([false, false]);
	});
});

describe('Sign Again', () => {
	const again = answer(
		operation([{ externalReference: 'R~run7', content: signedBytes }], {
			id: '8',
			requestReferences: [mark.replace('R', 'R~run7')],
		}),
	);
	const first = (): Script => ({
		sign: [duplicate, again],
		find: [found('7')],
		detail: [earlier],
	});
	const jobs = () => [jobOf({ ifAlreadySigned: 'signAgain' })];

	test('signs once more, in a separate reference row that names the execution', async () => {
		const [played] = await tries([first()], jobs);
		expect(played?.ports.calls).toEqual(['sign R', 'find R', 'detail 7 true', 'sign R~run7']);
		expect(played && fileOf(played)).toMatchObject({ reference: 'R~run7', recovered: false });
	});

	test('applies once per execution: a retry finds that signature', async () => {
		const retry: Script = { find: [found('8')], detail: [again] };
		const [, played] = await tries([first(), retry], jobs);
		expect(played?.ports.calls).toEqual(['find R~run7', 'detail 8 true']);
		expect(played && fileOf(played)).toMatchObject({ reference: 'R~run7', recovered: false });
	});

	test('stays in its row when a gateway had turned its request away', async () => {
		const page = refusal('busy', { status: 429, form: 'page' });
		const scripts = [
			{
				...first(),
				sign: [duplicate, page, duplicate],
				find: [found('7'), found('8')],
				detail: [earlier, again],
			},
			{ sign: [duplicate], find: [found('8')], detail: [again] },
		];
		const [, played] = await tries(scripts, jobs);
		expect(played?.ports.calls).toEqual(['sign R~run7', 'find R~run7', 'detail 8 true']);
	});

	test('looks up a lost request in its own row', async () => {
		const scripts = [
			{ ...first(), sign: [duplicate, lost()], find: [found('7'), ...times(looks, lost())] },
			{ find: [found('8')], detail: [again] },
		];
		const [lostTry, played] = await tries(scripts, jobs);
		expect(lostTry && faultIn(lostTry).details.externalReference).toBe('R~run7');
		expect(played?.ports.calls).toEqual(['find R~run7', 'detail 8 true']);
	});

	test('with several documents: the retry finds the signature of each that continued alone', async () => {
		const several = () =>
			['R', 'S'].map((reference) =>
				jobOf({ reference, derived: true, ifAlreadySigned: 'signAgain' }),
			);
		const one = (id: string, ...references: string[]) =>
			answer(
				operation(
					references.map((externalReference) => ({ externalReference, content: signedBytes })),
					{ id },
				),
			);
		const before = one('7', 'R', 'S');
		const ends = [one('8', 'R~run7'), one('9', 'S~run7')] as const;
		const scripts: Script[] = [
			{
				sign: [duplicate, duplicate, ends[0], duplicate, ends[1]],
				find: times(3, found('7')),
				detail: times(3, before),
			},
			{
				sign: [duplicate],
				find: [found('7'), found('8'), found('9')],
				detail: [before, ...ends],
			},
		];
		const [, retry] = await tries(scripts, several);
		expect(retry?.ports.calls).toEqual([
			...['sign R S', 'find R', 'detail 7 true'],
			...['find R~run7', 'detail 8 true', 'find S~run7', 'detail 9 true'],
		]);
		expect(retry && fileOf(retry, 1)).toMatchObject({ reference: 'S~run7', recovered: false });
	});
});

describe("a gateway's page, or an empty body, in answer to a signing request", () => {
	test.each([
		[400, 'page'],
		[403, 'page'],
		[403, 'empty'],
		[413, 'page'],
		[409, 'page'],
	] as const)(
		'%i, %s: does not count as an answer of the service, and leads to a look-up',
		async (status, form) => {
			const kind = status === 409 ? 'unknown' : 'rejected';
			const played = await play({ sign: [refusal(kind, { status, form })], ...look() });
			expect(played.ports.calls).toEqual(['sign R', 'find R', 'detail 7 true']);
			expect(fileOf(played).content).toBe(signedBytes);
		},
	);

	test('429: a reference in use afterwards may be held by that very request', async () => {
		const page = refusal('busy', { status: 429, form: 'page' });
		const jobs = ['R', 'S'].map((reference) => jobOf({ reference }));
		const script = { sign: [page, duplicate], find: times(2 * (looks + 1), lost()) };
		const played = await play(script, jobs);
		expect(played.ports.calls.filter((one) => one.startsWith('sign'))).toHaveLength(2);
		for (const index of jobs.keys())
			expect(faultIn(played, index).message).toContain('It is not known');
	});

	test('401, twice: leads to a look-up', async () => {
		const page = refusal('token', { status: 401, form: 'page' });
		const played = await play({ sign: [page, page], renewToken: [renewed], ...look() });
		const calls = ['sign R', 'renew', 'sign R', 'find R', 'detail 7 true'];
		expect(played.ports.calls).toEqual(calls);
	});

	test('403 with a long Retry-After: leads to a look-up immediately', async () => {
		const page = refusal('rejected', { status: 403, form: 'page', retryAfter: 3_600_000 });
		const played = await play({ sign: [page], ...look() });
		expect(played.ports.slept).toEqual([]);
		expect(fileOf(played).content).toBe(signedBytes);
	});

	test('a 503 with a long Retry-After leads to a look-up immediately as well', async () => {
		const later = refusal('unknown', { status: 503, form: 'empty', retryAfter: 3_600_000 });
		const played = await play({ sign: [later], ...look() });
		expect(played.ports.calls).toEqual(['sign R', 'find R', 'detail 7 true']);
	});
});

describe('a request that got no answer', () => {
	test('is not sent again before the longest time that any request took in this execution', async () => {
		const execution = new Execution('1', 0);
		execution.took(leastAtWork + 25_000);
		const find = times(looks + 2, nothing());
		const played = await play({ sign: [lost(), signedNow], find }, [jobOf()], { execution });
		expect(played.ports.now()).toBeGreaterThanOrEqual(leastAtWork + 25_000);
		expect(played.ports.calls.filter((call) => call.startsWith('sign'))).toHaveLength(2);
		expect(played.ports.calls.at(-2)).toBe('find R');
	});

	test('is not sent again at all when that is past the deadline', async () => {
		const execution = new Execution('1', 0);
		execution.took(200_000);
		const script = { sign: [lost()], find: times(looks + 1, nothing()) };
		const played = await play(script, [jobOf()], { execution });
		expect(faultIn(played).message).toContain('It is not known');
	});

	test('and whose operation cannot be read is reported with that operation', async () => {
		const gone = refusal('rejected', { status: 404, form: 'empty' });
		const find = times(looks, found('7'));
		const played = await play({ sign: [lost()], find, detail: times(looks, gone) });
		expect(faultIn(played).message).toBe(
			"Operation 7 holds 'a.pdf', but its information about the document cannot be read (HTTP 404)",
		);
		expect(faultIn(played).details).toMatchObject({ externalReference: 'R', operationId: 7 });
	});
});
