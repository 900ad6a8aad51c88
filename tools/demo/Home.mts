import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a start remembers for the next one. */
export interface Memory {
	/** The ports of n8n and the sandbox that are tried first. */
	ports: { n8n: number; sandbox: number };
	/** The stored credential and the sandbox that it is for. */
	credential?: { id: string; leadsTo: string };
	/** Examples that were imported once; one that the user deletes is not imported again. */
	examples: string[];
}

const usual: Memory = { ports: { n8n: 5690, sandbox: 5691 }, examples: [] };

/** The folder in which n8n and the sandbox keep their data from one start to the next. */
export class Home {
	readonly folder: string;
	readonly memory: Memory;

	constructor(folder: string) {
		mkdirSync(folder, { recursive: true });
		this.folder = folder;
		this.memory = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : usual;
	}

	get #file(): string {
		return join(this.folder, 'memory.json');
	}

	/** The sandbox's state: operations, documents, client services, certificates. */
	get sandboxState(): string {
		return join(this.folder, 'sandbox.sqlite');
	}

	/** The file in which a start says that it is running. */
	get door(): string {
		return join(this.folder, 'running.json');
	}

	remember(change: Partial<Memory>): void {
		Object.assign(this.memory, change);
		writeFileSync(this.#file, JSON.stringify(this.memory, null, '\t'));
	}
}
