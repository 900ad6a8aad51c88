import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { documentOf, type Document } from '../../nodes/SignStash/documents/Document';
import { prepareForUbl } from '../../nodes/SignStash/documents/ubl';
import { readXml } from '../../nodes/SignStash/documents/xml/readXml';
import { namespaces } from '../support/ublFiles.cts';

const documentWith = (content: Buffer): Document =>
	documentOf({ field: 'data', name: 'a.xml', content: contentOf(content), head: content });

const prepared = async (
	document: Document,
	location: string,
	prepare: boolean,
): Promise<Document> =>
	prepareForUbl(document, await readXml(document.content, location), location, prepare);

const invoice = (inside: string): string =>
	`<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">${inside}</Invoice>`;
describe('whether a document is prepared', () => {
	const unsigned = (inside: string): Buffer => Buffer.from(invoice(inside));
	const other = Buffer.from('<a/>');
	const ubl = 'SignatureInformation';
	const namesake = `<x:${ubl} xmlns:x="urn:x"/>`;
	const inPlace = `<UBLExtensions xmlns="${namespaces.ext}"><s:${ubl} xmlns:s="${namespaces.sac}"/></UBLExtensions>`;

	test.each([
		['the element is missing', '<ID/>', ubl, true, true],
		['only a namesake is present', namesake, ubl, true, true],
		["UBL's element is present", inPlace, ubl, true, false],
		["UBL's element is present, and nothing is to be added", inPlace, ubl, false, false],
		['a namesake is present, and nothing is to be added', namesake, ubl, false, false],
		['another element of the document is named', '<ID/>', 'ID', true, false],
		["UBL's element is named with the prefix that it will get", '<ID/>', `sac:${ubl}`, true, true],
	])('when %s', async (_, inside, signatureLocation, prepare, added) => {
		const document = documentWith(unsigned(inside));
		const after = await prepared(document, signatureLocation, prepare);
		expect(after === document).toBe(!added);
		expect({ ...after, content: document.content }).toEqual(document);
		expect(after.content.length > document.content.length).toBe(added);
	});

	const typed = `<!DOCTYPE Invoice>${invoice(inPlace)}`;
	test.each([
		['in UTF-16', Buffer.from(`\ufeff${invoice(inPlace)}`, 'utf16le')],
		['with a DOCTYPE', Buffer.from(typed)],
	])("a document %s stays as it is if UBL's element is present", async (_, bytes) => {
		const document = documentWith(bytes);
		expect(await prepared(document, ubl, true)).toBe(document);
	});

	const missing = (name: string): string =>
		`The element '${name}' of 'Signature Location' is not in 'a.xml'`;
	const prepareOrName =
		"Switch on 'Prepare Document' to add UBL's signature extension, or name an element of the document.";
	const cannot = "'a.xml' cannot be prepared for a UBL signature: ";
	const forUbl =
		"'UBL Signature' is for UBL documents without a DOCTYPE, in an ASCII-compatible encoding such as UTF-8, ISO-8859 or Windows-1252. Switch it off for others.";
	const doctype = Buffer.from('<!DOCTYPE Invoice><Invoice/>');

	test.each([
		[
			'an element that is missing',
			unsigned(''),
			'ID',
			false,
			'Signature Location',
			missing('ID'),
			prepareOrName,
		],
		[
			'an element that preparing does not add',
			unsigned(''),
			'ID',
			true,
			'Signature Location',
			`${missing('ID')}, and 'Prepare Document' does not add it`,
			"Name an element of the document, or 'SignatureInformation', which 'Prepare Document' adds.",
		],
		[
			"UBL's missing element, when it is not to be added",
			unsigned(''),
			ubl,
			false,
			'Signature Location',
			missing(ubl),
			prepareOrName,
		],
		[
			'a document type',
			doctype,
			ubl,
			true,
			'Prepare Document',
			`${cannot}it has a document type (DOCTYPE)`,
			forUbl,
		],
		[
			'an unknown root',
			other,
			ubl,
			true,
			'Prepare Document',
			`${cannot}its root element is not a UBL element`,
			forUbl,
		],
		[
			'UTF-16',
			Buffer.from(`\ufeff${invoice('')}`, 'utf16le'),
			ubl,
			true,
			'Prepare Document',
			`${cannot}it is written in UTF-16`,
			forUbl,
		],
	])('%s is refused', async (_, bytes, signatureLocation, prepare, parameter, message, remedy) => {
		const document = documentWith(bytes);
		await expect(prepared(document, signatureLocation, prepare)).rejects.toMatchObject({
			message,
			remedy,
			details: { parameter },
		});
	});
});
