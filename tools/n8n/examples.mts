import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from './N8n.mts';
import { root } from './root.mts';

/** The folder in which n8n's own container lets workflows read and write; the examples name it. */
const dockerFolder = '/home/node/.n8n-files';

/** This machine's folders, which replace those in the examples. */
export interface ExampleFolders {
	input: string;
	signed: string;
}

/** The examples' file names without extension. */
export function exampleNames(): string[] {
	return readdirSync(join(root, 'examples'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.replace(/\.json$/, ''));
}

/** An example workflow with this machine's folders. */
export function readExample(name: string, { input, signed }: ExampleFolders): WorkflowFile {
	const text = readFileSync(join(root, 'examples', `${name}.json`), 'utf8')
		.replaceAll(`${dockerFolder}/signed`, signed)
		.replaceAll(dockerFolder, input);
	const file: WorkflowFile = JSON.parse(text);
	return file;
}
