import type { NoAnswer } from '../../nodes/SignStash/service/Reply';
import { whyOf } from '../../nodes/SignStash/signing/callFaults';
import { faultOf } from '../../nodes/SignStash/signing/faults';
import type { FaultName } from '../../nodes/SignStash/signing/known';
import { lost, refusal } from '../support/ScriptedPorts.cts';
import {
	last,
	said,
	recover,
	again,
	all,
	denials,
	newReference,
	type Words,
	unavailable,
	invalid,
	checkCredential,
	noToken,
} from '../support/faultWords.cts';

const words: Record<FaultName, Words[]> = {
	refused: [
		{
			message: 'The service met something it did not expect (0.0.1)',
			remedy:
				"Sign'Stash says: Unhandled. disk Run the workflow again later. The document was not signed now.",
			denies: true,
			failure: unavailable,
		},
		{
			told: { last: undefined },
			message: "Sign'Stash did not accept the request",
			remedy: again,
		},
	],
	busy: [
		{
			message: `Sign'Stash is busy, and turned the document away each time (${said})`,
			remedy: "It was not signed now. Run the workflow again later, or lower 'Parallel Requests'.",
			denies: true,
			failure: unavailable,
		},
		{
			told: { last: lost() },
			message: "Sign'Stash is busy, and turned the document away each time (reset)",
			remedy: "It was not signed now. Run the workflow again later, or lower 'Parallel Requests'.",
			denies: true,
		},
	],
	nothingSent: [
		{
			told: { last: lost() },
			message: "Sign'Stash could not be reached, and the document was not sent (reset)",
			remedy: "Check the network and the credential's 'Environment', then run the workflow again.",
			denies: true,
			failure: unavailable,
		},
	],
	noToken: [
		{
			told: { last: noToken },
			message: "Sign'Stash gave no access token (invalid_client)",
			remedy: checkCredential,
			denies: true,
			failure: invalid,
		},
	],
	stopped: [
		{
			message: 'The execution was stopped while the document was with the service',
			remedy: recover,
		},
		{
			told: { sent: false },
			message: 'The execution was stopped before the service took the document',
			remedy: 'It was not signed now.',
			denies: true,
		},
	],
	unknown: [
		{
			message: `It is not known whether the document was signed (${said})`,
			remedy: `The request may have reached Sign'Stash, and look-ups gave no clear answer. ${recover} ${again}`,
			failure: unavailable,
		},
	],
	hidden: [
		{
			message:
				"The external reference 'R~2' is in use, and Sign'Stash does not show by which document",
			remedy: `Another client service may hold it, or look-ups are late. ${recover} If it still finds nothing, look the reference up in the backoffice. ${again}`,
		},
	],
	foreign: [
		{
			message:
				"The external reference 'R~2' holds a document of other bytes, another name or other settings",
			remedy:
				"It stands in operation 7: compare the two with 'Get Operation'. If this one is a document of its own, give it an 'External Reference' of its own.",
			renames: true,
		},
		{
			told: { sent: false, operation: undefined },
			message:
				"The external reference 'R~2' holds a document of other bytes, another name or other settings",
			remedy:
				"It stands in operation without a number: compare the two with 'Get Operation'. If this one is a document of its own, give it an 'External Reference' of its own. It was not signed now.",
			renames: true,
			denies: true,
		},
	],
	cannotTell: [
		{
			message:
				"Operation 7 holds the external reference 'R~2', and does not show whether it is this document",
			remedy:
				"'Get Operation' with 7 returns its document: compare the two before you sign it under another reference.",
		},
	],
	notSigned: [
		{
			message:
				'The document was not signed: The timestamp could not be obtained (TIMESTAMP_SIGN_ERROR)',
			remedy: "Switch off 'Apply Timestamp', or run the workflow again later.",
			denies: true,
		},
		{
			told: { document: { externalReference: 'R', signError: 'NEW_WORD' } },
			message: 'The document was not signed: NEW_WORD',
			remedy: 'Look the operation up in the backoffice.',
			denies: true,
		},
		{
			told: { document: undefined },
			message: 'The document was not signed: no reason given',
			remedy: 'Look the operation up in the backoffice.',
			denies: true,
		},
	],
	pending: [
		{
			message: "Sign'Stash has not finished operation 7 yet",
			remedy: `The document is registered, so do not send it under another reference. ${recover} 'Get Operation' with 7 tells its state.`,
		},
	],
	unclear: [
		{
			message:
				'Operation 7 does not say clearly whether the document was signed (EXECUTED, ERROR_SIGNING, TIMESTAMP_SIGN_ERROR)',
			remedy: `The timestamp could not be obtained. Switch off 'Apply Timestamp', or run the workflow again later. Do not send it under another reference before it is known. ${recover}`,
		},
		{
			told: { operation: undefined, document: undefined },
			message: 'Operation without a number does not say clearly whether the document was signed',
			remedy: `Do not send it under another reference before it is known. ${recover}`,
		},
		{
			told: { document: { externalReference: 'R', signError: 'NEW_WORD' } },
			message:
				'Operation 7 does not say clearly whether the document was signed (EXECUTED, NEW_WORD)',
			remedy: `Do not send it under another reference before it is known. ${recover}`,
		},
	],
	notFetched: [
		{
			message: 'The document is signed, but operation 7 did not give it out',
			remedy: `Nothing is lost: the signature stands, so do not sign it again. ${recover}`,
		},
	],
	unusable: [
		{
			message: 'The document is signed, but what came back is empty',
			remedy: `The signature stands, so do not sign it again. ${recover} If it brings the same, fetch the document from the backoffice.`,
		},
		{
			told: { flaw: undefined },
			message: 'The document is signed, but what came back cannot be used',
			remedy: `The signature stands, so do not sign it again. ${recover} If it brings the same, fetch the document from the backoffice.`,
		},
	],
	alreadySigned: [
		{
			message: 'The document was signed before, by operation 7',
			remedy: `'If Already Signed' is set to Fail. ${recover} It was not signed now.`,
			denies: true,
		},
	],
	rowSpent: [
		{
			message: "The external reference 'R' and its 4 successors are used up",
			remedy:
				"Each holds an operation already. Find out in the backoffice why they ended as they did, then sign with another 'External Reference'. It was not signed now.",
			denies: true,
			renames: true,
		},
	],
};

const rows = Object.entries(words).flatMap(([name, list]) =>
	list.map((one): [FaultName, Words] => [name as FaultName, one]),
);

test.each(rows)('%s: %j', (name, { told, message, remedy, denies, renames, failure }) => {
	const fault = faultOf(name, { ...all, ...told });
	expect([fault.message, fault.remedy, fault.failure]).toEqual([message, remedy, failure]);
	expect(denials.test(`${message} ${remedy}`)).toBe(denies ?? false);
	expect(newReference.test(remedy)).toBe(renames ?? false);
	expect(fault.details.externalReference).toBe('R~2');
});

test('the details hold reference, operation, code and status', () => {
	const details = {
		externalReference: 'R~2',
		operationId: 7,
		serviceCode: '0.0.1',
		httpStatus: 500,
	};
	expect(faultOf('unknown', all).details).toEqual(details);
	expect(faultOf('stopped', { reference: 'R', sent: false }).details).toEqual({
		externalReference: 'R',
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
])('%j in one line', (reply, why) => {
	expect(whyOf(reply)).toBe(why);
});
