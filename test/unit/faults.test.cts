import { tokenRemedy } from '../../nodes/SignStash/signing/callFaults';
import { faultOf } from '../../nodes/SignStash/signing/faults';
import type { FaultName } from '../../nodes/SignStash/signing/state';
import { lost, refusal } from '../support/ScriptedPorts.cts';
import {
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

const clear = "The request may have reached Sign'Stash, and no look-up has given a clear answer.";
const failedBefore =
	' Operation 7 under the same reference failed: The timestamp could not be obtained; it may be an earlier one.';
const sentBytes = (id: string): string =>
	`Operation ${id} holds a document with different content, a different reference or different settings: compare the two with 'Get Operation'. If it is the same document, it may be signed already.`;
const otherBytes = (id: string): string =>
	`${sentBytes(id)} If 'a.pdf' is a separate document, give it its own 'External Reference'.`;
const lookForIt =
	"The signature stands, so do not sign it again. Look for the right file among the operation's other documents with 'Get Operation', or in the backoffice, and report this to signstash@multicert.com.";
const named = { externalReference: 'R~2', name: 'b.pdf' };
const forbidden = refusal('rejected', { status: 403, form: 'page' });
const unreadOnly = { operation: undefined, document: undefined, unread: '9' };

const words: Record<FaultName, Words[]> = {
	refused: [
		{
			message: 'The service ran into an unexpected error (0.0.1)',
			remedy: `Sign'Stash says: "Unhandled: disk". Run the workflow again later. 'a.pdf' was not signed this time.`,
			denies: true,
			failure: unavailable,
		},
		{
			told: { last: noToken },
			message: "Sign'Stash rejected 'a.pdf' because it does not accept the access token",
			remedy: `It was not signed this time. ${tokenRemedy}`,
			denies: true,
			failure: invalid,
		},
		{
			told: { last: lost() },
			message: "Sign'Stash rejected 'a.pdf' because it does not accept the access token",
			remedy:
				'It was not signed this time, and no new token could be obtained (reset). Run the workflow again later.',
			denies: true,
			failure: unavailable,
		},
	],
	busy: [
		{
			message: `Sign'Stash is busy and turned 'a.pdf' away each time (${said})`,
			remedy: `No look-up shows that it was signed. Run the workflow again later, or lower 'Parallel Requests'. ${again}`,
			failure: unavailable,
		},
		{
			told: { last: lost() },
			message: "Sign'Stash is busy and turned 'a.pdf' away each time (reset)",
			remedy: `No look-up shows that it was signed. Run the workflow again later, or lower 'Parallel Requests'. ${again}`,
			failure: { cause: 'rate-limited' },
		},
	],
	nothingSent: [
		{
			told: { last: lost() },
			message: "Sign'Stash could not be reached, and 'a.pdf' was not sent (reset)",
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
			message: "The execution was stopped while 'a.pdf' may have been with the service",
			remedy: recover,
		},
		{
			told: { sent: false, registered: true },
			message: "The execution was stopped while 'a.pdf' may have been with the service",
			remedy: recover,
		},
		{
			told: { sent: false },
			message: "The execution was stopped before the service accepted 'a.pdf'",
			remedy: 'It was not signed this time.',
			denies: true,
		},
	],
	unknown: [
		{
			message: `It is not known whether 'a.pdf' was signed (${said})`,
			remedy: `${clear}${failedBefore} ${recover} ${again}`,
			failure: unavailable,
		},
		{
			told: { document: { externalReference: 'R', signStatus: 'ERROR_SIGNING' } },
			message: `It is not known whether 'a.pdf' was signed (${said})`,
			remedy: `${clear} Operation 7 under the same reference failed; it may be an earlier one. ${recover} ${again}`,
			failure: unavailable,
		},
		{
			told: { document: undefined, last: forbidden, signsAgain: true },
			message: "It is not known whether 'a.pdf' was signed (HTTP 403)",
			remedy: `${clear} Check in the backoffice what the client service is allowed to do; a firewall may also be the cause. Ask signstash@multicert.com. ${recover} Running the workflow again may sign it once more, as 'If Already Signed' is set to Sign Again.`,
			failure: unavailable,
		},
		{
			told: { operation: undefined, last: refusal('duplicate', { status: 409, code: '0.0.7' }) },
			message: "It is not known whether 'a.pdf' was signed (HTTP 409: 0.0.7)",
			remedy: `${clear} ${recover} ${again}`,
			failure: unavailable,
		},
		{
			told: { operation: undefined, last: refusal('busy', { status: 429, retryAfter: 7000 }) },
			message: "It is not known whether 'a.pdf' was signed (HTTP 429)",
			remedy: `${clear} ${recover} ${again}`,
			failure: { cause: 'rate-limited', retryAfterMs: 7000 },
		},
		{
			told: { operation: undefined, last: noToken },
			message: "It is not known whether 'a.pdf' was signed (no access token: invalid_client)",
			remedy: `${clear} ${tokenRemedy} ${recover} ${again}`,
			failure: unavailable,
		},
	],
	unread: [
		{
			told: unreadOnly,
			message: `Operation 9 holds 'a.pdf', but its information about the document cannot be read (${said})`,
			remedy: `Do not send it under another reference. ${recover} 'Get Operation' with 9 shows the operation.`,
			failure: unavailable,
		},
	],
	hidden: [
		{
			message:
				"The external reference 'R~2' of 'a.pdf' is in use, but Sign'Stash does not show which document uses it",
			remedy: `Another client service may hold it, or look-ups may be lagging. ${recover} If it still finds nothing, look the reference up in the backoffice. ${again}`,
		},
	],
	foreign: [
		{
			message:
				"What Sign'Stash shows under the external reference 'R~2' is not 'a.pdf' as it is now",
			remedy: sentBytes('7'),
		},
		{
			told: { document: named, sent: false, operation: undefined },
			message:
				"What Sign'Stash shows under the external reference 'R~2' is not 'a.pdf' as it is now: it is called 'b.pdf' there",
			remedy: otherBytes('without an ID'),
			renames: true,
		},
		{
			told: { document: { ...named, name: 'a.pdf' } },
			message:
				"What Sign'Stash shows under the external reference 'R~2' is not 'a.pdf' as it is now",
			remedy: sentBytes('7'),
		},
	],
	swapped: [
		{
			message: "What came back as 'a.pdf' is another document",
			remedy: `Operation 7 says that 'a.pdf' is signed, but returns another document's content for it. ${lookForIt}`,
		},
		{
			told: { document: named },
			message: "What came back as 'a.pdf' is another document: it is called 'b.pdf' there",
			remedy: `Operation 7 says that 'a.pdf' is signed, but returns another document's content for it. ${lookForIt}`,
		},
	],
	cannotTell: [
		{
			message:
				"Sign'Stash returns operation 7 for the external reference 'R~2', and it does not show whether its document is 'a.pdf'",
			remedy:
				"'Get Operation' with 7 returns its document: compare the two. If it is the same document, it is signed: do not sign it again.",
		},
	],
	notSigned: [
		{
			message: "'a.pdf' was not signed: The timestamp could not be obtained (TIMESTAMP_SIGN_ERROR)",
			remedy:
				"Run the workflow again later. To sign this document without 'Apply Timestamp', use a separate step: in this one, documents that are signed already would be signed again.",
			denies: true,
		},
		{
			told: { document: { externalReference: 'R', signError: 'NEW_WORD' } },
			message: "'a.pdf' was not signed: NEW_WORD",
			remedy: 'Look the operation up in the backoffice.',
			denies: true,
		},
		{
			told: { document: undefined },
			message: "'a.pdf' was not signed: no reason given",
			remedy: 'Look the operation up in the backoffice.',
			denies: true,
		},
	],
	pending: [
		{
			message: "Sign'Stash has not finished operation 7 with 'a.pdf' yet",
			remedy: `The document is registered, so do not send it under another reference. ${recover} 'Get Operation' with 7 shows its state.`,
		},
	],
	unclear: [
		{
			message:
				"Operation 7 does not say clearly whether 'a.pdf' was signed (EXECUTED, ERROR_SIGNING, TIMESTAMP_SIGN_ERROR)",
			remedy: `The timestamp could not be obtained. Do not send it under another reference until that is known. ${recover}`,
		},
		{
			told: { operation: undefined, document: undefined },
			message: "Operation without an ID does not say clearly whether 'a.pdf' was signed",
			remedy: `Do not send it under another reference until that is known. ${recover}`,
		},
		{
			told: { document: { externalReference: 'R', signError: 'NEW_WORD' } },
			message: "Operation 7 does not say clearly whether 'a.pdf' was signed (EXECUTED, NEW_WORD)",
			remedy: `Do not send it under another reference until that is known. ${recover}`,
		},
	],
	notFetched: [
		{
			message: "'a.pdf' is signed, but operation 7 did not return it",
			remedy: `The signature stands, so do not sign it again. ${recover} Look-ups return no files for documents that an on-premise proxy signed: in that case, look for the file at the proxy, then ask signstash@multicert.com.`,
		},
		{
			told: { document: { externalReference: 'R', storageStatus: 'CONTENT_NOT_STORED' } },
			message: "'a.pdf' is signed, but the service does not have the file",
			remedy:
				"Operation 7 keeps no copy, so no look-up can return it. The document stays signed. Before you decide to sign it again, which is billed again, ask signstash@multicert.com for the file and give the operation's ID.",
		},
	],
	unusable: [
		{
			message: "'a.pdf' is signed, but what came back is empty",
			remedy: `The signature stands, so do not sign it again. ${recover} If it returns the same, fetch the document from the backoffice.`,
		},
		{
			told: { flaw: undefined },
			message: "'a.pdf' is signed, but what came back cannot be used",
			remedy: `The signature stands, so do not sign it again. ${recover} If it returns the same, fetch the document from the backoffice.`,
		},
	],
	alreadySigned: [
		{
			message: "'a.pdf' was signed before, by operation 7",
			remedy: `'If Already Signed' is set to Fail. ${recover} It was not signed this time.`,
			denies: true,
		},
		{
			told: { cannotTellWhen: true },
			message:
				"'a.pdf' is signed by operation 7, but Sign'Stash does not show whether that was before this execution",
			remedy: `'If Already Signed' is set to Fail. ${recover}`,
		},
	],
	rowSpent: [
		{
			message: "The external reference 'R' of 'a.pdf' and the 4 that follow it are used up",
			remedy:
				"Each of them already holds an operation. Find out in the backoffice why they ended as they did, then sign with another 'External Reference'. It was not signed this time.",
			denies: true,
			renames: true,
		},
	],
};

test.each(Object.keys(words))('%s has words for a document of which nothing is known', (name) => {
	const fault = faultOf(name as FaultName, { reference: 'R', name: 'a.pdf', sent: true });
	expect(`${fault.message} ${fault.remedy}`).not.toMatch(/undefined|null/);
});

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
