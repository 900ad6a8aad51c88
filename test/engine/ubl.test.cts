import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import {
	contentOf,
	ublFile,
	type Extensions,
	type UblFile,
	type UblKind,
	type Writing,
} from '../support/ublFiles.cts';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'signstash-ubl-'));
const caFile = join(folder, 'ca.pem');
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
	writeFileSync(caFile, sandbox.info.certificates.caPem);
});
afterAll(async () => {
	await giveBackSandbox(sandbox);
	rmSync(folder, { recursive: true });
});

const sign = async (
	contents: Buffer[],
	parameters: INodeParameters,
	settings: Partial<INode> = {},
) => {
	const input = contents.map(
		(content): InputItem => ({ files: { data: { content, fileName: 'a.xml' } } }),
	);
	const credentials = resolvedCredential(sandbox);
	const given = { operation: 'sign', ...parameters };
	return await itemsOf(await runNode(credentials, given, input, settings));
};

interface Verdict {
	ok: boolean;
	detail: string;
	underUbl: boolean;
}

/** What xmlsec1, or the library where xmlsec1 is missing, says about the files, in a separate process. */
function verdictsOn(signed: Buffer[]): Verdict[] {
	const files = signed.map((content, index) => {
		const file = join(folder, `${index}.xml`);
		writeFileSync(file, content);
		return file;
	});
	const node = join(root, 'node_modules', '.bin', 'node');
	const main = join(root, 'tools', 'verify', 'main.mts');
	const { stdout } = spawnSync(node, [main, caFile, ...files], { encoding: 'utf8' });
	return stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Verdict);
}

const kinds: UblKind[] = ['Invoice', 'CreditNote', 'Peppol Invoice'];
const states: Extensions[] = ['none', 'empty', 'other', 'signature'];

const writings: Array<Partial<Writing>> = [
	{},
	{ rootPrefix: 'ubl', extPrefix: 'e' },
	{ rootPrefix: 'ubl', extPrefix: '', byteOrderMark: true },
	{ encoding: 'ISO-8859-1', prologue: true },
	{ encoding: 'ISO-8859-1', rootPrefix: 'ubl', lineEnd: '\r\n' },
	{ byteOrderMark: true, lineEnd: '\r\n', prologue: true, extPrefix: '' },
];

const keeps = (signed: Buffer, { before, after }: UblFile): boolean =>
	signed.subarray(0, before.length).equals(before) && signed.subarray(-after.length).equals(after);

/** The result for a document in one of its notations. */
interface Signed {
	how: Partial<Writing>;
	file: UblFile;
	content: Buffer;
}

/** A kind of document to sign in all notations. */
interface Sample {
	kind: UblKind;
	extensions: Extensions;
	ublDetails?: { signatureTransform: string; canonicalTransform: string };
}

/** Signs a document in all notations in one run. */
async function signedWritings({ kind, extensions, ublDetails }: Sample): Promise<Signed[]> {
	const hows = writings.map((how) => ({ ...how, extensions }));
	const id = `FT ${Object.values(ublDetails ?? {}).join(' ')}`;
	const files = hows.map((how) => ublFile(kind, id, how));
	const items = await sign(
		files.map((file, index) => contentOf(file, hows[index] ?? {})),
		ublDetails ? { ublDetails } : {},
	);
	return await Promise.all(
		files.map(async (file, index) => ({
			how: hows[index] ?? {},
			file,
			content: await bytesOf(items[index], 'data'),
		})),
	);
}

describe('a UBL document in any notation is prepared, signed under SignatureInformation, and otherwise unchanged', () => {
	const asItComes = kinds.flatMap((kind) =>
		states.map((extensions): Sample => ({ kind, extensions })),
	);
	const transformed = ['ENVELOPED', 'XPATH', 'XPATH2_FILTER'].flatMap((signatureTransform) =>
		['EXCLUSIVE', 'EXCLUSIVE_WITH_COMMENTS'].map((canonicalTransform): Sample => {
			const ublDetails = { signatureTransform, canonicalTransform };
			return { kind: 'Invoice', extensions: 'other', ublDetails };
		}),
	);
	const samples = [...asItComes, ...transformed];
	const signed: Signed[] = [];
	let verdicts: Verdict[];
	beforeAll(async () => {
		for (const sample of samples) signed.push(...(await signedWritings(sample)));
		verdicts = verdictsOn(signed.map(({ content }) => content));
	});

	test.each(samples.map((sample, at) => [JSON.stringify(sample), at] as const))('%s', (_, at) => {
		const results = writings.map((_how, index) => {
			const place = at * writings.length + index;
			const { how, file, content } = signed[place] ?? {};
			const kept = content && file && keeps(content, file);
			return { how, kept, ...verdicts[place] };
		});
		expect(results.filter(({ ok, underUbl, kept }) => !(ok && underUbl && kept))).toEqual([]);
	});
});

