import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Execution, StoredItem, WorkflowFile } from '../n8n/N8n.mts';
import { root } from '../n8n/root.mts';
import { credentialName, Stage } from '../n8n/Stage.mts';
import { standsUnderSignatureInformation } from '../verify/xml.mts';
import { Checks, printTable } from './Checks.mts';
import { makeBatch, makeMail } from './inputs.mts';
import { changeIsFound, verifiedBy } from './verified.mts';

/** Number of documents in the batch: more than fit into one request of 50. */
const batchSize = 60;

const checks = new Checks();
const output = join(root, 'tools', 'demo', 'output');
const caFile = join(output, 'ca.pem');
const table = [['document', 'signature type', 'operation', 'verified by', 'file']];

/** Runs an example in n8n. @returns the first item of its SignStash node */
async function play(stage: Stage, file: WorkflowFile): Promise<StoredItem> {
	const execution = await stage.run(file);
	const words = execution.error ? `${execution.error.message} ${execution.error.description}` : '';
	checks.that(`'${file.name}' succeeds`, execution.status === 'success', words);
	return signStashItems(file, execution)[0] ?? { json: {} };
}

function signStashItems(file: WorkflowFile, { runData }: Execution): StoredItem[] {
	const node = file.nodes.find(({ type }) => type === 'n8n-nodes-signstash.signStash');
	return runData[node?.name ?? '']?.[0]?.data?.main[0] ?? [];
}

/** An example with parameters for its SignStash node that are only known during the run. */
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
	const secret = await n8n.testCredential(id, credentialName, {
		...data,
		typedClientSecret: 'wrong',
	});
	checks.that(
		'a wrong secret is reported',
		secret.message.includes('access token'),
		secret.message,
	);
	const apiBaseUrl = data.apiBaseUrl?.replace('einvoice', 'other') ?? '';
	const url = await n8n.testCredential(id, credentialName, { ...data, apiBaseUrl });
	checks.that('a wrong URL is reported', url.message.includes("'API Base URL'"), url.message);
}

function addRow(item: StoredItem, type: string, by: string, file: string): void {
	const { documentName, operationId } = item.json;
	table.push([String(documentName), type, String(operationId), by, file]);
}

/** Stores the file that an operation returned in a separate folder, and checks that it is the signed one. */
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
	addRow(item, operation, await verifiedBy(checks, file, caFile), relative(root, file));
}

async function signBoth(stage: Stage): Promise<StoredItem> {
	const pdf = await play(stage, stage.example('sign-pdf-invoice'));
	const pdfFile = join(output, 'invoice_signed.pdf');
	addRow(pdf, 'PAdES', await verifiedBy(checks, pdfFile, caFile), relative(root, pdfFile));
	await changeIsFound(checks, pdfFile, caFile, '/MediaBox');

	const ubl = await play(stage, stage.example('sign-ubl-invoice'));
	const xmlFile = join(output, 'invoice_signed.xml');
	const under = standsUnderSignatureInformation(xmlFile);
	checks.that('the XAdES signature is under SignatureInformation', under);
	const by = await verifiedBy(checks, xmlFile, caFile);
	addRow(ubl, 'XAdES (UBL, prepared)', by, relative(root, xmlFile));
	await changeIsFound(checks, xmlFile, caFile, 'FT 2025/123');
	return pdf;
}

/** Signs visibly at a placeholder word, and renders the page as an image if pdftoppm is installed. */
async function signVisibly(stage: Stage): Promise<void> {
	const item = await play(stage, stage.example('sign-visible', { folder: 'visible' }));
	const file = join(output, 'visible', 'invoice_signed.pdf');
	addRow(item, 'PAdES, visible', await verifiedBy(checks, file, caFile), relative(root, file));
	const page = ['-png', '-r', '70', '-singlefile', file, file.replace('.pdf', '')];
	const rendered = spawnSync('pdftoppm', page);
	if (rendered.error === undefined)
		checks.that('the visible signature can be rendered', rendered.status === 0);
}

