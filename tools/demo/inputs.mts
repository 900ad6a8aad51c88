import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { documents } from '../n8n/Stage.mts';

/** Writes an email's attachments: a PDF, a UBL credit note without the extension, and a logo, which is not to be signed. */
export function makeMail(folder: string): void {
	mkdirSync(folder, { recursive: true });
	for (const name of ['invoice.pdf', 'credit-note.xml'])
		copyFileSync(join(documents, name), join(folder, `mail-${name}`));
	const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
	writeFileSync(join(folder, 'mail-logo.gif'), gif);
}

/** Writes many small documents into a folder, alternately PDF and UBL. @returns their names */
export async function makeBatch(folder: string, count: number): Promise<string[]> {
	mkdirSync(folder, { recursive: true });
	const ubl = readFileSync(join(documents, 'invoice.xml'), 'utf8');
	const names: string[] = [];
	for (let number = 1; number <= count; number++) {
		const name = `FT-2025-${String(number).padStart(3, '0')}.${number % 2 ? 'pdf' : 'xml'}`;
		const content =
			number % 2 ? await pdf(name) : ubl.replaceAll('FT 2025/123', `FT 2025/${number}`);
		writeFileSync(join(folder, name), content);
		names.push(name);
	}
	return names;
}

async function pdf(text: string): Promise<Uint8Array> {
	const document = await PDFDocument.create();
	document.addPage([300, 200]).drawText(text, { x: 20, y: 100, size: 12 });
	return await document.save({ useObjectStreams: false });
}
