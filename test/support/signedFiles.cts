/** An element of DER, or of BER without its length. */
export function ber(tag: number, content: Array<Buffer | string>, given = true): Buffer {
	const bytes = Buffer.concat(
		content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)),
	);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return given
		? Buffer.concat([Buffer.from([tag, 0x84]), length, bytes])
		: Buffer.concat([Buffer.from([tag, 0x80]), bytes, Buffer.alloc(2)]);
}

/** An octet string. */
export const primitive = (content: Buffer): Buffer => ber(0x04, [content]);
const data = '06092a864886f70d010701';

/** Signed data (RFC 5652, section 5.1) down to its content; certificates and signers are left out. */
export function container(octets: Buffer | undefined, given = true): Buffer {
	const part = (tag: number, ...content: Array<Buffer | string>) => ber(tag, content, given);
	const encapsulated = octets ? part(0x30, data, part(0xa0, octets)) : part(0x30, data);
	const algorithms = part(0x31, '300b0609608648016503040201');
	const signed = part(0x30, '020101', algorithms, encapsulated, part(0x31));
	return part(0x30, '06092a864886f70d010702', part(0xa0, signed));
}

/** A container as PEM text. */
export const pem = (der: Buffer): Buffer =>
	Buffer.from(
		`-----BEGIN PKCS7-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PKCS7-----\n`,
	);

/** What differs between two PDFs. */
export interface Parts {
	page?: string;
	length?: number;
	id?: string;
	metadata?: string;
	more?: string;
}

/** An object with a stream, from its `obj` keyword on. */
export const stream = (dictionary: string, content: string): string =>
	`obj\n<<${dictionary}>>\nstream\n${content}\nendstream\nendobj\n`;
/** A PDF with a page and metadata, as plain as possible. */
export const pdf = ({
	page = 'Total 100.00',
	length = 12,
	id = 'AAAA',
	metadata = '',
	more = '',
}: Parts = {}): Buffer =>
	Buffer.from(
		`%PDF-1.7\n1 0 ${stream(`/Length ${length}`, page)}2 0 ${stream('/Type /Metadata', metadata)}${more}` +
			`trailer\n<</ID [<${id}>]>>\nstartxref\n9\n%%EOF\n`,
	);
/** What a PAdES signature adds to a PDF. */
export const update = Buffer.from(
	'9 0 obj\n<</ByteRange [0 1 2 3]>>\nendobj\nstartxref\n9\n%%EOF\n',
);
export const signedPdf = (base: Buffer): Buffer => Buffer.concat([base, update]);

export const xml = Buffer.from('<?xml version="1.0"?><a b="1"/>');
export const signedXml = Buffer.from(
	'<a b="1"><S:Signature xmlns:S="http://www.w3.org/2000/09/xmldsig#"/></a>',
);
