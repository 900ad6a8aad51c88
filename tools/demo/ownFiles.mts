import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from '../n8n/Stage.mts';
import { makeBatch, makeMail } from './inputs.mts';

/** Documents of the month that the example of many documents reads. */
const batchSize = 60;

/** Puts what the examples read into the user's folder, and touches nothing that is there. */
export async function fillOwnFiles(folder: string): Promise<void> {
	// n8n makes no folders; the example of an archive writes into this one.
	mkdirSync(join(folder, 'signed', '2025', '501234560', 'FT'), { recursive: true });
	for (const name of readdirSync(documents))
		if (!existsSync(join(folder, name))) copyFileSync(join(documents, name), join(folder, name));
	if (!existsSync(join(folder, 'mail'))) makeMail(join(folder, 'mail'));
	if (!existsSync(join(folder, 'batch'))) await makeBatch(join(folder, 'batch'), batchSize);
}
