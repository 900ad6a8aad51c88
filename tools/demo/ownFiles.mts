import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from '../n8n/Stage.mts';
import { makeBatch, makeMail } from './inputs.mts';

/** Number of documents that the example with many documents reads. */
const batchSize = 60;

/** Puts the examples' input files into the user's folder without touching existing files. */
export async function fillOwnFiles(folder: string): Promise<void> {
	// n8n does not create folders; the archive example writes into this one.
	mkdirSync(join(folder, 'signed', '2025', '501234560', 'FT'), { recursive: true });
	for (const name of readdirSync(documents))
		if (!existsSync(join(folder, name))) copyFileSync(join(documents, name), join(folder, name));
	if (!existsSync(join(folder, 'mail'))) makeMail(join(folder, 'mail'));
	if (!existsSync(join(folder, 'batch'))) await makeBatch(join(folder, 'batch'), batchSize);
}
