import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleNames, readExample } from '../n8n/examples.mts';
import { portOrFree } from '../n8n/freePort.mts';
import { N8n } from '../n8n/N8n.mts';
import { ensureN8n } from '../n8n/n8nPackage.mts';
import { owner } from '../n8n/N8nRest.mts';
import { installNode } from '../n8n/nodePackage.mts';
import { root } from '../n8n/root.mts';
import { Sandbox } from '../n8n/Sandbox.mts';
import { credentialData } from '../n8n/SandboxClient.mts';
import { credentialName } from '../n8n/Stage.mts';
import { Door } from './Door.mts';
import { Home } from './Home.mts';
import { fillOwnFiles } from './ownFiles.mts';

/**
 * An n8n for trying things out, with the packed node, the sandbox and the examples: `node tools/demo/start.mts
 * [--home FOLDER] [--files FOLDER]`. The data of n8n and the sandbox is in the home and outlives this process.
 */
const { values } = parseArgs({
	options: {
		home: { type: 'string', default: join(root, 'tools', 'demo', 'home') },
		files: { type: 'string', default: join(root, 'tools', 'demo', 'files') },
	},
});
const home = new Home(values.home);
const { files } = values;

/** Creates the credential, or updates it if the sandbox's address has changed. @returns its id */
async function keepCredential(n8n: N8n, sandbox: Sandbox): Promise<string> {
	const data = credentialData(sandbox);
	const leadsTo = `${data.apiBaseUrl} ${data.clientId}`;
	const known = home.memory.credential;
	const id = known?.id ?? (await n8n.createCredential(credentialName, data));
	if (known !== undefined && known.leadsTo !== leadsTo)
		await n8n.editCredential(id, credentialName, data).catch(() => {
			console.log(
				`The credential '${credentialName}' is gone or not ours, so it was left as it is.`,
			);
		});
	home.remember({ credential: { id, leadsTo } });
	return id;
}

/** Imports the examples that were not imported into this home before. */
async function importExamples(n8n: N8n, credentialId: string): Promise<void> {
	const folders = { input: files, signed: join(files, 'signed') };
	for (const name of exampleNames()) {
		if (home.memory.examples.includes(name)) continue;
		await n8n.importWorkflow(readExample(name, folders), credentialId);
		home.remember({ examples: [...home.memory.examples, name] });
	}
}

function addresses(n8n: N8n, { info, client }: Sandbox): string {
	return `n8n             ${n8n.url}/home/workflows
  log-in        ${owner.email}
  password      ${owner.password}
your files      ${files}
  Copy your document here, open 'SignStash: sign a PDF invoice', put its name at the end of the
  path in 'Read File', and click 'Execute workflow'. Signed files are written to 'signed'.
sandbox         stands in for Sign'Stash; its signatures are worth nothing outside tests
  The credential in n8n already has these:
  API base URL  ${info.baseUrl}
  token URL     ${info.tokenUrl}
  client id     ${client.clientId}
  client secret ${client.clientSecret}
  control       ${info.controlUrl}
  backoffice    ${info.backofficeUrl}
  A page for watching it and switching its faults on and off.`;
}

async function start(door: Door): Promise<void> {
	const program = await ensureN8n();
	await fillOwnFiles(files);
	console.log('Packing the node and installing it in n8n …');
	installNode(home.folder);
	console.log('Starting the sandbox and n8n …');
	const { ports } = home.memory;
	const free = { n8n: await portOrFree(ports.n8n), sandbox: await portOrFree(ports.sandbox) };
	for (const whose of ['n8n', 'sandbox'] as const)
		if (free[whose] !== ports[whose])
			console.log(`Port ${ports[whose]} is taken: ${whose} uses ${free[whose]} from now on.`);
	home.remember({ ports: free });
	const sandbox = await Sandbox.at(free.sandbox, '--state', home.sandboxState);
	const n8n = await N8n.start(program, home.folder, files, { N8N_PORT: String(free.n8n) });
	if (n8n.isLoggedIn) await importExamples(n8n, await keepCredential(n8n, sandbox));
	else
		console.log("n8n's log-in is your own, so its credential and workflows were left as they are.");
	const words = addresses(n8n, sandbox);
	door.tell(words);
	console.log(`\n${words}\n
Ctrl-C stops both. Workflows, credential and files stay for the next 'npm start'.`);
	process.once('exit', () => console.log('\nStopped n8n and the sandbox.'));
}

const door = await Door.open(home.door);
if (typeof door === 'string') {
	console.log(
		`'npm start' is already running${door === '' ? ' and is not ready yet.' : `:\n\n${door}`}`,
	);
} else {
	await start(door).catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	});
}
