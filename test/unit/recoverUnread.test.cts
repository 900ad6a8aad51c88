import type { Reply } from '../../nodes/SignStash/service/Reply';
import type { Operation } from '../../nodes/SignStash/service/Operation';
import { Fault } from '../../nodes/SignStash/Fault';
import { recover } from '../../nodes/SignStash/signing/recover';
import {
	answer,
	found,
	lost,
	nothing,
	operation,
	refusal,
	renewed,
	ScriptedPorts,
} from '../support/ScriptedPorts.cts';

const wanted = { completion: 0, content: true };
const signed = answer(operation([{ content: Buffer.from('signed') }]));
const failed = answer(operation([{ signStatus: 'ERROR_SIGNING' }], { id: '4' }));
const pending = answer(
	operation([{ signStatus: 'RECEIVED' }], { id: '2', status: 'PENDING_EXECUTION' }),
);
const times = <Value,>(count: number, value: Value): Value[] =>
	Array.from({ length: count }, () => value);

describe('an operation that a look-up names and whose detail cannot be read', () => {
	test.each<[name: string, reply: Reply<Operation>, why: string]>([
		['is not there', refusal('rejected', { status: 404, form: 'empty' }), 'HTTP 404'],
		['is gone', refusal('rejected', { status: 410, form: 'empty' }), 'HTTP 410'],
		['is denied', refusal('rejected', { status: 403, code: '1.2.0' }), 'HTTP 403: 1.2.0'],
		['has no answer', lost('cut off'), 'cut off'],
		['is no operation', { is: 'unreadable', status: 200, why: 'no JSON' }, 'no JSON'],
	])('because it %s, is reported as found but unreadable: %s', async (_, reply, why) => {
		const ports = new ScriptedPorts({ find: times(4, found('7')), detail: times(4, reply) });
		const fault = await recover(ports, 'R', wanted).catch((error: unknown) => error);
		expect(ports.slept).toEqual([500, 1000, 2000]);
		expect(fault).toBeInstanceOf(Fault);
		expect(fault).toMatchObject({
			message: `Operation 7 holds the external reference 'R', but cannot be read (${why})`,
			details: { externalReference: 'R', operationId: 7 },
		});
		expect(fault).toMatchObject({
			remedy: expect.stringContaining("'Get Operation' with 7 later") as string,
		});
	});

	test('because it lags behind, is read once it is available', async () => {
		const gone = refusal('rejected', { status: 404, form: 'empty' });
		const ports = new ScriptedPorts({ find: times(2, found('7')), detail: [gone, signed] });
		expect(await recover(ports, 'R', wanted)).toMatchObject({ is: 'signed', reference: 'R' });
		expect(ports.calls).toEqual(['find R', 'detail 7 true', 'find R', 'detail 7 true']);
	});

	test('is not forgotten when a later look-up has no answer', async () => {
		const ports = new ScriptedPorts({
			find: [found('7'), ...times(3, lost('no route'))],
			detail: [lost('cut off')],
		});
		await expect(recover(ports, 'R', wanted)).rejects.toThrow(
			"Operation 7 holds the external reference 'R', but cannot be read (cut off)",
		);
	});

	test('because the token is refused, is read with a new one', async () => {
		const ports = new ScriptedPorts({
			find: times(2, found('7')),
			detail: [refusal('token', { status: 401 }), signed],
			renewToken: [renewed],
		});
		expect(await recover(ports, 'R', wanted)).toMatchObject({ is: 'signed' });
		expect(ports.calls).toEqual(['find R', 'detail 7 true', 'renew', 'find R', 'detail 7 true']);
	});

	test('because there is no token, is reported with that cause', async () => {
		const detail = [{ is: 'noToken', why: 'invalid_client' } as const];
		const ports = new ScriptedPorts({ find: [found('7')], detail });
		await expect(recover(ports, 'R', wanted)).rejects.toThrow('gave no access token');
	});
});

const down = refusal('unknown', { status: 502, form: 'page' });

/** A failed document says nothing about the next reference, whose look-up got no answer. */
test.each([
	['the look-up of the next reference gets no answer', times(4, down), []],
	['the next operation cannot be read', times(4, found('9')), times(4, down)],
	['the next look-up is refused', [refusal('rejected', { status: 403, code: '1.2.0' })], []],
])('a failed document is unclear when %s', async (_, find, detail) => {
	const script = { find: [found('4'), ...find], detail: [failed, ...detail] };
	const recovery = await recover(new ScriptedPorts(script), 'R', wanted);
	expect(recovery).toMatchObject({ is: 'unclear', reference: 'R', operation: { id: '4' } });
});

test.each([
	['failed', failed, 'failed', nothing()],
	['pending', pending, 'pending', nothing()],
	['pending', pending, 'pending', refusal('rejected', { status: 403, code: '1.2.0' })],
])(
	'a document that is %s stays so, whatever the next look-up finds: %#',
	async (_, one, is, next) => {
		const script = { find: [found('4'), next, nothing()], detail: [one] };
		expect((await recover(new ScriptedPorts(script), 'R', wanted)).is).toBe(is);
	},
);

test('of several tries in one operation the signed one is returned', async () => {
	const tries = operation([
		{ signStatus: 'ERROR_SIGNING' },
		{ content: Buffer.from('signed') },
		{ signStatus: 'ERROR_SIGNING' },
	]);
	const ports = new ScriptedPorts({ find: [found('7')], detail: [answer(tries)] });
	expect(await recover(ports, 'R', wanted)).toMatchObject({
		is: 'signed',
		document: { content: Buffer.from('signed') },
	});
});
