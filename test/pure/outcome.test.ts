import { judge, stateOf } from '../../nodes/SignStash/signing/outcome';
import type { SignOperation } from '../../nodes/SignStash/service/messages';
import type { Reply } from '../../nodes/SignStash/service/Reply';

const answer = (status: string, document: object): Reply<SignOperation> => ({
	is: 'answer',
	body: { id: 7, status, documentList: [{ externalReference: 'R', ...document }] } as SignOperation,
});
const refusal = (status: number, code?: string, retryAfterSeconds?: number) =>
	({ is: 'refusal', status, code, retryAfterSeconds }) as const;

const table: Array<[reply: Reply<SignOperation>, outcome: string]> = [
	[answer('EXECUTED', { signStatus: 'SIGNED' }), 'signed'],
	[answer('EXECUTED', { signStatus: 'ERROR_SIGNING' }), 'notSigned'],
	[answer('EXECUTION_FAILED', { signStatus: 'RECEIVED' }), 'notSigned'],
	[answer('PENDING_EXECUTION', { signStatus: 'RECEIVED' }), 'pending'],
	[answer('EXECUTION_ERROR', { signStatus: 'RECEIVED' }), 'pending'],
	[answer('EXECUTED', { externalReference: 'other', signStatus: 'SIGNED' }), 'unknown'],
	...['0.0.2', '0.0.3', '0.0.4', '0.0.6'].map((code): [Reply<SignOperation>, string] => [
		refusal(500, code),
		'rejected',
	]),
	[refusal(500, '9.9.9'), 'unknown'],
	[refusal(500, '0.0.5'), 'unknown'],
	[refusal(400, '9.9.9'), 'rejected'],
	[refusal(401, '9.9.9'), 'token'],
	[refusal(408), 'unknown'],
	[refusal(409), 'unknown'],
	[refusal(302), 'unknown'],
	[refusal(401, '1.1.0'), 'rejected'],
	[refusal(409, '1.1.3'), 'rejected'],
	[refusal(403), 'rejected'],
	[refusal(409, '0.0.7'), 'duplicate'],
	[refusal(409, '0.0.10'), 'token'],
	[refusal(401), 'token'],
	[refusal(429), 'busy'],
	[refusal(503, undefined, 3), 'busy'],
	[refusal(503), 'unknown'],
	[refusal(502), 'unknown'],
	[refusal(504), 'unknown'],
	[refusal(500), 'unknown'],
	[refusal(500, '0.0.1'), 'unknown'],
	[{ is: 'unreadable', status: 200, why: '' }, 'unknown'],
	[{ is: 'broken', sent: true, why: 'ECONNRESET' }, 'unknown'],
	[{ is: 'broken', sent: false, why: 'ECONNREFUSED' }, 'notSent'],
	[{ is: 'noToken', why: '' }, 'noToken'],
	[{ is: 'stopped' }, 'stopped'],
];

test.each(table)('%j means %s', (reply, outcome) => {
	const verdict = judge(reply);
	const { is } = verdict.is === 'answered' ? stateOf(verdict.operation, 'R') : verdict;
	expect(is).toBe(outcome);
});
