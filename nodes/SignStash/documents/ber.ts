/** An element of BER, of which DER is a part (X.690); offsets are those in the bytes that contain it. */
export interface BerElement {
	/** Identifier octet. */
	tag: number;
	/** Where it begins. */
	at: number;
	/** Where its content begins and ends. */
	start: number;
	end: number;
	/** Where the next element begins: after the end mark if its length is not given. */
	next: number;
}

/** Maximum nesting of elements; a container needs fewer than 20 down to its content. */
const deepest = 64;

/** The elements within an element, in their order; none when it is cut short. */
export function childrenOf(
	bytes: Buffer,
	parent: Pick<BerElement, 'start' | 'end'> | undefined,
): BerElement[] {
	const children: BerElement[] = [];
	for (let at = parent?.start ?? 0; parent && at < parent.end; ) {
		const child = elementAt(bytes, at);
		if (!child || child.next > parent.end) return [];
		children.push(child);
		at = child.next;
	}
	return children;
}

interface BerHeader {
	tag: number;
	/** Where the content begins. */
	start: number;
	/** Bytes of the content; undefined when an end mark closes it. */
	length?: number;
}

/** Reads an identifier of one octet and a length of up to four, more than any file needs. */
export function headerAt(bytes: Buffer, at: number): BerHeader | undefined {
	const [tag, first] = [bytes[at], bytes[at + 1]];
	if (tag === undefined || first === undefined) return undefined;
	if (first < 0x80) return { tag, start: at + 2, length: first };
	const octets = first - 0x80;
	if (octets === 0) return (tag & 0x20) === 0 ? undefined : { tag, start: at + 2 };
	const start = at + 2 + octets;
	if (octets > 4 || start > bytes.length) return undefined;
	return { tag, start, length: bytes.readUIntBE(at + 2, octets) };
}

/** The element that begins here; undefined when it is cut short, or nested too deeply. */
export function elementAt(bytes: Buffer, at: number, depth = 0): BerElement | undefined {
	const header = headerAt(bytes, at);
	if (!header || depth > deepest) return undefined;
	const { tag, start, length } = header;
	if (length !== undefined) {
		const end = start + length;
		return end > bytes.length ? undefined : { tag, at, start, end, next: end };
	}
	let end = start;
	while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
		const child = elementAt(bytes, end, depth + 1);
		if (!child) return undefined;
		end = child.next;
	}
	return { tag, at, start, end, next: end + 2 };
}
