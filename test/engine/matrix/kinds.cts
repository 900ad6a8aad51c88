import type { Action, Got, Moment } from './Case.cts';

/** A fault with its name in the report and its class in the table of outcomes. */
export interface Kind {
	name: string;
	of: 'unknown' | 'token' | 'busy' | 'rejected' | 'duplicate';
	action: Action;
}

const answer = (status: number, body?: unknown, headers?: Record<string, string>): Action => ({
	type: 'answer',
	status,
	...(body === undefined ? {} : { body }),
	...(headers === undefined ? {} : { headers }),
});
const coded = (status: number, errorCode: string): Action => answer(status, { errorCode });
const soon = { 'retry-after': '1' };

/** Everything that may come in place of the answer to a signing request. */
export const signFaults: Kind[] = [
	{ name: 'reset', of: 'unknown', action: { type: 'reset' } },
	{ name: 'no answer in time', of: 'unknown', action: { type: 'hang' } },
	{ name: 'cut answer', of: 'unknown', action: { type: 'cut', afterBytes: 40 } },
	{ name: '500 `0.0.1`', of: 'unknown', action: coded(500, '0.0.1') },
	{ name: '500 `0.0.5`', of: 'unknown', action: coded(500, '0.0.5') },
	{ name: '500, a code nobody knows', of: 'unknown', action: coded(500, '7.7.7') },
	{ name: '500 without a code', of: 'unknown', action: answer(500, 'Internal Server Error') },
	{
		name: '302',
		of: 'unknown',
		action: answer(302, undefined, { location: 'http://127.0.0.1:1/' }),
	},
	{ name: '502', of: 'unknown', action: answer(502, '<html>Bad Gateway</html>') },
	{ name: '503', of: 'unknown', action: answer(503) },
	{ name: '504', of: 'unknown', action: answer(504) },
	{ name: '200, not JSON', of: 'unknown', action: answer(200, '<html>Welcome</html>') },
	{ name: '200, wrong shape', of: 'unknown', action: answer(200, { status: 'EXECUTED' }) },
	{ name: '200, empty', of: 'unknown', action: answer(200) },
	{
		name: "200, another document's",
		of: 'unknown',
		action: answer(200, { id: 7, status: 'EXECUTED', documentList: [] }),
	},
	{ name: '401 without a code', of: 'token', action: answer(401) },
	{ name: '409 `0.0.10`', of: 'token', action: coded(409, '0.0.10') },
	{ name: '429', of: 'busy', action: answer(429) },
	{ name: '429, Retry-After', of: 'busy', action: answer(429, undefined, soon) },
	{ name: '503, Retry-After', of: 'unknown', action: answer(503, undefined, soon) },
	{ name: '401 `1.1.0`', of: 'rejected', action: coded(401, '1.1.0') },
	{ name: '401 `1.1.1`', of: 'rejected', action: coded(401, '1.1.1') },
	{ name: '403 `1.2.0`', of: 'rejected', action: coded(403, '1.2.0') },
	{ name: '409 `1.1.3`', of: 'rejected', action: coded(409, '1.1.3') },
	{ name: '500 `0.0.2`', of: 'rejected', action: coded(500, '0.0.2') },
	{ name: '500 `0.0.3`', of: 'rejected', action: coded(500, '0.0.3') },
	{ name: '422, a code nobody knows', of: 'rejected', action: coded(422, '7.7.7') },
	{ name: '409 `0.0.7`', of: 'duplicate', action: coded(409, '0.0.7') },
];

/** The expected outcomes of a signing request that met such a fault once. */
export function expectedOf({ of }: Kind, moment: Moment): Got[] {
	if (of === 'rejected') return ['refused'];
	// The service says that the reference is taken although it is not: nothing can be signed under it.
	if (of === 'duplicate' && moment === 'received') return ['reference taken', 'outcome unknown'];
	return ['file'];
}

/** A way in which a look-up may fail; `saysNotFound` marks answers that may mean 'not found', if every unknown reference gets the same one. */
export interface LookUpKind {
	name: string;
	saysNotFound?: true;
	/** Set for an answer that names an operation that does not exist. */
	leadsElsewhere?: true;
	action: Action;
}

export const lookUpFaults: LookUpKind[] = [
	{ name: '404 with a code', saysNotFound: true, action: coded(404, '9.9.9') },
	{ name: '404, empty', saysNotFound: true, action: answer(404) },
	{ name: 'reset', action: { type: 'reset' } },
	{ name: 'cut answer', action: { type: 'cut', afterBytes: 1 } },
	{ name: '400 with a code', saysNotFound: true, action: coded(400, '9.9.9') },
	{ name: '401 without a code', action: answer(401) },
	{ name: '401 `1.1.1`', action: coded(401, '1.1.1') },
	{ name: '409 `0.0.10`', action: coded(409, '0.0.10') },
	{ name: '429', action: answer(429) },
	{ name: '500 `0.0.1`', action: coded(500, '0.0.1') },
	{ name: '500 with a code', saysNotFound: true, action: coded(500, '9.9.9') },
	{ name: '500 without a code', action: answer(500) },
	{ name: '502', action: answer(502) },
	{ name: '503, Retry-After', action: answer(503, undefined, soon) },
	{ name: '200, not JSON', action: answer(200, '<html>Welcome</html>') },
	{ name: '200, no operation id', leadsElsewhere: true, action: answer(200, { id: 7 }) },
	{ name: '200, empty', saysNotFound: true, action: answer(200) },
	{ name: 'no answer in time', action: { type: 'hang' } },
];
