import { PDFDocument, PDFHexString, PDFName } from 'pdf-lib';

/** A red pixel. */
export const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

/** A few white pixels. */
export const JPG =
	'/9j/4AAQSkZJRgABAQEAAAAAAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////' +
	'////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////' +
	'////////////////////wAARCAAIAAYDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA' +
	'AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6' +
	'Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG' +
	'x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA' +
	'AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5' +
	'OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPE' +
	'xcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwC7RRRQB//Z';

export interface PdfOptions {
	/** Cross-reference and object streams instead of a table. */
	streams?: boolean;
	/** Name of an empty signature field on the last page, at (300, 100), 160 wide and 50 high. */
	field?: string;
	pages?: number;
}

/** An invoice; each page says 'Invoice FT 2025/1, page 1: sign at SIGN-1 please' at (50, 500). */
export async function makePdf({
	streams = false,
	field,
	pages = 1,
}: PdfOptions = {}): Promise<Buffer> {
	const document = await PDFDocument.create();
	for (let number = 1; number <= pages; number += 1) {
		const text = `Invoice FT 2025/1, page ${number}: sign at SIGN-${number} please`;
		document.addPage([595, 842]).drawText(text, { x: 50, y: 500, size: 12 });
	}
	if (field !== undefined) addField(document, field);
	return Buffer.from(await document.save({ useObjectStreams: streams }));
}

function addField(document: PDFDocument, name: string): void {
	const { context, catalog } = document;
	const page = document.getPage(document.getPageCount() - 1);
	const widget = context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', F: 4, P: page.ref });
	widget.set(PDFName.of('Rect'), context.obj([300, 100, 460, 150]));
	widget.set(PDFName.of('T'), PDFHexString.fromText(name));
	const ref = context.register(widget);
	page.node.set(PDFName.of('Annots'), context.obj([ref]));
	catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [ref] }));
}

const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2';
const EXT = 'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2';
const SAC = 'urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2';
const INVOICE = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';

const extension =
	`<ext:UBLExtensions xmlns:ext="${EXT}"><ext:UBLExtension><ext:ExtensionContent>` +
	`<sac:SignatureInformation xmlns:sac="${SAC}"/>` +
	'</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>';

const content =
	'<!-- a comment with <sac:SignatureInformation> in it -->\n' +
	'<cbc:ID schemeID="a" a="1\t&#9;2">FT 2025/1</cbc:ID><cbc:Note unused="">' +
	'Faturação &amp; <![CDATA[<b> & ]]>&#13;</cbc:Note><cbc:Note/>';

/** UBL invoices, written in the various ways that programs write them. */
export const UBL: Readonly<Record<string, { bytes: Buffer; text: string }>> = Object.fromEntries(
	Object.entries({
		'with a default namespace': {
			text:
				'<?xml version="1.0" encoding="UTF-8"?>\n' +
				`<Invoice xmlns="${INVOICE}" xmlns:cbc="${CBC}" xmlns:x="urn:unused">${extension}${content}</Invoice>\n`,
			encoding: 'utf8' as const,
		},
		'with prefixes throughout': {
			text: `<inv:Invoice xmlns:cbc="${CBC}" xmlns:inv="${INVOICE}">${extension}${content}</inv:Invoice>`,
			encoding: 'utf8' as const,
		},
		'in ISO-8859-1': {
			text: `<?xml version='1.0' encoding='ISO-8859-1'?>\n<Invoice xmlns="${INVOICE}" xmlns:cbc="${CBC}">${extension}${content}</Invoice>`,
			encoding: 'latin1' as const,
		},
		'with a byte order mark and CRLF': {
			text: `\ufeff<?xml version="1.0"?>\r\n<Invoice xmlns="${INVOICE}"\r\n xmlns:cbc="${CBC}">\r\n${extension}\r\n${content}\r\n</Invoice>\r\n`,
			encoding: 'utf8' as const,
		},
	}).map(([name, { text, encoding }]) => [name, { text, bytes: Buffer.from(text, encoding) }]),
);