/** Signs the attachments of an email: `attachment_*` signs the PDF and the UBL file and skips the logo. */
async function signMail(stage: Stage): Promise<void> {
	const input = join(output, 'input');
	makeMail(join(input, 'mail'));
	const file = stage.example('sign-mail-attachments', { input, folder: 'from-mail' });
	const execution = await stage.run(file);
	const items = signStashItems(file, execution);
	checks.that("the email's two documents are signed", items.length === 2, execution.error?.message);
	for (const item of items) {
		const signed = join(output, 'from-mail', String(item.binary?.data?.fileName));
		const by = await verifiedBy(checks, signed, caFile);
		addRow(item, `${String(item.json.signatureType)}, attachment_*`, by, relative(root, signed));
	}
}

/** Signs many small documents in few requests: counts the requests and verifies every file. */
async function signBatch(stage: Stage): Promise<void> {
	const input = join(output, 'input');
	const names = await makeBatch(join(input, 'batch'), batchSize);
	const before = await signingCalls(stage);
	const file = stage.example('sign-many', { input, folder: 'batch' });
	const items = signStashItems(file, await stage.run(file));
	const requests = (await signingCalls(stage)) - before;
	checks.that('every document of the batch is signed', items.length === names.length);
	checks.that('the batch takes two requests', requests === 2, `(${requests})`);
	let by = '';
	for (const item of items) {
		const signed = join(output, 'batch', String(item.binary?.data?.fileName));
		by = await verifiedBy(checks, signed, caFile);
	}
	const operations = [...new Set(items.map(({ json }) => String(json.operationId)))].join(', ');
	table.push([`${items.length} documents`, 'gathered', operations, by, 'tools/demo/output/batch']);
}

async function signingCalls({ sandbox }: Stage): Promise<number> {
	const calls = await sandbox.get<Array<{ on: string }>>('/calls');
	return calls.filter(({ on }) => on === 'sign').length;
}

async function fetchAndResend(stage: Stage, signed: StoredItem): Promise<void> {
	const operationId = String(signed.json.operationId);
	const got = await play(stage, withParameters(stage.example('get-operation'), { operationId }));
	await keepFile(stage, got, 'Get Operation', 'from-operation');

	const { externalReference } = signed.json;
	const recover = withParameters(stage.example('recover-by-reference'), { externalReference });
	const recovered = await play(stage, recover);
	const same = recovered.json.operationId === signed.json.operationId;
	checks.that('Recover by Reference finds it', same);
	await keepFile(stage, recovered, 'Recover by Reference', 'recovered');

	const mail = { operationId, emailReceivers: 'contabilidade@example.com' };
	const resent = await play(stage, withParameters(stage.example('resend-email'), mail));
	checks.that('Resend Email sends it', resent.json.resent === true);
	const outbox = JSON.stringify(await stage.sandbox.get('/outbox'));
	checks.that('the email is in the outbox', outbox.includes('contabilidade@example.com'));
	table.push([String(signed.json.documentName), 'Resend Email', operationId, '-', '-']);

	const again = await play(stage, stage.example('sign-pdf-invoice'));
	checks.that('signing again returns the first signature', again.json.recovered === true);
}

async function playAll(stage: Stage): Promise<void> {
	await checkCredential(stage);
	await fetchAndResend(stage, await signBoth(stage));
	await signVisibly(stage);
	await signMail(stage);
	await signBatch(stage);
	const made = await stage.sandbox.get<Array<{ count: number }>>('/signatures');
	const count = made.reduce((sum, one) => sum + one.count, 0);
	// The email contains the invoice that is already signed: the same bytes and settings are not signed again.
	const documents = 4 + batchSize;
	checks.that(`${documents} documents, ${documents} signatures`, count === documents, `(${count})`);
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
  pdfsig tools/demo/output/invoice_signed.pdf
  xmlsec1 --verify --trusted-pem tools/demo/output/ca.pem --id-attr:Id SignedProperties tools/demo/output/invoice_signed.xml`);
checks.report();
process.exit(checks.failed === 0 ? 0 : 1);
