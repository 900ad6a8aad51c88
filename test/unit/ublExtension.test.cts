import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import fc, { type Arbitrary } from 'fast-check';
import { contentOf, wholeOf } from '../../nodes/SignStash/bytes/Content';
import { unpreparable, withSignatureExtension } from '../../nodes/SignStash/documents/ublExtension';
import { readXml } from '../../nodes/SignStash/documents/xml/readXml';
import { namespaces } from '../support/ublFiles.cts';

const ublInvoice = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';

/** The bytes with the extension, or why it cannot be added. */
async function extended(bytes: Buffer): Promise<Buffer> {
	const content = contentOf(bytes);
	const facts = await readXml(content);
	const why = facts.fault?.what ?? unpreparable(facts);
	if (why !== undefined) throw new Error(why);
	const after = withSignatureExtension(content, facts);
	const whole = await wholeOf(after);
	expect(whole).toHaveLength(after.length);
	return whole;
}

/** The text before and after the place of insertion; an empty list has its `/` in between. */
interface Generated {
	before: Buffer;
	between: string;
	after: Buffer;
	encoding: 'utf8' | 'latin1';
}

/** Characters that a careless scan takes for markup; each kind of text omits what would end it. */
const signs = [
	...['a', 'ç', ' ', '\r\n', "'", '"', '>', '/>', '<', '-', '?>', ']]>'],
	...['<sac:SignatureInformation/>', '<UBLExtensions>', '<!DOCTYPE x>', 'xmlns="urn:trap"'],
];
const textWithout = (...ends: string[]): Arbitrary<string> => {
	const left = signs.filter((sign) => !ends.some((end) => sign.includes(end)));
	return fc.array(fc.constantFrom(...left), { maxLength: 5 }).map((found) => found.join(''));
};

const comment = textWithout('-').map((text) => `<!-- ${text} -->`);
const instruction = textWithout('?>').map((text) => `<?erp ${text}?>`);
const cdata = textWithout(']]>').map((text) => `<![CDATA[${text} ]]>`);
const text = textWithout('<', ']]>');
const attributes = fc
	.tuple(textWithout('<', '"'), textWithout('<', "'"), fc.constantFrom(' ', '\r\n\t'))
	.map(([double, single, space]) => `${space}b="${double}"${space}c = '${single}'${space}`);

/** Namesakes that are not UBL's, and UBL names that do not matter here. */
const names = [
	['cbc:Note', ` xmlns:cbc="${namespaces.cbc}"`],
	['UBLExtensions', ' xmlns="urn:foreign"'],
	['f:UBLExtensions', " xmlns:f='urn:foreign'"],
	['SignatureInformation', ' xmlns="urn:foreign"'],
	['ext:SignatureInformation', ` xmlns:ext="${namespaces.ext}"`],
] as const;

const { node } = fc.letrec<{ node: string; element: string }>((tie) => ({
	node: fc.oneof({ maxDepth: 3 }, text, comment, cdata, instruction, tie('element')),
	element: fc
		.tuple(
			fc.constantFrom(...names),
			attributes,
			fc.option(fc.array(tie('node'), { maxLength: 4 })),
		)
		.map(([[name, declared], others, children]) =>
			children === null
				? `<${name}${declared}${others}/>`
				: `<${name}${others}${declared}>${children.join('')}</${name} >`,
		),
}));
const nodes = fc.array(node, { maxLength: 5 }).map((found) => found.join(''));
const misc = fc
	.array(fc.oneof(comment, instruction, fc.constant('\r\n')), { maxLength: 3 })
	.map((found) => found.join(''));

