import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './children.mts';
import { readExample } from './examples.mts';
import { N8n, type Execution, type WorkflowFile } from './N8n.mts';
import { ensureN8n } from './n8nPackage.mts';
import { installNode } from './nodePackage.mts';
import { root } from './root.mts';
import { Sandbox } from './Sandbox.mts';
import { credentialData } from './SandboxClient.mts';

export const documents = join(root, 'examples', 'documents');
export const credentialName = 'SignStash';

/** A stored credential and its data. */
export interface StageCredential {
	readonly id: string;
	readonly data: Record<string, string>;
}

/** What the demo and the end-to-end tests run on: a sandbox, a real n8n with the packed node, a credential. */
export class Stage {
	readonly sandbox: Sandbox;
	readonly credential: StageCredential;
	/** Where the example workflows write signed files. */
	readonly output: string;
	readonly #home: string;
	readonly #program: string;
	readonly #variables: Record<string, string>;
	#n8n: N8n;

	private constructor(
		sandbox: Sandbox,
		credential: StageCredential,
		output: string,
		started: { n8n: N8n; home: string; program: string; variables: Record<string, string> },
	) {
		this.sandbox = sandbox;
		this.credential = credential;
		this.output = output;
		this.#n8n = started.n8n;
		this.#home = started.home;
		this.#program = started.program;
		this.#variables = started.variables;
	}

	/**
	 * Sets the stage. `output` is emptied first and is all that is left after {@link close}. `variables` are
	 * added to the environment that n8n has on every stage.
	 */
	static async set(output: string, variables: Record<string, string> = {}): Promise<Stage> {
		const program = await ensureN8n();
		const home = mkdtempSync(join(tmpdir(), 'signstash-n8n-'));
		atEnd(() => rmSync(home, { recursive: true, force: true }));
		rmSync(output, { recursive: true, force: true });
		mkdirSync(output, { recursive: true });
		console.log('Packing the node and installing it in n8n …');
		installNode(home);
		console.log('Starting the sandbox and n8n …');
		const sandbox = await Sandbox.start();
		writeFileSync(join(output, 'ca.pem'), sandbox.info.certificates.caPem);
		try {
			const n8n = await N8n.start(program, home, `${documents};${output}`, variables);
			const data = credentialData(sandbox);
			const id = await n8n.createCredential(credentialName, data);
			return new Stage(sandbox, { id, data }, output, { n8n, home, program, variables });
		} catch (error) {
			await sandbox.stop();
			throw error;
		}
	}

	get n8n(): N8n {
		return this.#n8n;
	}

	/** File with the certificate (PEM) of the sandbox's authority. */
	get caFile(): string {
		return join(this.output, 'ca.pem');
	}

	/** An example workflow by its file name without extension, with this machine's folders. */
	example(name: string, { input = documents, folder = '' } = {}): WorkflowFile {
		const signed = join(this.output, folder);
		mkdirSync(signed, { recursive: true });
		return readExample(name, { input, signed });
	}

	/** Imports a workflow with the credential, runs it from its node 'Start', and waits until it ends. */
	async run(file: WorkflowFile): Promise<Execution> {
		return await this.n8n.run(await this.n8n.importWorkflow(file, this.credential.id), 'Start');
	}

	/** Starts n8n again on the same home, after it was stopped or killed. */
	async restart(): Promise<void> {
		const files = `${documents};${this.output}`;
		this.#n8n = await N8n.start(this.#program, this.#home, files, this.#variables);
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.sandbox.stop();
		rmSync(this.#home, { recursive: true, force: true });
	}
}
