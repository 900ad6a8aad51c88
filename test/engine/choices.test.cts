import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { SignStash } from '../../nodes/SignStash/SignStash.node';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { faultOf, itemsOf, runNode } from '../support/engine.cts';
import { pdf, ubl } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox('--mode', 'echo');
});
afterAll(async () => await giveBackSandbox(sandbox));

const run = async (parameters: INodeParameters) => {
	const files = { data: await pdf('choices'), xml: ubl('choices') };
	const data = resolvedCredential(sandbox);
	const given = { operationId: 1, externalReference: 'R', ...parameters };
	const settings = { onError: 'continueRegularOutput' } as const;
	const [item] = await itemsOf(await runNode(data, given, [{ files }], settings));
	return item;
};

/** A parameter of the description, the operation that has it, and the collection that contains it. */
interface Place {
	field: INodeProperties;
	chosen: INodeParameters;
	collection?: string;
}

const operations = [
	{ resource: 'document', operation: 'sign' },
	{ resource: 'document', operation: 'recoverByReference' },
	{ resource: 'operation', operation: 'getOperation' },
	{ resource: 'operation', operation: 'resendEmail', emailReceivers: 'a@example.com' },
];

/** What a field needs to be read at all. */
const needs: INodeParameters = { visibleSignature: true };

const fields = new SignStash().description.properties.filter(
	({ name }) => !['resource', 'operation'].includes(name),
);

const places = operations.flatMap((chosen) =>
	fields
		.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(chosen.operation))
		.flatMap((field): Place[] => {
			if (field.type !== 'collection') return [{ field, chosen }];
			const within = (field.options ?? []).filter((one): one is INodeProperties => 'type' in one);
			return within.map((one) => ({ field: one, chosen, collection: field.name }));
		}),
);

const set = ({ field, chosen, collection }: Place, value: string | number): INodeParameters => {
	const one = { [field.name]: value };
	const needed = chosen.operation === 'sign' && field.name !== 'visibleSignature' ? needs : {};
	const shown: INodeParameters = {};
	for (const [name, values] of Object.entries(field.displayOptions?.show ?? {}))
		shown[name] = String(values?.[0]);
	const own = collection ? { [collection]: one } : one;
	return { ...shown, ...needed, ...chosen, ...own };
};

const named = (types: string[]): Array<[name: string, place: Place]> =>
	places
		.filter(({ field }) => types.includes(field.type))
		.map((place) => [`${place.field.displayName} of ${String(place.chosen.operation)}`, place]);

describe('a value that is not among the choices is refused, and nothing is sent:', () => {
	test.each(named(['options', 'boolean']))('%s', async (_, place) => {
		const before = await sandbox.get('/calls');
		const { displayName, options } = place.field;
		const item = await run(set(place, '={{ "PADES" }}'));
		expect(faultOf(item).message).toBe(`'${displayName}' cannot be 'PADES' [item 0]`);
		for (const value of options?.map((one) => ('value' in one ? one.value : '')) ?? [true, false])
			expect(faultOf(item).description).toContain(`'${String(value)}'`);
		expect(faultOf(item).details).toEqual({ parameter: displayName });
		expect(await sandbox.get('/calls')).toEqual(before);
	});
});

describe('an object where a text belongs is refused, and nothing is sent:', () => {
	const texts = named(['string', 'color']).filter(
		([, { field }]) => field.name !== 'emailReceivers',
	);
	test.each(texts)('%s', async (_, place) => {
		const before = await sandbox.get('/calls');
		const { displayName } = place.field;
		const item = await run(set(place, '={{ ({ id: 7 }) }}'));
		expect(faultOf(item).message).toBe(`'${displayName}' cannot be a list or an object [item 0]`);
		expect(faultOf(item).details).toEqual({ parameter: displayName });
		expect(await sandbox.get('/calls')).toEqual(before);
	});
});

describe('an invalid number of seconds is refused, and nothing is sent:', () => {
	const seconds = named(['number']).filter(([, { field }]) =>
		field.displayName.endsWith('(Seconds)'),
	);
	const wrong = ['soon', '', '-1', -1, '10 s', '120000', 'NaN'];
	test.each(seconds)('%s', async (_, place) => {
		const { displayName, typeOptions } = place.field;
		for (const value of wrong) {
			const item = await run(set(place, value));
			const words = value === '' ? 'is empty' : `cannot be '${value}'`;
			expect(faultOf(item).message).toBe(`'${displayName}' ${words} [item 0]`);
			expect(faultOf(item).description).toContain(`from ${typeOptions?.minValue} to 86400`);
			expect(faultOf(item).details).toEqual({ parameter: displayName });
		}
		expect(await sandbox.get('/calls')).toEqual([]);
	});
	expect(seconds).toHaveLength(7);
});

test.each<[expression: string, words: string]>([
	['={{ $json.nothing }}', "'Signature Type' is empty"],
	['={{ null }}', "'Signature Type' is empty"],
	['={{ $binary }}', "'Signature Type' cannot be a list or an object"],
	['={{ "x".repeat(900) }}', `'Signature Type' cannot be '${'x'.repeat(39)}…'`],
])("a refused 'Signature Type' of %s is quoted: %s", async (signatureType, words) => {
	expect(faultOf(await run({ operation: 'sign', signatureType })).message).toBe(
		`${words} [item 0]`,
	);
});

test('seconds may come as text', async () => {
	const delay = { perRequestMs: 1500, perDocumentMs: 0 };
	await sandbox.control('PATCH', '/settings', { delay });
	const resend = async (requestTimeout: string) => {
		const to = { emailReceivers: 'a@example.com', options: { requestTimeout } };
		return await run({ resource: 'operation', operation: 'resendEmail', ...to });
	};
	expect(faultOf(await resend('={{ "0.5" }}')).message).toContain('It is not known');
	expect(faultOf(await resend('={{ " 30 " }}')).details).toMatchObject({ operationId: 1 });
	expect(faultOf(await resend('={{ " 30 " }}')).message).not.toContain('It is not known');
	await sandbox.control('POST', '/reset');
});

test.each([
	['a number', '={{ 2025 }}', '2025'],
	['a date', '={{ new Date(0) }}', '1970'],
	['nothing', '={{ null }}', 'invoice.pdf'],
])('a text may come as %s', async (_, documentName, expected) => {
	const options = { documentName, returnSignedDocument: false };
	const item = await run({ operation: 'sign', externalReference: expected, options });
	expect(item?.json).toMatchObject({ documentName: expect.stringContaining(expected) });
});

test('a switch may come as text', async () => {
	const options = { returnSignedDocument: '={{ "false" }}' };
	const item = await run({ operation: 'sign', externalReference: 'as text', options });
	expect(item?.json.signStatus).toBe('SIGNED');
	expect(item?.binary).toBeUndefined();
});
