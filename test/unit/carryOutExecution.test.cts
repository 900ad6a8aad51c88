import { Execution } from '../../nodes/SignStash/signing/Execution';
import { policies } from '../../nodes/SignStash/signing/policies';
import type { Operation } from '../../nodes/SignStash/service/Operation';
import type { SigningJob } from '../../nodes/SignStash/signing/SigningJob';
import {
	busy,
	duplicate,
	faultIn,
	fileOf,
	isOurs,
	jobOf,
	noToken,
	play,
	signedBytes,
	signedNow,
	times,
} from '../support/playRequest.cts';
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

const looks = policies.look.tries;
const page = (kind: 'busy' | 'token', status: number) => refusal(kind, { status, form: 'page' });
const invalid = refusal('rejected', { code: '0.0.2' });

/** The calls of a second try, after a first one of the same execution. */
async function callsAfter(first: Script, second: Script, jobs: SigningJob[]): Promise<string[]> {
	const execution = new Execution('7', 0);
	await play(first, [jobOf()], { execution });
	return (await play(second, jobs, { execution })).ports.calls;
}

const both = () => [jobOf(), jobOf({ reference: 'S' })];

describe('a retry that gathers a document that its first try sent alone', () => {
	test('begins with a look-up if that request was answered', async () => {
		const calls = await callsAfter({ sign: [signedNow] }, { find: [found('7')] }, both());
		expect(calls[0]).toBe('find R');
	});

	test('does not believe a refusal if that request was turned away, perhaps by a gateway', async () => {
		const first = { sign: times(9, page('busy', 429)), find: times(2, nothing()) };
		const calls = await callsAfter(first, { sign: [invalid] }, both());
		expect(calls.slice(0, 2)).toEqual(['sign R S', expect.stringMatching(/^find R/)]);
	});
});

test.each<[found: string, createdAt: number | undefined, cannotTell: boolean]>([
	['was made by this execution, judging by its date', 3_600_000, false],
	['shows no date', undefined, true],
])('a retry knows what its first try found, if that %s', async (_, createdAt, cannotTellWhen) => {
	const execution = new Execution('7', 0);
	const shown = (more: Partial<Operation>) =>
		answer(operation([{ content: signedBytes }], { ...isOurs, ...more }));
	const find = () => [found('7')];
	const first = { sign: [lost()], find: find(), detail: [shown({ createdAt, zoneGiven: true })] };
	await play(first, [jobOf()], { execution });
	const played = await play({ find: find(), detail: [shown({})] }, [jobOf()], { execution });
	expect(fileOf(played)).toMatchObject({ recovered: false, cannotTellWhen });
});

test('a retry knows what its first try left unfinished, even if no date is shown', async () => {
	const execution = new Execution('7', 0);
	const more = { ...isOurs, status: 'PENDING_EXECUTION' };
	const pending = answer(operation([{ signStatus: 'RECEIVED' }], more));
	const first = { sign: [pending], status: times(20, pending), detail: [pending] };
	faultIn(await play(first, [jobOf()], { execution }));
	const second = { find: [found('7')], detail: [signedNow] };
	const played = await play(second, [jobOf()], { execution });
	expect(fileOf(played)).toMatchObject({ recovered: false, cannotTellWhen: false });
});

describe('a retry after requests that were refused because of their token', () => {
	const after = async (kind: typeof noToken): Promise<string | undefined> => {
		const first = { sign: [kind, kind], renewToken: [renewed], find: times(looks, lost()) };
		const calls = await callsAfter(first, { sign: [signedNow], find: [found('7')] }, [jobOf()]);
		return calls[0];
	};

	test('sends again if the service said so', async () => {
		expect(await after(noToken)).toBe('sign R');
	});

	test('looks first if it may have been a gateway', async () => {
		expect(await after(page('token', 401))).toBe('find R');
	});
});

describe('several documents', () => {
	test('of which an answer leaves one out: what is found for it counts as sent by this execution', async () => {
		const one = (externalReference: string, id: string) =>
			answer(operation([{ externalReference, content: signedBytes }], { id }));
		const script = {
			sign: [one('R', '7'), duplicate],
			detail: [one('R', '7'), one('S', '8')],
			find: [found('8')],
		};
		const second = jobOf({ reference: 'S', derived: true });
		const played = await play(script, [jobOf(), second]);
		expect(fileOf(played, 1)).toMatchObject({ recovered: false, cannotTellWhen: true });
	});

	test('are fetched with contents that nobody wants if one of them shows nothing else', async () => {
		const jobs = both().map((job, index) => ({ ...job, wantContent: false, derived: index === 0 }));
		const shown = answer(operation([{}, { externalReference: 'S' }]));
		const script = { sign: [duplicate], find: [found('7')], detail: [shown, shown] };
		const { ports } = await play(script, jobs);
		expect(ports.calls.slice(2)).toEqual(['detail 7 false', 'detail 7 true']);
	});

	test('are picked from an operation by their references, or all are taken if one is not shown', async () => {
		const shown = (...references: string[]) =>
			operation(references.map((externalReference) => ({ externalReference })));
		const { ports } = await play(
			{ sign: [duplicate], find: [found('7')], detail: [answer(shown('X', 'S', 'R'))] },
			both(),
		);
		const [pick] = ports.picks;
		const picked = (...references: string[]) =>
			pick?.(shown(...references)).map((one) => one?.externalReference);
		expect(picked('X', 'S', 'R')).toEqual(['R', 'S']);
		expect(picked('X', 'S')).toEqual(['X', 'S']);
	});
});

test('an operation that is finished is fetched without contents that nobody wants', async () => {
	const pending = answer(operation([{ signStatus: 'RECEIVED' }], { status: 'PENDING_EXECUTION' }));
	const script = { sign: [pending], status: [answer(operation([]))], detail: [signedNow] };
	const { ports } = await play(script, [jobOf({ wantContent: false, derived: true })]);
	expect(ports.calls.at(-1)).toBe('detail 7 false');
});

test('how long a request took is counted from its last sending', async () => {
	const execution = new Execution('1', 0);
	await play({ sign: [busy(7000), signedNow] }, undefined, { execution });
	expect(execution.slowest).toBe(0);
});

describe('what a fault says last', () => {
	test('a missing token rather than the request that got no answer', async () => {
		const script = {
			sign: [lost('cut off')],
			find: times(looks + 1, noToken),
			renewToken: times(looks + 1, { is: 'noToken', why: 'invalid_client' } as const),
		};
		expect(faultIn(await play(script)).message).toContain('(no access token: invalid_client)');
	});

	test('that the service is busy, if the operation could not be read because of that', async () => {
		const script = {
			sign: [duplicate],
			find: times(looks, found('7')),
			detail: times(looks, busy()),
		};
		const fault = faultIn(await play(script));
		expect(fault.message).toContain('does not show which document uses it');
		expect(fault.message).not.toContain('Operation 7');
	});

	test('the operation that refuses to be read', async () => {
		const script = {
			sign: [lost()],
			find: times(looks, found('7')),
			detail: times(looks, invalid),
		};
		expect(faultIn(await play(script)).message).toContain("Operation 7 holds 'a.pdf'");
	});
});
