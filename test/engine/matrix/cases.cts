import { moments, type Action, type Case, type Got } from './Case.cts';
import { expectedOf, lookUpFaults, signFaults, type LookUpKind } from './kinds.cts';

/** More calls than any run makes. */
const always = 10_000;

/** A hanging call ends at the node's own time-out, which is kept short. */
const brief = { requestTimeout: 0.7 };
const patienceFor = (action: { type: string }) => (action.type === 'hang' ? brief : {});

/** Each fault of a signing call, once, at each moment; all later calls are answered. */
const once: Case[] = signFaults.flatMap((kind) =>
	moments.map((moment) => ({
		table: 'One fault of the signing call',
		line: `${kind.name} (${kind.of})`,
		column: moment,
		faults: [{ on: 'sign', moment, action: kind.action }],
		options: patienceFor(kind.action),
		expected: expectedOf(kind, moment),
	})),
);

const reset = { type: 'reset' } as const;

/** The outcome is not known, and look-ups fail too: once each, or until the node gives up. */
function lookUpCases(kind: LookUpKind, times: number): Case[] {
	return moments.map((moment) => ({
		table:
			times === 1 ? 'A reset, then one look-up that fails' : 'A reset, then every look-up fails',
		line: kind.name,
		column: moment,
		faults: [
			{ on: 'sign', moment, action: reset },
			{ on: 'lookup', moment: 'received', action: kind.action, times },
		],
		options: patienceFor(kind.action),
		expected: lookUpExpected(kind, moment === 'received', times),
	}));
}

/** Only an answer that says 'not found' may lead to sending again; a registered document is then a duplicate. */
function lookUpExpected(kind: LookUpKind, nothing: boolean, times: number): Got[] {
	const { saysNotFound, leadsElsewhere } = kind;
	// An operation that was named counts as a fact, even though it does not exist here.
	if (leadsElsewhere) return times === 1 && !nothing ? ['file'] : ['found, not read'];
	if (times === 1 || (saysNotFound && nothing)) return ['file'];
	return saysNotFound ? ['reference taken', 'outcome unknown'] : ['outcome unknown'];
}

const lookUpsFail = lookUpFaults.flatMap((kind) => lookUpCases(kind, always));
const lookUpFailsOnce = lookUpFaults.flatMap((kind) => lookUpCases(kind, 1));

/** The operation is found and cannot be read. */
const detailFails: Case[] = lookUpFaults
	.filter(({ action }) => action.type !== 'hang')
	.map((kind) => ({
		table: 'A reset after signing; the operation is found, and its detail cannot be read',
		line: kind.name,
		column: 'always',
		faults: [
			{ on: 'sign', moment: 'signed', action: reset },
			{ on: 'detail', moment: 'received', action: kind.action, times: always },
		],
		expected: ['found, not read', 'outcome unknown'],
	}));

const persistent: Record<string, Got[]> = {
	reset: ['outcome unknown'],
	'no answer in time': ['outcome unknown'],
	'500 `0.0.1`': ['outcome unknown'],
	'503': ['outcome unknown'],
	'200, not JSON': ['outcome unknown'],
	'401 `1.1.1`': ['refused'],
	'401 without a code': ['outcome unknown'],
	'409 `0.0.10`': ['refused'],
	'429': ['busy'],
	'429, Retry-After': ['busy'],
	'503, Retry-After': ['outcome unknown'],
	'409 `0.0.7`': ['reference taken', 'outcome unknown'],
};

/** A service that no longer answers any signing call. */
const unending: Case[] = signFaults
	.filter(({ name }) => name in persistent)
	.map((kind) => ({
		table: 'Every signing call fails',
		line: `${kind.name} (${kind.of})`,
		column: 'received',
		faults: [{ on: 'sign', moment: 'received', action: kind.action, times: always }],
		options: patienceFor(kind.action),
		expected: persistent[kind.name] ?? [],
	}));

const single = (
	line: string,
	expected: Got[],
	rest: Partial<Omit<Case, 'line' | 'expected'>>,
): Case => ({
	table: 'The other rows of the table of outcomes',
	line,
	column: 'result',
	faults: [],
	expected,
	...rest,
});

