/** DER encoding (X.690) of the few ASN.1 types that CMS messages are made of. */

function length(size: number): Buffer {
	if (size < 0x80) return Buffer.from([size]);
	const hex = size.toString(16);
	const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
	return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

/** Any type, by its identifier octet. */
export function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

export const sequence = (...items: readonly Buffer[]): Buffer => tagged(0x30, ...items);
/** A context-specific constructed tag. */
export const context = (number: number, ...items: readonly Buffer[]): Buffer =>
	tagged(0xa0 | number, ...items);
export const octets = (value: Buffer): Buffer => tagged(0x04, value);
export const nothing = (): Buffer => tagged(0x05);

/** The elements of a SET OF in the order that DER requires. */
export const sorted = (items: readonly Buffer[]): Buffer[] =>
	[...items].sort((a, b) => Buffer.compare(a, b));
export const setOf = (...items: readonly Buffer[]): Buffer => tagged(0x31, ...sorted(items));

/** A non-negative INTEGER. */
export function integer(value: number | Buffer): Buffer {
	const bytes = typeof value === 'number' ? Buffer.from([value]) : value;
	return tagged(0x02, bytes.readUInt8() & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function base128(value: number): number[] {
	const digits = [value & 0x7f];
	for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
	return digits;
}

/** @param dotted such as `1.2.840.113549` */
export function oid(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	return tagged(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

const digits = (time: Date): string => time.toISOString().replace(/\.\d+|[-:T]/g, '');
export const generalizedTime = (time: Date): Buffer => tagged(0x18, Buffer.from(digits(time)));
/** For years up to 2049. */
export const utcTime = (time: Date): Buffer => tagged(0x17, Buffer.from(digits(time).slice(2)));
