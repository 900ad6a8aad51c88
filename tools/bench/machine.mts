import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../n8n/root.mts';
import { workplace } from './workplace.mts';

function n8nVersion(): string {
	const file = join(root, 'tools', 'n8n', 'install', 'node_modules', 'n8n', 'package.json');
	const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
	return version;
}

/** The machine and the versions that a bench ran on, in one line. */
export function machine(): string {
	const processors = cpus();
	const model = processors[0]?.model.trim() ?? 'unknown processor';
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `${processors.length} × ${model}, ${gigabytes} GB, Linux, Node ${process.versions.node}, n8n ${n8nVersion()}, ${workplace.name}`;
}
