import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, itemsOf, runNode } from '../support/engine.cts';
import { pdf } from '../support/files.cts';

let sandbox: Sandbox;
let signed: INodeExecutionData;
const reference = 'FT 2025/77';

const run = async (parameters: INodeParameters, settings = {}) =>
	await itemsOf(await runNode(resolvedCredential(sandbox), parameters, [{}], settings));

beforeAll(async () => {
	sandbox = await takeSandbox();
	const input = [{ files: { data: await pdf('operations') } }];
	const parameters = { operation: 'sign', externalReference: reference };
	const credentials = resolvedCredential(sandbox);
	const [item] = await itemsOf(await runNode(credentials, parameters, input));
	if (!item) throw new Error('nothing was signed');
	signed = item;
});
afterAll(async () => await giveBackSandbox(sandbox));

describe('Get Operation', () => {
	test('returns the signed document as a file', async () => {
		const [item] = await run({
			resource: 'operation',
			operation: 'getOperation',
			operationId: signed.json.operationId as number,
		});
		expect(item?.binary?.data?.fileName).toBe('invoice_signed.pdf');
		expect(item?.json.signatureType).toBe('PAdES');
		expect(await bytesOf(item, 'data')).toEqual(await bytesOf(signed, 'data'));
	});

	const operationWith = async (parameters: INodeParameters) =>
		await run({
			resource: 'operation',
			operation: 'getOperation',
			operationId: String(signed.json.operationId),
			...parameters,
		});

	test('with Status returns the state of the operation only', async () => {
		const [item] = await operationWith({ return: 'status' });
		const { operationId, creationDate } = signed.json;
		expect(item?.json).toEqual({ operationId, operationStatus: 'EXECUTED', creationDate });
		expect(item?.binary).toBeUndefined();
	});

	test('with Details returns what Sign returned, but no file', async () => {
		const [item] = await operationWith({ return: 'details' });
		const { signatureType, fileSize, recovered, certificate, ...details } = signed.json;
		expect(item?.json).toEqual(details);
		expect(item?.binary).toBeUndefined();
		expect([signatureType, recovered, fileSize]).toEqual(['PAdES', false, expect.any(Number)]);
		expect(certificate).toMatchObject({ signer: expect.any(String) });
	});

	test('with Details, not simplified, returns the operation once, however many documents it has', async () => {
		const files = { one: await pdf('many, one'), two: await pdf('many, two') };
		const names = { operation: 'sign', binaryPropertyName: 'one, two' };
		const gathered = { ...names, options: { documentsPerRequest: 2 } };
		const data = resolvedCredential(sandbox);
		const both = await itemsOf(await runNode(data, gathered, [{ files }]));
		const operationId = String(both[0]?.json.operationId);
		expect(await operationWith({ operationId, return: 'details' })).toHaveLength(2);
		const options = { simplify: false };
		const whole = await operationWith({ operationId, return: 'details', options });
		expect(whole.map(({ json }) => json.documentList)).toEqual([
			[expect.anything(), expect.anything()],
		]);
	});

	test('returns whole answers without content', async () => {
		const operationId = String(signed.json.operationId);
		const [item] = await run({
			resource: 'operation',
			operation: 'getOperation',
			operationId,
			options: { simplify: false },
		});
		expect(item?.json.documentList).toHaveLength(1);
		expect(JSON.stringify(item?.json)).not.toContain('signedContent');
	});

	test.each(['0', '-1', '1.5', 'abc', ' '])(
		'refuses the id %j before anything is sent',
		async (operationId) => {
			const result = run({ resource: 'operation', operation: 'getOperation', operationId });
			await expect(result).rejects.toMatchObject({
				message: expect.stringContaining("'Operation ID'"),
			});
		},
	);

	test('reports an unknown id in the words of the service', async () => {
		const result = run({ resource: 'operation', operation: 'getOperation', operationId: 999999 });
		await expect(result).rejects.toMatchObject({
			message: expect.stringContaining("'Operation ID' 999999 [item 0]"),
			description: expect.stringContaining("Sign'Stash says"),
		});
	});
});

describe('Recover by Reference', () => {
	test('finds the document by the reference as the user wrote it', async () => {
		const [item] = await run({ operation: 'recoverByReference', externalReference: reference });
		expect(item?.json).toMatchObject({
			found: true,
			result: 'signed',
			operationId: signed.json.operationId,
		});
		expect(await bytesOf(item, 'data')).toEqual(await bytesOf(signed, 'data'));
	});

	test.each([
		['status', undefined],
		['details', 'SIGNED'],
	])('with %s returns no file', async (wanted, signStatus) => {
		const asked = { operation: 'recoverByReference', externalReference: reference };
		const [item] = await run({ ...asked, return: wanted });
		expect(item?.json).toMatchObject({ result: 'signed', operationId: signed.json.operationId });
		expect(item?.json.signStatus).toBe(signStatus);
		expect(item?.binary).toBeUndefined();
	});

	test('fails on an unknown reference, or continues with found: false', async () => {
		const unknown = { operation: 'recoverByReference', externalReference: 'nobody' };
		await expect(run(unknown)).rejects.toMatchObject({
			message: expect.stringContaining("'nobody'"),
		});
		const [item] = await run({ ...unknown, ifNotFound: 'continue' });
		expect(item?.json).toMatchObject({ found: false, result: 'notFound' });
	});
});

