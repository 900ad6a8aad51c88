/** An element of BER, of which DER is a part (X.690); offsets are those of the bytes it stands in. */
interface BerElement {
	/** Identifier octet. */
	tag: number;
	/** Where its content begins and ends. */
	start: number;
	end: number;
	/** Where the next element begins: behind the end mark when its length is not given. */
	next: number;
}

const tags = { octets: 0x04, pieces: 0x24, sequence: 0x30 } as const;

/** Elements within each other; a container needs fewer than 20 down to its content. */
const deepest = 64;

const armour = /^-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END /;

/** Object identifier of signed data (RFC 5652, section 5.1): 1.2.840.113549.1.7.2. */
const signedData = Buffer.from('06092a864886f70d010702', 'hex');

/** The container in binary, whether it came so or as PEM. */
function binaryOf(container: Buffer): Buffer {
	const base64 = container[0] === 0x2d ? armour.exec(container.toString('latin1'))?.[1] : undefined;
	return base64 === undefined ? container : Buffer.from(base64, 'base64');
}

/**
 * How the bytes are as a CAdES container, DER, BER or PEM (RFC 5652): `whole`, `cut` when some are
 * missing at the end, `none` when they are something else.
 */
export function containerState(content: Buffer): 'whole' | 'cut' | 'none' {
	const bytes = binaryOf(content);
	const outer = headerAt(bytes, 0);
	if (outer?.tag !== tags.sequence || !startsWith(bytes, outer.start, signedData)) return 'none';
	return elementAt(bytes, 0) ? 'whole' : 'cut';
}

/** The bytes that a CAdES container carries; undefined for a detached signature and what cannot be read. */
export function carriedContent(container: Buffer): Buffer | undefined {
	const bytes = binaryOf(container);
	const info = childrenOf(bytes, elementAt(bytes, 0));
	const [signed] = childrenOf(bytes, info[1]);
	const [, , encapsulated] = childrenOf(bytes, signed);
	const [, explicit] = childrenOf(bytes, encapsulated);
	const [octets] = childrenOf(bytes, explicit);
	return octets && octetsOf(bytes, octets);
}

/** The bytes of an octet string, which BER may hold in pieces. */
function octetsOf(bytes: Buffer, { tag, start, end }: BerElement): Buffer | undefined {
	if (tag === tags.octets) return bytes.subarray(start, end);
	if (tag !== tags.pieces) return undefined;
	const pieces = childrenOf(bytes, { tag, start, end, next: end });
	if (pieces.some((piece) => piece.tag !== tags.octets)) return undefined;
	return Buffer.concat(pieces.map((piece) => bytes.subarray(piece.start, piece.end)));
}

function childrenOf(bytes: Buffer, parent: BerElement | undefined): BerElement[] {
	const children: BerElement[] = [];
	for (let at = parent?.start ?? 0; parent && at < parent.end; ) {
		const child = elementAt(bytes, at);
		if (!child || child.next > parent.end) return [];
		children.push(child);
		at = child.next;
	}
	return children;
}

const startsWith = (bytes: Buffer, at: number, wanted: Buffer): boolean =>
	bytes.subarray(at, at + wanted.length).equals(wanted);

interface BerHeader {
	tag: number;
	/** Where the content begins. */
	start: number;
	/** Bytes of the content; undefined when an end mark closes it. */
	length?: number;
}

/** Reads an identifier of one octet and a length of up to four, more than any file needs. */
function headerAt(bytes: Buffer, at: number): BerHeader | undefined {
	const [tag, first] = [bytes[at], bytes[at + 1]];
	if (tag === undefined || first === undefined) return undefined;
	if (first < 0x80) return { tag, start: at + 2, length: first };
	const octets = first - 0x80;
	if (octets === 0) return (tag & 0x20) === 0 ? undefined : { tag, start: at + 2 };
	const start = at + 2 + octets;
	if (octets > 4 || start > bytes.length) return undefined;
	return { tag, start, length: bytes.readUIntBE(at + 2, octets) };
}

function elementAt(bytes: Buffer, at: number, depth = 0): BerElement | undefined {
	const header = headerAt(bytes, at);
	if (!header || depth > deepest) return undefined;
	const { tag, start, length } = header;
	if (length !== undefined) {
		const end = start + length;
		return end > bytes.length ? undefined : { tag, start, end, next: end };
	}
	let end = start;
	while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
		const child = elementAt(bytes, end, depth + 1);
		if (!child) return undefined;
		end = child.next;
	}
	return { tag, start, end, next: end + 2 };
}
