import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { documentOf, prepareForUbl, type Document } from '../../nodes/SignStash/documents/Document';
import { namespaces } from '../support/ublFiles.cts';

const documentWith = (content: Buffer): Document =>
	documentOf({ field: 'data', name: 'a.xml', content: contentOf(content), head: content });
const info = { signatureLocation: 'SignatureInformation' };
const dsig = 'http://www.w3.org/2000/09/xmldsig#';

const invoice = (inside: string): string =>
	`<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">${inside}</Invoice>`;
const extensions = (inside: string): string =>
	`<ext:UBLExtensions xmlns:ext="${namespaces.ext}"><ext:UBLExtension><ext:ExtensionContent>${inside}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:SignedInfo/></ds:Signature>`;

describe('a UBL document that is signed already is refused', () => {
	test.each([
		[
			'where UBL wants signatures',
			extensions(
				`<s:SignatureInformation xmlns:s="${namespaces.sac}">${signature}</s:SignatureInformation>`,
			),
		],
		['in another extension', extensions(signature)],
		['right under the root', `<ID/><Signature xmlns="${dsig}"/>`],
	])('%s, to be prepared or not', async (_, inside) => {
		for (const prepare of [true, false])
			await expect(
				prepareForUbl(documentWith(Buffer.from(invoice(inside))), info, prepare),
			).rejects.toMatchObject({
				message:
					"'a.xml' is signed already, and another 'UBL Signature' would make that signature invalid",
				remedy:
					"Choose files without a signature in 'Input Data Field Name': a pattern or a folder may bring signed ones as well.",
				details: { parameter: 'UBL Signature' },
			});
	});

	test('in UTF-16 as well', async () => {
		const content = Buffer.from(`\ufeff${invoice(signature)}`, 'utf16le');
		await expect(
			prepareForUbl(documentWith(content), { signatureLocation: 'Invoice' }, false),
		).rejects.toThrow('signed already');
	});

	test.each([
		['an element of another namespace', '<Signature><ID>1</ID></Signature>'],
		['a part of a signature', `<KeyInfo xmlns="${dsig}"/>`],
		['a comment', `<!-- ${signature} -->`],
		['text', `<ID><![CDATA[${signature}]]></ID>`],
	])('but not for %s', async (_, inside) => {
		const content = Buffer.from(invoice(inside));
		const prepared = await prepareForUbl(documentWith(content), info, true);
		expect(prepared.content.length).toBeGreaterThan(content.length);
	});
});

describe('a document is prepared', () => {
	const unsigned = (inside: string): Buffer => Buffer.from(invoice(inside));
	const other = Buffer.from('<a/>');
	const ubl = 'SignatureInformation';
	const namesake = `<x:${ubl} xmlns:x="urn:x"/>`;
	const prepared = `<UBLExtensions xmlns="${namespaces.ext}"><s:${ubl} xmlns:s="${namespaces.sac}"/></UBLExtensions>`;

	test.each([
		['the element is missing', '<ID/>', ubl, true, true],
		['only a namesake is there', namesake, ubl, true, true],
		["UBL's element is there", prepared, ubl, true, false],
		["UBL's element is there, and nothing is to be added", prepared, ubl, false, false],
		['a namesake is there, and nothing is to be added', namesake, ubl, false, false],
		['an element of its own is named', '<ID/>', 'ID', true, false],
		["UBL's element is named with the prefix that it will have", '<ID/>', `sac:${ubl}`, true, true],
	])('when %s', async (_, inside, signatureLocation, prepare, added) => {
		const document = documentWith(unsigned(inside));
		const after = await prepareForUbl(document, { signatureLocation }, prepare);
		expect(after === document).toBe(!added);
		expect({ ...after, content: document.content }).toEqual(document);
		expect(after.content.length > document.content.length).toBe(added);
	});

	const missing = (name: string): string =>
		`The element '${name}' of 'Signature Location' is not in 'a.xml'`;
	const prepareOrName =
		"Switch on 'Prepare Document' to add UBL's signature extension, or name an element of the document.";
	const cannot = "'a.xml' cannot be prepared for a UBL signature: ";
	const forUbl =
		"'UBL Signature' is for well-formed UBL documents of up to 50 MB, in UTF-8 or ISO-8859, without a DOCTYPE. Switch it off for others.";
	const doctype = Buffer.from('<!DOCTYPE Invoice><Invoice/>');
	const large = { ...contentOf(other), length: 50_000_001 };

	test.each([
		[
			'an element that is not there',
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
			"UBL's element, which is not to be added",
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
			`${cannot}its root element is none of UBL`,
			forUbl,
		],
		[
			'what is no XML',
			Buffer.from('<a'),
			ubl,
			true,
			'UBL Signature',
			`${cannot}a tag has no end`,
			forUbl,
		],
		['a large file', large, ubl, true, 'UBL Signature', `${cannot}it is larger than 50 MB`, forUbl],
	])('%s is refused', async (_, from, signatureLocation, prepare, parameter, message, remedy) => {
		const content = Buffer.isBuffer(from) ? contentOf(from) : from;
		const document = { ...documentWith(other), content };
		await expect(prepareForUbl(document, { signatureLocation }, prepare)).rejects.toMatchObject({
			message,
			remedy,
			details: { parameter },
		});
	});

	test('a file of just 50 MB is not too large', async () => {
		const bytes = Buffer.alloc(50_000_000, ' ');
		unsigned('').copy(bytes);
		const document = { ...documentWith(other), content: contentOf(bytes) };
		expect(await prepareForUbl(document, { signatureLocation: 'Invoice' }, false)).toBe(document);
	});
});