const document: Arbitrary<Generated> = fc
	.record({
		encoding: fc.constantFrom('utf8', 'latin1'),
		mark: fc.boolean(),
		root: fc.constantFrom('Invoice', 'u:Invoice'),
		rebound: fc.constantFrom('', ' xmlns:ext="urn:foreign"'),
		list: fc.constantFrom('none', 'empty', 'filled'),
		prefix: fc.constantFrom('', 'ext:', 'e:', 'ç:'),
		attributes,
		parts: fc.tuple(misc, nodes, nodes, nodes, misc),
	})
	.map(({ encoding, mark, root, rebound, list, prefix, attributes: others, parts }) => {
		const [prologue, ahead, within, behind, epilogue] = parts;
		const declared = `xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="${namespaces.ext}"`;
		const lists = {
			none: ['', ahead],
			empty: [`${ahead}<${prefix}UBLExtensions ${declared}${others}`, '>'],
			filled: [
				`${ahead}<${prefix}UBLExtensions${others}${declared}>`,
				`${within}</${prefix}UBLExtensions>`,
			],
		} as const;
		const declaration = encoding === 'latin1' ? '<?xml version="1.0" encoding="ISO-8859-1"?>' : '';
		const byteOrderMark = encoding === 'utf8' && mark ? '\ufeff' : '';
		const xmlns = `xmlns${root === 'Invoice' ? '' : ':u'}="${ublInvoice}"`;
		const start = `${byteOrderMark}${declaration}${prologue}<${root} ${xmlns}${rebound}${others}>`;
		const [opening, closing] = lists[list];
		return {
			before: Buffer.from(`${start}${opening}`, encoding),
			between: list === 'empty' ? '/' : '',
			after: Buffer.from(`${closing}${behind}</${root}>${epilogue}`, encoding),
			encoding,
		};
	});

const joined = ({ before, between, after }: Generated): Buffer =>
	Buffer.concat([before, Buffer.from(between), after]);

function parse(content: Buffer, encoding: 'utf8' | 'latin1') {
	const parser = new DOMParser({
		onError: (_level, message) => {
			throw new Error(message);
		},
	});
	return parser.parseFromString(content.toString(encoding).replace(/^\ufeff/, ''), 'text/xml');
}

/** Names of an element and its ancestors, up to the root's child. */
function pathOf(element: Element | null): string[] {
	const path: string[] = [];
	for (let at: Node | null = element; at?.parentNode?.parentNode; at = at.parentNode)
		path.unshift(`${at.namespaceURI} ${at.localName}`);
	return path;
}

const { ext, sac, sig } = namespaces;
const wanted = [
	`${ext} UBLExtensions`,
	`${ext} UBLExtension`,
	`${ext} ExtensionContent`,
	`${sig} UBLDocumentSignatures`,
	`${sac} SignatureInformation`,
];

describe('the UBL signature extension, in any document', () => {
	const holds = async (what: (given: Generated) => Promise<void>): Promise<void> =>
		await fc.assert(fc.asyncProperty(document, what), { numRuns: 500 });

	test('leaves every byte before and after it unchanged', async () => {
		await holds(async (given) => {
			const after = await extended(joined(given));
			expect(after.subarray(0, given.before.length).equals(given.before)).toBe(true);
			expect(after.subarray(-given.after.length).equals(given.after)).toBe(true);
		});
	});

	test('can be parsed, and its element has the namespaces and place that UBL requires', async () => {
		await holds(async (given) => {
			const parsed = parse(await extended(joined(given)), given.encoding);
			const [element, ...others] = parsed.getElementsByTagNameNS(sac, 'SignatureInformation');
			expect(pathOf(element ?? null)).toEqual(wanted);
			expect(others).toEqual([]);
		});
	});

	test('has the URI that UBL reserves for signatures', async () => {
		const content = Buffer.from(`<Invoice xmlns="${ublInvoice}"><ID/></Invoice>`);
		const parsed = parse(await extended(content), 'utf8');
		const [uri] = parsed.getElementsByTagNameNS(ext, 'ExtensionURI');
		expect(pathOf(uri ?? null)).toEqual([...wanted.slice(0, 2), `${ext} ExtensionURI`]);
		expect(uri?.textContent).toBe('urn:oasis:names:specification:ubl:dsig:enveloped:xades');
	});

	test('is added once: a second insertion changes nothing', async () => {
		await holds(async (given) => {
			const once = await extended(joined(given));
			expect((await extended(once)).equals(once)).toBe(true);
		});
	});
});