const asynchronous = (pendingPolls: number, rest = {}) => ({ async: { pendingPolls, ...rest } });
const fails = { signErrors: [{ match: {}, signError: 'CERT_SERVICE_GLOBAL_ERROR' }] };

/** The token call always fails, in every way a server or a network can make it fail. */
const tokenFaults: Array<[name: string, action: Action, expected: Got]> = [
	['refused', { type: 'answer', status: 401, body: { error: 'invalid_client' } }, 'no token'],
	['404', { type: 'answer', status: 404, body: 'Not Found' }, 'no token'],
	['not JSON', { type: 'answer', status: 200, body: '<html>' }, 'no token'],
	['500', { type: 'answer', status: 500 }, 'nothing sent'],
	['429', { type: 'answer', status: 429 }, 'nothing sent'],
	['reset', reset, 'nothing sent'],
];

const noTokens: Case[] = tokenFaults.flatMap(([line, action, expected]) =>
	[false, true].map((revoked) => ({
		table: 'Every token call fails',
		line,
		column: revoked ? 'the one that renews' : 'the first',
		revoked,
		faults: [{ on: 'token', moment: 'received', action, times: always }],
		// In that case a request was sent, and was rejected.
		expected: [revoked ? 'turned away' : expected],
	})),
);

const others: Case[] = [
	single('signed', ['file'], {}),
	single('not signed', ['not signed'], { settings: fails }),
	// The operation that failed may be an older one, and the request may still be in progress.
	single('not signed, and the answer is lost', ['outcome unknown'], {
		settings: fails,
		faults: [{ on: 'sign', moment: 'signed', action: reset }],
	}),
	single('pending, then signed', ['file'], { settings: asynchronous(2) }),
	single('pending, tried again by the service, then signed', ['file'], {
		settings: asynchronous(1, { executionErrorPolls: 2 }),
	}),
	single('pending, and the answer is lost', ['file'], {
		settings: asynchronous(2),
		faults: [{ on: 'sign', moment: 'registered', action: reset }],
	}),
	single('pending, and one status call is reset', ['file'], {
		settings: asynchronous(2),
		faults: [{ on: 'status', moment: 'received', action: reset }],
	}),
	single('pending, then given up by the service', ['not signed'], {
		settings: asynchronous(1, { outcome: 'EXECUTION_FAILED' }),
	}),
	single('pending for longer than Wait for Completion', ['still pending'], {
		settings: asynchronous(6),
		options: { waitForCompletion: 5 },
	}),
	single('pending, and no status call is answered', ['still pending'], {
		settings: asynchronous(1),
		options: { waitForCompletion: 5 },
		faults: [
			{ on: 'status', moment: 'received', action: reset, times: always },
			{ on: 'detail', moment: 'received', action: reset, times: always },
		],
	}),
	single('token revoked, answered with 401', ['file'], { revoked: true }),
	single('token revoked, answered with 409 `0.0.10`', ['file'], {
		revoked: true,
		settings: { tokenFault: 'code0010' },
	}),
	single('token revoked, and none to be had for the look-ups after a reset', ['outcome unknown'], {
		faults: [
			{ on: 'sign', moment: 'signed', action: reset },
			{ on: 'lookup', moment: 'received', action: { type: 'answer', status: 401 }, times: always },
			{
				on: 'token',
				moment: 'received',
				action: { type: 'answer', status: 404, body: 'x' },
				times: always,
			},
		],
		holdsToken: true,
	}),
	single('connection refused (not sent)', ['nothing sent'], {
		baseUrl: () => 'http://127.0.0.1:1/signstash',
	}),
	single('no TLS at that port (not sent)', ['nothing sent'], {
		baseUrl: (port) => `https://127.0.0.1:${port}/signstash`,
	}),
];

/** Every case, in the order of the report. */
export const cases: Case[] = [
	...once,
	...lookUpFailsOnce,
	...lookUpsFail,
	...detailFails,
	...unending,
	...noTokens,
	...others,
];
