/** Namespaces of UBL 2.1, from the OASIS standard. */
const schema = (name: string): string => `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`;

export const namespaces = {
	cac: schema('CommonAggregateComponents'),
	cbc: schema('CommonBasicComponents'),
	ext: schema('CommonExtensionComponents'),
	sac: schema('SignatureAggregateComponents'),
	sbc: schema('SignatureBasicComponents'),
	sig: schema('CommonSignatureComponents'),
} as const;

/** The state of the document's extensions before it is prepared. */
export type Extensions = 'none' | 'empty' | 'other' | 'signature';

export type UblKind = 'Invoice' | 'CreditNote' | 'Peppol Invoice';

/** The different ways in which programs write the same document. */
export interface Writing {
	extensions: Extensions;
	/** Prefix of the root's namespace; empty: the default one. */
	rootPrefix: '' | 'ubl';
	/** Prefix of the extensions' namespace; empty: the default one, declared where the list begins. */
	extPrefix: '' | 'ext' | 'e';
	encoding: 'ISO-8859-1' | 'UTF-8';
	byteOrderMark: boolean;
	lineEnd: '\n' | '\r\n';
	/** Whether there are comments and instructions between the declaration and the root. */
	prologue: boolean;
}

export const plainly: Writing = {
	extensions: 'none',
	rootPrefix: '',
	extPrefix: 'ext',
	encoding: 'UTF-8',
	byteOrderMark: false,
	lineEnd: '\n',
	prologue: false,
};

/** A document in two parts: the insertion belongs between them, and neither may change. */
export interface UblFile {
	before: Buffer;
	after: Buffer;
}

const peppol =
	'<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>\n' +
	'  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>';

const kinds: Record<UblKind, { root: string; head: string; type: string; line: string }> = {
	Invoice: {
		root: 'Invoice',
		head: '<cbc:UBLVersionID>2.1</cbc:UBLVersionID>',
		type: '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>',
		line: 'InvoicedQuantity',
	},
	CreditNote: {
		root: 'CreditNote',
		head: '<cbc:UBLVersionID>2.1</cbc:UBLVersionID>',
		type: '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>',
		line: 'CreditedQuantity',
	},
	'Peppol Invoice': {
		root: 'Invoice',
		head: peppol,
		type: '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>',
		line: 'InvoicedQuantity',
	},
};

const party = (role: string, name: string): string => `  <cac:Accounting${role}Party>
    <cac:Party><cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName></cac:Party>
  </cac:Accounting${role}Party>
`;

const amount = (name: string): string => `<cbc:${name} currencyID='EUR'>123.00</cbc:${name}>`;

function bodyOf(kind: UblKind, id: string): string {
	const { root, head, type, line } = kinds[kind];
	return `
  ${head}
  <cbc:ID schemeName="a > b">${id}</cbc:ID>
  <cbc:IssueDate>2025-11-03</cbc:IssueDate>
  ${type}
  <!-- <sac:SignatureInformation/> is not here -->
  <cbc:Note><![CDATA[Faturação <UBLExtensions> & ção]]></cbc:Note>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
${party('Supplier', 'Papelaria São João, Lda')}${party('Customer', 'Contas &amp; Certas')}  <cac:LegalMonetaryTotal>${amount('PayableAmount')}</cac:LegalMonetaryTotal>
  <cac:${root}Line>
    <cbc:ID>1</cbc:ID><cbc:${line} unitCode="C62">1</cbc:${line}>${amount('LineExtensionAmount')}
    <cac:Item><cbc:Name>Café</cbc:Name></cac:Item>
  </cac:${root}Line>
`;
}

/** The list of extensions, in the part before and the part after the place of insertion. */
const lists: Record<Extensions, (prefix: string, declared: string) => [string, string]> = {
	none: () => ['', ''],
	empty: (p, declared) => [`\n  <${p}UBLExtensions${declared}`, '>'],
	other: (p, declared) => [
		`\n  <${p}UBLExtensions${declared}>`,
		`\n    <${p}UBLExtension><${p}ExtensionContent><SignatureInformation xmlns="urn:example:archive"/>` +
			`</${p}ExtensionContent></${p}UBLExtension>\n  </${p}UBLExtensions>`,
	],
	signature: (p, declared) => [
		`\n  <${p}UBLExtensions${declared}><${p}UBLExtension><${p}ExtensionContent>` +
			`<sig:UBLDocumentSignatures xmlns:sig="${namespaces.sig}" xmlns:sac="${namespaces.sac}"><sac:SignatureInformation>`,
		'</sac:SignatureInformation></sig:UBLDocumentSignatures>' +
			`</${p}ExtensionContent></${p}UBLExtension></${p}UBLExtensions>`,
	],
};

/** A UBL document; with `extensions: 'empty'` it is complete only with a `/` between its parts. */
export function ublFile(kind: UblKind, id: string, how: Partial<Writing> = {}): UblFile {
	const writing = { ...plainly, ...how };
	const { extensions, rootPrefix, extPrefix, encoding } = writing;
	const { root } = kinds[kind];
	const rootName = `${rootPrefix === '' ? '' : 'ubl:'}${root}`;
	const prologue = writing.prologue
		? '<!-- <Invoice> by an ERP\'s "export" -->\n<?style href="a>b"?>\n'
		: '';
	const start =
		`<?xml version="1.0" encoding="${encoding}"?>\n${prologue}` +
		`<${rootName} xmlns${rootPrefix === '' ? '' : ':ubl'}="${schema(root)}"\n` +
		`  xmlns:cac="${namespaces.cac}" xmlns:cbc='${namespaces.cbc}'>`;
	const [opening, closing] = lists[extensions](
		extPrefix === '' ? '' : `${extPrefix}:`,
		` xmlns${extPrefix === '' ? '' : `:${extPrefix}`}="${namespaces.ext}"`,
	);
	const end = `${closing}${bodyOf(kind, id)}</${rootName}>\n<!-- end -->\n`;
	const encode = (text: string): Buffer =>
		Buffer.from(text.replaceAll('\n', writing.lineEnd), encoding === 'UTF-8' ? 'utf8' : 'latin1');
	const mark = writing.byteOrderMark ? Buffer.from('\ufeff') : Buffer.alloc(0);
	return { before: Buffer.concat([mark, encode(start + opening)]), after: encode(end) };
}

/** The document before anything is inserted. */
export function contentOf({ before, after }: UblFile, { extensions }: Partial<Writing>): Buffer {
	const between = extensions === 'empty' ? '/' : '';
	return Buffer.concat([before, Buffer.from(between), after]);
}
