import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { workplace } from './workplace.mts';

function n8nVersion(program: string): string {
	const file = join(dirname(program), '..', 'package.json');
	const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
	return version;
}

/** The machine and the versions that a bench runs on, in one line. @param program of n8n */
export function machine(program: string): string {
	const processors = cpus();
	const model = processors[0]?.model.trim() ?? 'unknown processor';
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `${processors.length} × ${model}, ${gigabytes} GB, Linux, Node ${process.versions.node}, n8n ${n8nVersion(program)}, ${workplace.name}`;
}
