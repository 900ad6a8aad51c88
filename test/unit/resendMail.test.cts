import { Fault } from '../../nodes/SignStash/Fault';
import type { Reply } from '../../nodes/SignStash/service/Reply';
import { resendMail } from '../../nodes/SignStash/signing/resendMail';
import {
	answer,
	lost,
	neverLeft,
	refusal,
	renewed,
	ScriptedPorts,
} from '../support/ScriptedPorts.cts';

const sent = answer<true>(true);
const expired = refusal('token', { status: 401 });
const noToken = { is: 'noToken', why: 'invalid_client' } as const;

async function resend(replies: Array<Reply<true>>, renewals: Array<Reply<true>> = []) {
	const ports = new ScriptedPorts({ resend: replies, renewToken: renewals });
	const error = await resendMail(ports, '7', true, ['a@b.pt', 'c@d.pt']).catch(
		(thrown: unknown) => thrown,
	);
	if (error !== undefined && !(error instanceof Fault))
		throw new Error('it threw something other than a fault', { cause: error });
	return { calls: ports.calls, fault: error };
}

const call = 'resend 7 true a@b.pt c@d.pt';

test('an email is resent once', async () => {
	expect(await resend([sent])).toEqual({ calls: [call], fault: undefined });
});

test('a refused token is renewed once', async () => {
	expect(await resend([expired, sent], [renewed])).toEqual({
		calls: [call, 'renew', call],
		fault: undefined,
	});
	const { calls, fault } = await resend([expired, expired], [renewed]);
	expect(calls).toEqual([call, 'renew', call]);
	expect(fault?.failure).toEqual({ cause: 'credential-invalid' });
});

const unknown = /^It is not known whether the email of operation 7 was sent again/;

test.each<[name: string, reply: Reply<true>, message: RegExp]>([
	['a refusal', refusal('rejected', { code: '0.0.6' }), /^A value did not pass/],
	['an unknown operation', refusal('rejected', { status: 404, code: '2.0.6' }), /'Operation ID' 7/],
	['a busy service', refusal('busy', { status: 429 }), /^The service is busy/],
	['0.0.5', refusal('unknown', { status: 500, code: '0.0.5' }), /^The email could not be sent/],
	['no token', noToken, /^Sign'Stash gave no access token \(invalid_client\)/],
	['a call that never left', neverLeft, /the email of operation 7 was not sent \(refused\)/],
	['a lost call', lost('cut off'), unknown],
	['another fault of the service', refusal('unknown', { status: 500, code: '0.0.1' }), unknown],
	['a page of a gateway', refusal('unknown', { status: 502, form: 'page' }), unknown],
	['a stop', { is: 'stopped' }, unknown],
])('%s is reported, and never repeated', async (_, reply, message) => {
	const { calls, fault } = await resend([reply]);
	expect(calls).toEqual([call]);
	expect(fault?.message).toMatch(message);
	expect(fault?.details.operationId).toBe(7);
	expect(fault?.remedy === 'Ask a receiver before sending it once more.').toBe(message === unknown);
});

test('an unknown operation has not been emailed', async () => {
	const { fault } = await resend([refusal('rejected', { status: 404, code: '2.0.6' })]);
	expect(fault?.remedy).toMatch(/ No email was sent\.$/);
});

test('a token that cannot be renewed is named as the cause', async () => {
	const { calls, fault } = await resend([expired], [noToken]);
	expect(calls).toEqual([call, 'renew']);
	expect(fault?.message).toContain('gave no access token');
});
