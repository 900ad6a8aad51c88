import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documents of one size. */
export interface Load {
	count: number;
	/** Bytes of each. */
	size: number;
	/** UBL invoices instead of PDF files; they are really signed. */
	kind?: 'ubl';
}

/** It reads as a signed PDF: the echoing sandbox hands documents back as they are. */
const header = Buffer.from('%PDF-1.7\n%/ByteRange\n');

/**
 * Writes the documents of a load into a folder of their own below `parent`: what the node takes for PDF
 * files, with bytes that no one can compress and that are different in each.
 *
 * @returns the folder
 */
export function writeDocuments(parent: string, { count, size, kind }: Load): string {
	const folder = join(parent, `${count}x${size}${kind ?? ''}`);
	mkdirSync(folder, { recursive: true });
	const content = Buffer.alloc(size);
	for (let index = 0; index < count; index++) {
		header.copy(randomFillSync(content));
		const name = `${String(index).padStart(5, '0')}.${kind === 'ubl' ? 'xml' : 'pdf'}`;
		writeFileSync(join(folder, name), kind === 'ubl' ? invoiceAround(content, index) : content);
	}
	return folder;
}

const schema = 'urn:oasis:names:specification:ubl:schema:xsd';

/** A UBL invoice of the length of `content` that carries most of it as an attachment in base64, as the PDF of an invoice is carried. */
function invoiceAround(content: Buffer, number: number): string {
	const head = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="${schema}:Invoice-2" xmlns:cac="${schema}:CommonAggregateComponents-2" xmlns:cbc="${schema}:CommonBasicComponents-2">
	<cbc:ID>FT ${number}</cbc:ID>
	<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>`;
	const tail = `</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>
</Invoice>
`;
	const groups = Math.floor((content.length - head.length - tail.length) / 4);
	return `${head}${content.toString('base64', 0, groups * 3)}${tail}`;
}
