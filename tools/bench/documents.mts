import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documents of one size. */
export interface Load {
	count: number;
	/** Bytes of each. */
	size: number;
	/** UBL invoices instead of PDF files; these are really signed. */
	kind?: 'ubl';
}

/** Make a file look like a signed PDF, because the echoing sandbox returns documents unchanged. */
const header = Buffer.from('%PDF-1.7\n');
const trailer = Buffer.from('\n%/ByteRange\n%%EOF\n');

/**
 * Writes the documents of a load into a new folder below `parent`: files that the node takes for PDFs,
 * each with different, incompressible bytes.
 *
 * @returns the folder
 */
export function writeDocuments(parent: string, { count, size, kind }: Load): string {
	const folder = join(parent, `${count}x${size}${kind ?? ''}`);
	mkdirSync(folder, { recursive: true });
	const content = Buffer.alloc(size);
	for (let index = 0; index < count; index++) {
		header.copy(randomFillSync(content));
		trailer.copy(content, size - trailer.length);
		const name = `${String(index).padStart(5, '0')}.${kind === 'ubl' ? 'xml' : 'pdf'}`;
		writeFileSync(join(folder, name), kind === 'ubl' ? invoiceAround(content, index) : content);
	}
	return folder;
}

const schema = 'urn:oasis:names:specification:ubl:schema:xsd';

/**
 * A UBL invoice with the length of `content`, most of which it contains as a base64 attachment, the way an
 * invoice's PDF is attached.
 */
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
