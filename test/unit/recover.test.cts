import { Fault } from '../../nodes/SignStash/Fault';
import { neverRegistered, recover } from '../../nodes/SignStash/signing/recover';
import {
	answer,
	found,
	lost,
	neverLeft,
	nothing,
	operation,
	refusal,
	renewed,
	ScriptedPorts,
	type Script,
} from '../support/ScriptedPorts.cts';

const ends = {
	signed: operation([{ content: Buffer.from('signed') }], { id: '1' }),
	pending: operation([{ signStatus: 'RECEIVED' }], { id: '2', status: 'PENDING_EXECUTION' }),
	unclear: operation([{ signStatus: 'A_WORD_OF_TOMORROW' }], { id: '3' }),
	failed: operation([{ signStatus: 'ERROR_SIGNING' }], { id: '4' }),
	failedForGood: operation(
		[{ signStatus: 'ERROR_SIGNING', signError: 'CONFIGURATION_SIGN_ERROR' }],
		{ id: '5' },
	),
	absent: operation([], { id: '6' }),
};
type Kind = keyof typeof ends;

const wanted = { completion: 0, content: true };

/** The service has these under the members of the row, and nothing after them. */
function rowOf(...kinds: Kind[]): Script {
	return {
		find: [...kinds.map((kind) => found(ends[kind].id)), nothing(), nothing()],
		detail: kinds.map((kind) => answer(ends[kind])),
	};
}

test.each<[row: Kind[], is: string, reference: string]>([
	[['signed'], 'signed', 'R'],
	[['failed', 'signed'], 'signed', 'R~2'],
	[['pending', 'failed'], 'pending', 'R'],
	[['failed', 'pending'], 'pending', 'R~2'],
	[['pending', 'unclear'], 'pending', 'R'],
	[['unclear', 'pending'], 'pending', 'R~2'],
	[['failed', 'unclear'], 'unclear', 'R~2'],
	[['unclear', 'failed'], 'unclear', 'R'],
	[['absent', 'failed'], 'unclear', 'R'],
	[['failed', 'failedForGood'], 'failed', 'R'],
	[['failed', 'failed', 'failed', 'failed', 'signed'], 'signed', 'R~5'],
])('in a row that is %j, the %s one is preferred: %s', async (row, is, reference) => {
	const recovery = await recover(new ScriptedPorts(rowOf(...row)), 'R', wanted);
	expect(recovery).toMatchObject({ is, reference });
});

test('a signed document ends the walk, and is returned with its operation', async () => {
	const ports = new ScriptedPorts(rowOf('signed'));
	expect(await recover(ports, 'R', wanted)).toEqual({
		is: 'signed',
		reference: 'R',
		operation: ends.signed,
		document: ends.signed.documents[0],
	});
	expect(ports.calls).toEqual(['find R', 'detail 1 true']);
});

test('a later member of the row that was asked for is treated like the first', async () => {
	const recovery = await recover(new ScriptedPorts(rowOf('signed')), 'R~2', wanted);
	expect(recovery).toMatchObject({ is: 'signed', reference: 'R~2' });
	const script = { find: [refusal('rejected')] };
	await expect(recover(new ScriptedPorts(script), 'R~2', wanted)).rejects.toThrow('HTTP 400');
});

test.each([
	['without a reference', '', 'signed'],
	['under its reference in different case', 'r', 'signed'],
	['under another reference', 'other', 'unclear'],
])(
	'the outcome for a found operation whose only document is %s',
	async (_, externalReference, is) => {
		const shown = operation([{ externalReference, content: Buffer.from('signed') }]);
		const ports = new ScriptedPorts({
			find: [found('7'), nothing(), nothing()],
			detail: [answer(shown)],
		});
		const recovery = await recover(ports, 'R', wanted);
		expect(recovery.is).toBe(is);
		expect('document' in recovery && recovery.document).toEqual(
			is === 'signed' ? shown.documents[0] : undefined,
		);
	},
);

test('a signed document of an operation that is not finished is not waited for', async () => {
	const early = operation([{ content: Buffer.from('signed') }], { status: 'PENDING_EXECUTION' });
	const ports = new ScriptedPorts({ find: [found('7')], detail: [answer(early)] });
	await recover(ports, 'R', { ...wanted, completion: 60_000 });
	expect(ports.calls).toEqual(['find R', 'detail 7 true']);
});

