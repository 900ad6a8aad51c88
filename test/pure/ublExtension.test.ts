import fc from 'fast-check';
import { withSignatureExtension } from '../../nodes/SignStash/documents/ublExtension';
import { hasElement, scanTags } from '../../nodes/SignStash/documents/xmlScan';

const ext = 'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2';
const invoice = (inside: string, open = '<Invoice xmlns="urn:x" a="1>2">', close = '</Invoice>') =>
	`${open}${inside}${close}`;

const shapes: Array<[name: string, document: string]> = [
	['a default namespace', invoice('\n <ID>1</ID>\n')],
	['a prefixed root', invoice('<cbc:ID/>', '<ubl:Invoice xmlns:ubl="u">', '</ubl:Invoice>')],
	[
		'CRLF, declaration and comments',
		`<?xml version="1.0"?>\r\n<!-- <Invoice> -->\r\n${invoice('\r\n<ID/>')}`,
	],
	['a CDATA with tags', invoice('<ID><![CDATA[<UBLExtensions>]]></ID>')],
	[
		'other extensions',
		invoice(`<e:UBLExtensions xmlns:e="${ext}"><e:UBLExtension/></e:UBLExtensions><ID/>`),
	],
];

describe('the UBL signature extension', () => {
	test.each(shapes)('is added to %s, and nothing else changes', (_, document) => {
		const before = Buffer.from(document);
		const after = withSignatureExtension(before);
		expect(hasElement(after, 'SignatureInformation')).toBe(true);
		const text = after.toString();
		const start = [...text].findIndex((sign, index) => sign !== document[index]);
		const added = text.length - document.length;
		const without = [...Array(40).keys()].map((shift) => {
			const at = start - shift;
			return text.slice(0, at) + text.slice(at + added);
		});
		expect(without).toContain(document);
	});

	test.each(shapes)('a second time changes nothing: %s', (_, document) => {
		const once = withSignatureExtension(Buffer.from(document));
		expect(withSignatureExtension(once)).toEqual(once);
	});

	test('stands first in the root, in a list of its own or in the one that is there', () => {
		for (const [, document] of shapes) {
			const names = [...scanTags(withSignatureExtension(Buffer.from(document)).toString())];
			expect(names[1]?.localName).toBe('UBLExtensions');
			expect(names.filter((tag) => tag.localName === 'UBLExtensions')).toHaveLength(2);
		}
	});

	test('keeps every byte of any content, in any encoding that keeps ASCII', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const content = Buffer.from(bytes.filter((byte) => ![0x3c, 0x3e].includes(byte)));
				const head = Buffer.from('<Invoice><ID>');
				const tail = Buffer.from('</ID></Invoice>');
				const after = withSignatureExtension(Buffer.concat([head, content, tail]));
				expect(after.subarray(-(content.length + tail.length))).toEqual(
					Buffer.concat([content, tail]),
				);
			}),
		);
	});

	test.each([
		['<!DOCTYPE x><Invoice><ID/></Invoice>', 'DOCTYPE'],
		['\ufeff<Invoice><ID/></Invoice>', 'UTF-16'],
		['<Invoice/>', 'empty'],
		['<Invoice><ID', 'no end'],
	])('%j is refused: %s', (document, why) => {
		const content = Buffer.from(document, why === 'UTF-16' ? 'utf16le' : 'utf8');
		expect(() => withSignatureExtension(content)).toThrow(why);
	});
});
