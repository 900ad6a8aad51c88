import type { Fault } from '../../nodes/SignStash/Fault';
import { badInput } from '../../nodes/SignStash/Fault';
import { errorCodes, explanationOf, signErrors } from '../../nodes/SignStash/service/errorCodes';
import { notRead, refused } from '../../nodes/SignStash/signing/callFaults';
import { afterSigning, type FaultContext } from '../../nodes/SignStash/signing/faults';
import { lost, refusal } from '../support/ScriptedPorts.cts';
import {
	recover,
	shown,
	all,
	denials,
	newReference,
	unavailable,
	invalid,
	checkCredential,
	noToken,
} from '../support/faultWords.cts';

describe('a refusal', () => {
	test('ends with what is known about the document, if anything is', () => {
		const plain = refused(refusal('rejected')).remedy;
		expect(refused(refusal('rejected'), {}, ' It is not.').remedy).toBe(`${plain} It is not.`);
	});

	test.each<[kind: Parameters<typeof refusal>[0], status: number, failure: Fault['failure']]>([
		['busy', 429, { cause: 'rate-limited', retryAfterMs: 5 }],
		['token', 401, invalid],
		['unknown', 500, unavailable],
		['unknown', 499, undefined],
		['rejected', 500, undefined],
		['duplicate', 409, undefined],
	])('that is %s with HTTP %i gives n8n the matching failure cause', (kind, status, failure) => {
		expect(refused(refusal(kind, { status, retryAfter: 5 })).failure).toEqual(failure);
	});

	test('without words or a code is described by its status', () => {
		const fault = refused(refusal('unknown', { status: 502 }), { externalReference: 'R' }, ' End.');
		expect(fault.message).toBe(
			"Sign'Stash, or a gateway in front of it, is not working (HTTP 502)",
		);
		expect(fault.remedy).toBe('Run the workflow again later. End.');
		expect(fault.details).toEqual({ externalReference: 'R', httpStatus: 502 });
	});
});

describe('a reading call that got no answer', () => {
	test('because of its token says so', () => {
		expect(notRead(noToken, 'operation 7')).toMatchObject({
			message: "Sign'Stash gave no access token (invalid_client)",
			remedy: checkCredential,
			details: {},
			failure: invalid,
		});
	});

	test('says that nothing was changed', () => {
		expect(notRead(lost(), 'operation 7')).toMatchObject({
			message: "Sign'Stash gave no answer for operation 7 (reset)",
			remedy: 'Nothing was changed: run the workflow again when the service can be reached.',
		});
	});

	test("because nothing was found says so, in the service's words", () => {
		const known = refusal('rejected', { status: 404, code: '7.0.1', meaning: 'No.', cause: 'x' });
		expect(notRead(known, 'operation 7')).toMatchObject({
			message: "Sign'Stash found nothing for operation 7",
			remedy:
				'Sign\'Stash says: "No: x". Check the parameter, and check that the credential is the one used for signing.',
			details: { serviceCode: '7.0.1', httpStatus: 404 },
		});
		const bare = refusal('rejected', { status: 404, form: 'empty' });
		expect(notRead(bare, 'operation 7').remedy).toBe(
			'Check the parameter, and check that the credential is the one used for signing.',
		);
	});

	test.each([
		['a page from another server', 404, 'page', "No Sign'Stash API answers at that address"],
		['another status', 403, 'words', 'Access is denied'],
	] as const)('because of %s says so', (_, status, form, message) => {
		expect(notRead(refusal('rejected', { status, form }), 'it').message).toContain(message);
	});
});

test('a fault after the signature never leads to a second signature', () => {
	const told: FaultContext = { ...all, operation: { ...shown, id: '9007199254740993' } };
	const fault = afterSigning(new Error('disk full'), told);
	expect(fault.message).toBe("'a.pdf' is signed, but n8n could not process it (disk full)");
	expect(fault.remedy).toBe(
		`The signature stands, so do not sign it again under another reference. Fix the cause first. ${recover}`,
	);
	expect(fault.details).toEqual({ externalReference: 'R~2', operationId: '9007199254740993' });
	expect(afterSigning('gone', { ...all, operation: undefined }).message).toContain('(gone)');
	expect(afterSigning('gone', { ...all, operation: undefined }).details).toEqual({
		externalReference: 'R~2',
	});
});

test('bad input names its parameter', () => {
	const fault = badInput('Location', "'Location' is empty", 'Give one.');
	expect(fault).toMatchObject({
		name: 'Fault',
		message: "'Location' is empty",
		remedy: 'Give one.',
		details: { parameter: 'Location' },
	});
});

describe('the catalogue', () => {
	const statuses = [400, 401, 403, 404, 413, 429, 500, 503, 418];
	const explained = [
		...[...errorCodes.entries(), ...signErrors.entries()],
		...statuses.map((status) => [`${status}`, explanationOf(status, undefined)] as const),
	];

	test.each(explained)(
		'explains %s in a sentence, and says what to do',
		(_, { meaning, remedy }) => {
			expect(meaning).toMatch(/^[A-Z].{10,}[a-z]$/);
			expect(remedy).toMatch(/^[A-Z].{10,}\.$/);
			expect(denials.test(`${meaning} ${remedy}`)).toBe(false);
			expect(newReference.test(remedy)).toBe(false);
		},
	);

	test.each([
		[400, undefined, 'could not read the request'],
		[401, undefined, 'token is not accepted'],
		[403, undefined, 'Access is denied'],
		[403, '9.9.9', 'did not accept'],
		[404, undefined, "No Sign'Stash API"],
		[413, undefined, 'larger than the service accepts'],
		[429, undefined, 'busy'],
		[500, undefined, 'not working'],
		[499, undefined, 'did not accept'],
		[500, '0.0.2', 'mandatory'],
		[500, 'constructor', 'did not accept'],
	])('explains HTTP %i with the code %s: %s', (status, code, meaning) => {
		expect(explanationOf(status, code).meaning).toContain(meaning);
	});
});
