import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Execution, StoredItem, WorkflowFile } from '../harness/N8n.mts';
import { root } from '../harness/root.mts';
import { credentialName, Stage } from '../harness/Stage.mts';
import { verifyPdf } from '../harness/verify/pdf.mts';
import type { Verdict } from '../harness/verify/Verdict.mts';
import { standsUnderSignatureInformation, tamper, verifyXml } from '../harness/verify/xml.mts';
import { Checks, printTable } from './Checks.mts';

const checks = new Checks();
const output = join(root, 'demo', 'output');
const caFile = join(output, 'ca.pem');
const table = [['document', 'signature type', 'operation', 'verified by', 'file']];

/** Runs an example in n8n and gives the first item of its SignStash node. */
async function play(stage: Stage, file: WorkflowFile): Promise<StoredItem> {
	const execution = await stage.run(file);
	const words = execution.error ? `${execution.error.message} ${execution.error.description}` : '';
	checks.that(`'${file.name}' ends well`, execution.status === 'success', words);
	return signStashItem(file, execution) ?? { json: {} };
}

function signStashItem(file: WorkflowFile, { runData }: Execution): StoredItem | undefined {
	const node = file.nodes.find(({ type }) => type === 'n8n-nodes-signstash.signStash');
	return runData[node?.name ?? '']?.[0]?.data?.main[0]?.[0];
}

/** An example whose SignStash node gets the values that only a run knows. */
function withParameters(file: WorkflowFile, parameters: Record<string, unknown>): WorkflowFile {
	const nodes = file.nodes.map((node) =>
		node.type === 'n8n-nodes-signstash.signStash'
			? { ...node, parameters: { ...Object(node.parameters), ...parameters } }
			: node,
	);
	return { ...file, nodes };
}

async function checkCredential({ n8n, credential }: Stage): Promise<void> {
	const { id, data } = credential;
	const right = await n8n.testCredential(id, credentialName, data);
	checks.that('the credential test passes', right.status === 'OK', right.message);
	const secret = await n8n.testCredential(id, credentialName, { ...data, clientSecret: 'wrong' });
	checks.that('a wrong secret is told', /access token/.test(secret.message), secret.message);
	const apiBaseUrl = data.apiBaseUrl?.replace('einvoice', 'other') ?? '';
	const url = await n8n.testCredential(id, credentialName, { ...data, apiBaseUrl });
	checks.that('a wrong URL is told', /API base URL/.test(url.message), url.message);
}

async function verified(file: string, text: string): Promise<Verdict> {
	const verify = async (path: string): Promise<Verdict> =>
		path.endsWith('.pdf') ? await verifyPdf(path, caFile) : verifyXml(path, caFile);
	const verdict = await verify(file);
	checks.that(`the signature of ${file} holds`, verdict.ok, verdict.detail);
	const copy = file.replace('_signed', '_changed');
	tamper(file, text, copy);
	checks.that(`a changed byte in ${file} is found`, !(await verify(copy)).ok);
	rmSync(copy);
	return verdict;
}

function addRow(item: StoredItem, type: string, by: string, file: string): void {
	const { documentName, operationId } = item.json;
	table.push([String(documentName), type, String(operationId), by, file]);
}

/** Keeps the file that a look-up returned, in a folder of its own, and checks that it is the signed one. */
async function keepFile(
	{ n8n }: Stage,
	item: StoredItem,
	operation: string,
	folder: string,
): Promise<void> {
	const stored = item.binary?.data;
	checks.that(`${operation} returns a file`, stored?.fileName === 'invoice_signed.pdf');
	if (stored === undefined) return;
	const file = join(output, folder, 'invoice_signed.pdf');
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, await n8n.readFile(stored));
	const same = readFileSync(file).equals(readFileSync(join(output, 'invoice_signed.pdf')));
	checks.that(`${operation} returns the signed document, byte for byte`, same);
	const verdict = await verifyPdf(file, caFile);
	checks.that(`the signature of ${file} holds`, verdict.ok, verdict.detail);
	addRow(item, operation, verdict.by, relative(root, file));
}

async function signBoth(stage: Stage): Promise<StoredItem> {
	const pdf = await play(stage, stage.example('sign-pdf-invoice'));
	const pdfFile = join(output, 'invoice_signed.pdf');
	checks.that('the signed PDF is on disk', existsSync(pdfFile));
	addRow(pdf, 'PAdES', (await verified(pdfFile, '/MediaBox')).by, relative(root, pdfFile));

	const ubl = await play(stage, stage.example('sign-ubl-invoice'));
	const xmlFile = join(output, 'invoice_signed.xml');
	checks.that('the signed UBL invoice is on disk', existsSync(xmlFile));
	const under = standsUnderSignatureInformation(xmlFile);
	checks.that('the XAdES signature stands under SignatureInformation', under);
	addRow(ubl, 'XAdES (UBL)', (await verified(xmlFile, 'FT 2025/123')).by, relative(root, xmlFile));
	return pdf;
}

async function playAll(stage: Stage): Promise<void> {
	await checkCredential(stage);
	const signed = await signBoth(stage);
	const operationId = String(signed.json.operationId);

	const got = await play(stage, withParameters(stage.example('get-operation'), { operationId }));
	await keepFile(stage, got, 'Get Operation', 'from-operation');

	const recovered = await play(stage, stage.example('recover-by-reference'));
	checks.that(
		'Recover by Reference finds it',
		recovered.json.operationId === signed.json.operationId,
	);
	await keepFile(stage, recovered, 'Recover by Reference', 'recovered');

	const resent = await play(stage, withParameters(stage.example('resend-email'), { operationId }));
	checks.that('Resend Email sends it', resent.json.resent === true);
	const outbox = JSON.stringify(await stage.sandbox.get('/outbox'));
	checks.that('the e-mail is in the outbox', outbox.includes('contabilidade@example.com'));
	table.push([String(signed.json.documentName), 'Resend Email', operationId, '-', '-']);

	const again = await play(stage, stage.example('sign-pdf-invoice'));
	checks.that('signing again returns the first signature', again.json.recovered === true);
	const made = await stage.sandbox.get<Array<{ count: number }>>('/signatures');
	const count = made.reduce((sum, one) => sum + one.count, 0);
	checks.that('two documents, two signatures', count === 2, `(${count})`);
}

const stage = await Stage.set(output);
try {
	await playAll(stage);
} catch (error) {
	checks.that('the demo runs to its end', false, String(error));
	console.log(stage.n8n.logTail());
} finally {
	await stage.close();
}
console.log('');
printTable(table);
console.log(`
Verify by hand:
  pdfsig demo/output/invoice_signed.pdf
  xmlsec1 --verify --trusted-pem demo/output/ca.pem --id-attr:Id SignedProperties demo/output/invoice_signed.xml`);
checks.report();
process.exit(checks.failed === 0 ? 0 : 1);
