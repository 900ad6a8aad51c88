import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a start leaves for the next one. */
export interface Memory {
	/** n8n's port and the sandbox's, tried first. */
	ports: { n8n: number; sandbox: number };
	/** The stored credential, and the sandbox that it leads to. */
	credential?: { id: string; leadsTo: string };
	/** Examples that were imported once; whoever deletes one does not get it again. */
	examples: string[];
}

const usual: Memory = { ports: { n8n: 5690, sandbox: 5691 }, examples: [] };

/** The folder in which n8n and the sandbox live from one start to the next. */
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

	/** Where a running start says that it runs. */
	get door(): string {
		return join(this.folder, 'running.json');
	}

	remember(change: Partial<Memory>): void {
		Object.assign(this.memory, change);
		writeFileSync(this.#file, JSON.stringify(this.memory, null, '\t'));
	}
}