const extensionsOf = (inside: string): string =>
	`<e:UBLExtensions xmlns:e="${ext}" xmlns:s="${sac}">${inside}</e:UBLExtensions>`;

describe('what counts as SignatureInformation:', () => {
	const added = async (inside: string): Promise<boolean> => {
		const content = Buffer.from(`<Invoice xmlns="${ublInvoice}">${inside}</Invoice>`);
		return !(await extended(content)).equals(content);
	};

	test.each([
		["UBL's own, in the extensions", extensionsOf('<s:SignatureInformation/>'), false],
		[
			"UBL's, in extensions that do not come first",
			`<ID/>${extensionsOf('<s:SignatureInformation/>')}`,
			false,
		],
		['a comment', extensionsOf('<!-- <s:SignatureInformation/> -->'), true],
		['a sibling of it in the extensions', extensionsOf('<s:Signature/>'), true],
		['a namesake in the extensions', extensionsOf('<SignatureInformation/>'), true],
		[
			"UBL's own, but outside the extensions",
			`<A><SignatureInformation xmlns="${sac}"/></A>`,
			true,
		],
		[
			'one in a list that is not a child of the root',
			`<A>${extensionsOf('<s:SignatureInformation/>')}</A>`,
			true,
		],
	])('%s', async (_, inside, expected) => {
		expect(await added(inside)).toBe(expected);
	});

	test('the added element precedes a namesake, since the service gets only a name', async () => {
		const document = `<I xmlns="${ublInvoice}">${extensionsOf('<SignatureInformation/>')}</I>`;
		const parsed = parse(await extended(Buffer.from(document)), 'utf8');
		const [first] = parsed.getElementsByTagNameNS('*', 'SignatureInformation');
		expect(first?.namespaceURI).toBe(sac);
	});
});

describe('a document that cannot be changed safely is refused', () => {
	test.each([
		['<!-- x --><!DOCTYPE x><Invoice><ID/></Invoice>', 'DOCTYPE'],
		['\ufeff<Invoice><ID/></Invoice>', 'UTF-16'],
		[`<Invoice xmlns="${ublInvoice}"/>`, 'empty'],
		['<CrossIndustryInvoice xmlns="urn:un"><ID/></CrossIndustryInvoice>', 'not a UBL element'],
		['<!-- nothing -->', 'no element'],
		['<Invoice><ID', 'its end is missing'],
		['<Invoice><ID></ID>', "'Invoice' is not closed"],
		['<Invoice><ID></Invoice>', "where '</ID>' is expected"],
	])('%j: %s', async (document, why) => {
		const content = Buffer.from(document, why === 'UTF-16' ? 'utf16le' : 'utf8');
		await expect(extended(content)).rejects.toThrow(why);
	});
});

describe('an element is found by its name', () => {
	test.each([
		['<!DOCTYPE a [<!ENTITY b "<b/>]>"> <!-- ]> <b/> --> <?p <b/> ]> ?>]><a/>', false],
		["<!DOCTYPE a SYSTEM '<b/>'><a><b/></a>", true],
		['<!DOCTYPE a PUBLIC "" \'\'><a><b/></a>', true],
		['<a xmlns:x="urn:x"><x:b></x:b></a>', true],
	])('after a document type, not in it, with or without a prefix: %s', async (document, found) => {
		expect((await readXml(contentOf(Buffer.from(document)), 'b')).hasElement).toBe(found);
	});

	const text = '\ufeff<Fatura><Informação/></Fatura>';
	test.each([
		['UTF-8', Buffer.from(text)],
		[
			'ISO-8859-1',
			Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text.slice(1)}`, 'latin1'),
		],
		['UTF-16LE', Buffer.from(text, 'utf16le')],
		['UTF-16BE', Buffer.from(text, 'utf16le').swap16()],
		['UTF-16LE without a byte order mark', Buffer.from(text.slice(1), 'utf16le')],
	])('in %s', async (_, bytes) => {
		const content = contentOf(bytes);
		expect((await readXml(content, 'Informação')).hasElement).toBe(true);
		expect((await readXml(content, 'Informacao')).hasElement).toBe(false);
	});
});