test('contents are read only when they are wanted', async () => {
	const ports = new ScriptedPorts(rowOf('signed'));
	await recover(ports, 'R', { ...wanted, content: false });
	expect(ports.calls).toEqual(['find R', 'detail 1 false']);
});

test('the walk ends at a member that is not found', async () => {
	const ports = new ScriptedPorts(rowOf('failed'));
	await recover(ports, 'R', wanted);
	expect(ports.calls).toEqual(['find R', 'detail 4 true', 'find R~2', 'find n8n-control-*']);
});

test('the base is looked up even when the later member that was asked for is not found', async () => {
	const find = [nothing(), nothing(), found('1')];
	const ports = new ScriptedPorts({ find, detail: [answer(ends.signed)] });
	expect(await recover(ports, 'R~3', wanted)).toMatchObject({ is: 'signed', reference: 'R' });
	expect(ports.calls).toEqual(['find R~3', 'find n8n-control-*', 'find R', 'detail 1 true']);
});

test('a reference that nobody has is not found', async () => {
	const ports = new ScriptedPorts({ find: [nothing(), nothing()] });
	expect(await recover(ports, 'R', wanted)).toEqual({ is: 'notFound' });
	expect(ports.calls).toEqual(['find R', 'find n8n-control-*']);
});

test('a failed later look-up does not undo what was seen', async () => {
	const forbidden = refusal('rejected', { status: 403, code: '1.2.0' });
	const ports = new ScriptedPorts({
		find: [found('2'), forbidden],
		detail: [answer(ends.pending)],
	});
	expect(await recover(ports, 'R', wanted)).toMatchObject({ is: 'pending', reference: 'R' });
	expect(ports.calls.at(-1)).toBe('find R~2');
});

test('a look-up that got no answer is a fault, and never "there is none"', async () => {
	const ports = new ScriptedPorts({ find: [lost(), lost(), lost(), lost('cut off')] });
	const fault = await recover(ports, 'R', wanted).catch((error: unknown) => error);
	expect(ports.slept).toEqual([500, 1000, 2000]);
	expect(fault).toBeInstanceOf(Fault);
	expect(fault).toMatchObject({
		message: "Sign'Stash gave no answer for the reference 'R' (cut off)",
	});
});

test('a later member that was asked for does not make up for a base that got no answer', async () => {
	const forbidden = refusal('rejected', { status: 403, code: '1.2.0' });
	const ports = new ScriptedPorts({ find: [nothing(), nothing(), forbidden] });
	await expect(recover(ports, 'R~2', wanted)).rejects.toBeInstanceOf(Fault);
	expect(ports.calls.at(-1)).toBe('find R');
});

test('reading is repeated only where that may help', async () => {
	const forbidden = refusal('rejected', { status: 403, code: '1.2.0' });
	for (const reply of [forbidden, { is: 'noToken', why: 'invalid_client' } as const]) {
		const ports = new ScriptedPorts({ find: [reply] });
		await expect(recover(ports, 'R', wanted)).rejects.toBeInstanceOf(Fault);
		expect(ports.calls).toEqual(['find R']);
	}
});

test.each([
	['a busy service', refusal('busy', { status: 429 })],
	['a service with an internal fault', refusal('unknown', { status: 500 })],
	['an answer that was cut', { is: 'unreadable', status: 200, why: 'cut' } as const],
	['a broken connection', lost()],
	['a connection that was never made', neverLeft],
])('%s is asked again after a pause', async (_, reply) => {
	const ports = new ScriptedPorts({ find: [reply, found('1')], detail: [answer(ends.signed)] });
	expect(await recover(ports, 'R', wanted)).toMatchObject({ is: 'signed' });
	expect(ports.slept).toEqual([500]);
});

test('an operation that cannot be read is read again', async () => {
	const find = [found('1'), found('1')];
	const ports = new ScriptedPorts({ find, detail: [lost(), answer(ends.signed)] });
	expect(await recover(ports, 'R', wanted)).toMatchObject({ is: 'signed' });
});

test('Retry-After is honoured, and never past two minutes', async () => {
	const busy = (retryAfter: number) => refusal('busy', { status: 429, retryAfter });
	const detail = () => [answer(ends.signed)];
	const last = new ScriptedPorts({ find: [busy(120_000), found('1')], detail: detail() });
	expect(await recover(last, 'R', wanted)).toMatchObject({ is: 'signed' });
	expect(last.slept).toEqual([120_000]);
	const late = new ScriptedPorts({ find: [busy(120_001)] });
	await expect(recover(late, 'R', wanted)).rejects.toMatchObject({
		failure: { cause: 'rate-limited' },
	});
	expect(late.slept).toEqual([]);
});

