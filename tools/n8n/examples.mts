import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from './N8n.mts';
import { root } from './root.mts';

/** Where n8n's own container lets workflows read and write: the examples say this folder. */
const dockerFolder = '/home/node/.n8n-files';

/** Folders of this machine in place of those that the examples name. */
export interface ExampleFolders {
	input: string;
	signed: string;
}

/** The examples' file names without ending. */
export function exampleNames(): string[] {
	return readdirSync(join(root, 'examples'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.replace(/\.json$/, ''));
}

/** An example workflow, with folders of this machine in it. */
export function readExample(name: string, { input, signed }: ExampleFolders): WorkflowFile {
	const text = readFileSync(join(root, 'examples', `${name}.json`), 'utf8')
		.replaceAll(`${dockerFolder}/signed`, signed)
		.replaceAll(dockerFolder, input);
	const file: WorkflowFile = JSON.parse(text);
	return file;
}