describe('a UBL document that cannot be prepared is refused, and nothing is sent', () => {
	const plain = contentOf(ublFile('Invoice', 'FT 1'), {}).toString();

	test.each([
		['UTF-16', Buffer.from(`\ufeff${plain.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
		['DOCTYPE', Buffer.from(plain.replace('?>', '?><!DOCTYPE Invoice>'))],
	])('%s', async (word, content) => {
		const before = await sandbox.calls('sign');
		const [item] = await sign([content], {}, { onError: 'continueRegularOutput' });
		expect(faultOf(item).message).toContain("'a.xml' cannot be prepared for a UBL signature");
		expect(faultOf(item).message).toContain(word);
		expect(faultOf(item).description).toContain('This document was not sent.');
		expect(await sandbox.calls('sign')).toBe(before);
	});

	test('because it was already signed in a run', async () => {
		const content = contentOf(ublFile('Invoice', 'FT 3'), {});
		const [item] = await sign([content], {});
		const signed = await bytesOf(item, 'data');
		const before = await sandbox.calls('sign');
		await expect(sign([signed], {})).rejects.toMatchObject({
			message: expect.stringContaining("'a.xml' is already signed"),
		});
		expect(await sandbox.calls('sign')).toBe(before);
	});

	test('but a DOCTYPE is left to the service when nothing is to be prepared', async () => {
		const content = Buffer.from(
			contentOf(ublFile('Invoice', 'FT 2', { extensions: 'signature' }), {})
				.toString()
				.replace('?>', '?><!DOCTYPE Invoice [<!ENTITY gt ">">]>'),
		);
		const before = await sandbox.calls('sign');
		const parameters = { ublDetails: { prepareDocument: false } };
		const [item] = await sign([content], parameters, { onError: 'continueRegularOutput' });
		expect(faultOf(item).details).toMatchObject({ serviceCode: 'CONFIGURATION_SIGN_ERROR' });
		expect(await sandbox.calls('sign')).toBe(before + 1);
	});
});

describe('UBL Signature', () => {
	const other = Buffer.from('<order><id>7</id></order>');
	const inExtension = /<\w+:SignatureInformation[^>]*>\s*<(ds:)?Signature/;
	const signedText = async (content: Buffer, parameters: INodeParameters) =>
		(await bytesOf((await sign([content], parameters))[0], 'data')).toString();

	test('Automatic leaves XML that is not UBL to the service', async () => {
		const signed = await signedText(other, {});
		expect(signed).toMatch(/<id>7<\/id>\s*<(ds:)?Signature/);
		expect(signed).not.toContain('UBLExtension');
	});

	test('Off leaves UBL to the service as well, and the document unchanged', async () => {
		const signed = await signedText(contentOf(ublFile('Invoice', 'FT 3'), {}), {
			ublSignature: 'off',
		});
		expect(signed).toContain('QualifyingProperties');
		expect(signed).not.toMatch(inExtension);
	});

	test('On refuses unsuitable documents, and nothing is sent', async () => {
		const before = await sandbox.calls('sign');
		const [item] = await sign(
			[other],
			{ ublSignature: 'on' },
			{ onError: 'continueRegularOutput' },
		);
		expect(faultOf(item).message).toContain("'a.xml' cannot be prepared for a UBL signature");
		expect(await sandbox.calls('sign')).toBe(before);
	});

	test('On signs other XML in an existing element', async () => {
		const signed = await signedText(other, {
			ublSignature: 'on',
			ublDetails: { signatureLocation: 'id' },
		});
		expect(signed).toMatch(/<id>7<(ds:)?Signature/);
	});
});