test('a refused token is renewed once', async () => {
	const expired = refusal('token', { status: 401 });
	const renewals = new ScriptedPorts({
		find: [expired, found('1')],
		renewToken: [renewed],
		detail: [answer(ends.signed)],
	});
	expect(await recover(renewals, 'R', wanted)).toMatchObject({ is: 'signed' });
	expect(renewals.calls).toEqual(['find R', 'renew', 'find R', 'detail 1 true']);
	const refused = new ScriptedPorts({ find: [expired, expired], renewToken: [renewed] });
	await expect(recover(refused, 'R', wanted)).rejects.toMatchObject({
		failure: { cause: 'credential-invalid' },
	});
	expect(refused.calls).toEqual(['find R', 'renew', 'find R']);
});

test('a token that cannot be renewed is named as the cause', async () => {
	const expired = refusal('token', { status: 401 });
	const why = { is: 'noToken', why: 'invalid_client' } as const;
	const ports = new ScriptedPorts({ find: [expired], renewToken: [why] });
	await expect(recover(ports, 'R', wanted)).rejects.toThrow('gave no access token');
});

test('a stop ends the repetitions', async () => {
	const ports = new ScriptedPorts({ find: [lost()] });
	ports.stopAtCall = 1;
	await expect(recover(ports, 'R', wanted)).rejects.toBeInstanceOf(Fault);
	expect(ports.slept).toEqual([]);
});

describe('a pending document', () => {
	const patient = { completion: 1500, content: true };
	const finished = answer(operation([], { id: '2', status: 'EXECUTED' }));
	const still = answer(operation([], { id: '2', status: 'PENDING_EXECUTION' }));
	const done = answer({ ...ends.signed, id: '2' });
	const pending = () => ({ find: [found('2'), nothing(), nothing()] });

	test('is fetched when it is finished', async () => {
		const detail = [answer(ends.pending), done];
		const ports = new ScriptedPorts({ ...pending(), status: [still, finished], detail });
		expect(await recover(ports, 'R', patient)).toMatchObject({
			is: 'signed',
			document: { content: Buffer.from('signed') },
		});
		expect(ports.slept).toEqual([500, 1000]);
		expect(ports.calls).toEqual([
			'find R',
			'detail 2 true',
			'status 2',
			'status 2',
			'detail 2 true',
		]);
	});

	test('is not waited for longer than the user chose', async () => {
		const detail = [answer(ends.pending)];
		const ports = new ScriptedPorts({ ...pending(), status: [still], detail });
		expect(await recover(ports, 'R', { ...patient, completion: 1499 })).toMatchObject({
			is: 'pending',
		});
		expect(ports.slept).toEqual([500]);
	});

	test('is not waited for when the execution is stopped', async () => {
		const ports = new ScriptedPorts({ ...pending(), detail: [answer(ends.pending)] });
		ports.stopAtCall = 2;
		expect(await recover(ports, 'R', patient)).toMatchObject({ is: 'pending' });
		expect(ports.slept).toEqual([]);
	});

	test('is asked for again when its status or detail got no answer', async () => {
		const forbidden = refusal('rejected', { status: 403 });
		const ports = new ScriptedPorts({
			...pending(),
			status: [forbidden, finished, finished],
			detail: [answer(ends.pending), forbidden, done],
		});
		expect(await recover(ports, 'R', { ...patient, completion: 60_000 })).toMatchObject({
			is: 'signed',
		});
		expect(ports.slept).toEqual([500, 1000, 2000]);
	});
});

test('a fault about a reference that was not found claims no more than was seen', () => {
	const fault = neverRegistered('R');
	expect(fault.message).toBe("Sign'Stash shows no document with the external reference 'R'");
	expect(fault.remedy).toContain("Check 'External Reference', and check that the credential");
	expect(fault.remedy).toContain('answer for any reference that is not in use');
	expect(`${fault.message} ${fault.remedy}`).not.toMatch(/safe|not signed|sign (it|the document)/);
	expect(fault.details).toEqual({ externalReference: 'R', parameter: 'External Reference' });
});
