import { childrenOf, elementAt, headerAt, type BerElement } from './ber';

const tags = { octets: 0x04, pieces: 0x24, sequence: 0x30 } as const;

const armour = { begin: Buffer.from('-----BEGIN '), line: '-----', end: '-----END ' };

/** Object identifier of signed data (RFC 5652, section 5.1): 1.2.840.113549.1.7.2. */
const signedData = Buffer.from('06092a864886f70d010702', 'hex');

/** The container in binary, whether it came in binary or as PEM (RFC 7468). */
export function binaryOf(container: Buffer): Buffer {
	if (!startsWith(container, 0, armour.begin)) return container;
	const start = container.indexOf(armour.line, armour.begin.length) + armour.line.length;
	const end = container.indexOf(armour.end, start);
	if (start < armour.line.length || end < 0) return container;
	return Buffer.from(container.toString('latin1', start, end), 'base64');
}

/**
 * The state of the bytes as a CAdES container, DER, BER or PEM (RFC 5652): `whole`, `cut` when some are missing at
 * the end, `none` when they are something else.
 */
export function containerState(content: Buffer): 'whole' | 'cut' | 'none' {
	const bytes = binaryOf(content);
	const outer = headerAt(bytes, 0);
	if (outer?.tag !== tags.sequence || !startsWith(bytes, outer.start, signedData)) return 'none';
	return elementAt(bytes, 0) ? 'whole' : 'cut';
}

/** The parts of signed data, in their order (RFC 5652, section 5.1); none if it cannot be read. */
export function signedDataParts(bytes: Buffer): BerElement[] {
	const [, content] = childrenOf(bytes, elementAt(bytes, 0));
	const [signed] = childrenOf(bytes, content);
	return childrenOf(bytes, signed);
}

/** The bytes that a CAdES container carries; undefined for a detached signature and for one that cannot be read. */
export function carriedContent(container: Buffer): Buffer | undefined {
	const bytes = binaryOf(container);
	const [, , encapsulated] = signedDataParts(bytes);
	const [, explicit] = childrenOf(bytes, encapsulated);
	const [octets] = childrenOf(bytes, explicit);
	return octets && octetsOf(bytes, octets);
}

/** The bytes of an octet string, which BER may contain in pieces. */
function octetsOf(bytes: Buffer, { tag, start, end }: BerElement): Buffer | undefined {
	if (tag === tags.octets) return bytes.subarray(start, end);
	if (tag !== tags.pieces) return undefined;
	const pieces = childrenOf(bytes, { start, end });
	if (pieces.some((piece) => piece.tag !== tags.octets)) return undefined;
	return Buffer.concat(pieces.map((piece) => bytes.subarray(piece.start, piece.end)));
}

const startsWith = (bytes: Buffer, at: number, wanted: Buffer): boolean =>
	bytes.subarray(at, at + wanted.length).equals(wanted);
