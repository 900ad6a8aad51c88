import type { NoAnswer } from '../../nodes/SignStash/service/Reply';
import { whyOf } from '../../nodes/SignStash/signing/callFaults';
import { faultOf } from '../../nodes/SignStash/signing/faults';
import { all, last, said } from '../support/faultWords.cts';
import { lost, refusal } from '../support/ScriptedPorts.cts';

test('the details contain reference, operation, code and status', () => {
	const details = {
		externalReference: 'R~2',
		operationId: 7,
		serviceCode: '0.0.1',
		httpStatus: 500,
	};
	expect(faultOf('unknown', all).details).toEqual(details);
	expect(faultOf('stopped', { name: 'a.pdf', reference: 'R', sent: false }).details).toEqual({
		externalReference: 'R',
	});
	expect(faultOf('unread', { ...all, operation: undefined, unread: '9' }).details).toEqual({
		...details,
		operationId: 9,
	});
	expect(faultOf('unclear', all).details.serviceCode).toBe('TIMESTAMP_SIGN_ERROR');
	expect(faultOf('unclear', { ...all, document: undefined }).details.serviceCode).toBe('0.0.1');
	expect(faultOf('notSigned', all).details.serviceCode).toBe('TIMESTAMP_SIGN_ERROR');
	expect(faultOf('unknown', { ...all, last: lost() }).details.serviceCode).toBeUndefined();
});

test.each<[reply: NoAnswer | undefined, why: string]>([
	[undefined, 'no reason given'],
	[last, said],
	[refusal('unknown', { status: 502 }), 'HTTP 502'],
	[refusal('rejected', { status: 400, cause: 'disk' }), 'HTTP 400: disk'],
	[lost('cut off'), 'cut off'],
	[{ is: 'stopped' }, 'the execution was stopped'],
])('%j is summed up in one line as: %s', (reply, why) => {
	expect(whyOf(reply)).toBe(why);
});
