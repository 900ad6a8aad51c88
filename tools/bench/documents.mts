import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documents of one size. */
export interface Load {
	count: number;
	/** Bytes of each. */
	size: number;
}

/** It reads as a signed PDF: the echoing sandbox hands documents back as they are. */
const header = Buffer.from('%PDF-1.7\n%/ByteRange\n');

/**
 * Writes the documents of a load into a folder of their own below `parent`: what the node takes for PDF
 * files, with bytes that no one can compress and that are different in each.
 *
 * @returns the folder
 */
export function writeDocuments(parent: string, { count, size }: Load): string {
	const folder = join(parent, `${count}x${size}`);
	mkdirSync(folder, { recursive: true });
	const content = Buffer.alloc(size);
	for (let index = 0; index < count; index++) {
		header.copy(randomFillSync(content));
		writeFileSync(join(folder, `${String(index).padStart(5, '0')}.pdf`), content);
	}
	return folder;
}