describe('an unfinished operation', () => {
	/** Registers a document with the given behaviour, without waiting for it. */
	const register = async (externalReference: string, settings: object) => {
		await sandbox.control('PATCH', '/settings', { async: null, signErrors: [], ...settings });
		const files = { data: await pdf(externalReference) };
		const options = { waitForCompletion: 0 };
		const parameters = { operation: 'sign', externalReference, options };
		const data = resolvedCredential(sandbox);
		const settled = { onError: 'continueRegularOutput' } as const;
		const [item] = await itemsOf(await runNode(data, parameters, [{ files }], settled));
		return faultOf(item).details as { operationId: number };
	};
	afterEach(
		async () => await sandbox.control('PATCH', '/settings', { async: null, signErrors: [] }),
	);

	test('is reported as pending by Recover by Reference, and waited for on request', async () => {
		const externalReference = 'pending';
		await register(externalReference, { async: { pendingPolls: 3 } });
		const parameters = { operation: 'recoverByReference', externalReference };
		const [pending] = await run(parameters);
		expect(pending?.json).toMatchObject({ found: true, result: 'pending' });
		expect(pending?.binary).toBeUndefined();
		const [signed] = await run({ ...parameters, options: { waitForCompletion: 30 } });
		expect(signed?.json).toMatchObject({ found: true, result: 'signed' });
	});

	test('is reported as failed once it has ended in an error, with advice on what to do', async () => {
		const signErrors = [{ match: {}, signError: 'CERT_SERVICE_GLOBAL_ERROR' }];
		await register('failed', { signErrors });
		const [item] = await run({ operation: 'recoverByReference', externalReference: 'failed' });
		expect(item?.json).toMatchObject({
			result: 'failed',
			signError: 'CERT_SERVICE_GLOBAL_ERROR',
			next: expect.stringContaining('ended without a signature'),
		});
	});

	test.each(['status', 'details', 'documents'])(
		'is waited for by Get Operation with Return %s',
		async (wanted) => {
			const { operationId } = await register(`wait ${wanted}`, { async: { pendingPolls: 2 } });
			const parameters = {
				resource: 'operation',
				operation: 'getOperation',
				operationId,
				return: wanted,
			};
			const [item] = await run({ ...parameters, options: { waitForCompletion: 30 } });
			expect(item?.json.operationStatus).toBe('EXECUTED');
			expect(item?.binary !== undefined).toBe(wanted === 'documents');
		},
	);
});

describe('Resend Email', () => {
	const resend = (emailReceivers: string) => ({
		resource: 'operation',
		operation: 'resendEmail',
		operationId: String(signed.json.operationId),
		emailReceivers,
	});

	test('sends one email to each receiver', async () => {
		const [item] = await run(resend('c@example.com'));
		expect(item?.json).toMatchObject({ resent: true, receivers: ['c@example.com'] });
		expect(JSON.stringify(await sandbox.get('/outbox'))).toContain('c@example.com');
	});

	test("sends to the receivers from an earlier step's output", async () => {
		const receivers = '={{ [{ email: "e@example.com", deliveryStatus: "SENT" }] }}';
		const [item] = await run(resend(receivers));
		expect(item?.json).toMatchObject({ resent: true, receivers: ['e@example.com'] });
	});

	test('reports an unknown outcome and does not repeat the call', async () => {
		const before = await sandbox.calls('resend');
		await sandbox.control('POST', '/faults', {
			on: 'resend',
			moment: 'received',
			action: { type: 'reset' },
		});
		await expect(run(resend('d@example.com'))).rejects.toMatchObject({
			message: expect.stringContaining('not known whether the email'),
		});
		expect(await sandbox.calls('resend')).toBe(before + 1);
	});

	test('reports an operation that does not exist as Get Operation does', async () => {
		const nobody = { ...resend('f@example.com'), operationId: '999999' };
		const told = {
			message: expect.stringContaining("Sign'Stash found nothing for 'Operation ID' 999999"),
			description: expect.stringContaining('Check the parameter, and check that the credential'),
		};
		await expect(run(nobody)).rejects.toMatchObject({
			...told,
			description: expect.stringMatching(/Check the parameter.* No email was sent\.$/),
		});
		await expect(run({ ...nobody, operation: 'getOperation' })).rejects.toMatchObject(told);
	});

	test('refuses an empty list of receivers', async () => {
		await expect(run(resend(' , '))).rejects.toMatchObject({
			message: expect.stringContaining("'Email Receivers' is empty"),
			description: 'Enter at least one address. No email was sent.',
		});
	});
});

test('a fault about bad input to a reading operation claims nothing about what was sent: the document may well be signed', async () => {
	await expect(
		run({ operation: 'recoverByReference', externalReference: ' ' }),
	).rejects.toMatchObject({
		message: expect.stringContaining("'External Reference' is empty"),
		description: 'Enter the reference under which the document was signed.',
	});
});

test('an operation that the node does not have is refused', async () => {
	await expect(run({ operation: 'constructor' })).rejects.toMatchObject({
		message: expect.stringContaining("'Operation' cannot be 'constructor'"),
		description: expect.stringContaining('resendEmail. Nothing was sent.'),
	});
});
