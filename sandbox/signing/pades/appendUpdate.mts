import { randomBytes } from 'node:crypto';
import { PDFArray, PDFHexString, PDFName, PDFNumber, PDFRawStream } from 'pdf-lib';
import type { PDFDict, PDFDocument, PDFObject, PDFRef } from 'pdf-lib';
import type { CrossReferences, OpenPdf } from './openPdf.mts';

/** An object of the update and the octet offset at which it starts. */
interface Entry {
	readonly number: number;
	readonly generation: number;
	readonly offset: number;
}

function bytesOf(object: PDFObject): Buffer {
	const bytes = Buffer.alloc(object.sizeInBytes());
	object.copyBytesInto(bytes, 0);
	return bytes;
}

const indirect = (number: number, generation: number, object: PDFObject): Buffer =>
	Buffer.concat([
		Buffer.from(`${number} ${generation} obj\n`),
		bytesOf(object),
		Buffer.from('\nendobj\n'),
	]);

type Row = [first: Entry, ...others: Entry[]];

/** Groups consecutive object numbers, as both kinds of cross-references list them. */
function runs(entries: readonly Entry[]): Row[] {
	const result: Row[] = [];
	for (const entry of entries) {
		const last = result.at(-1);
		if (last?.at(-1)?.number === entry.number - 1) last.push(entry);
		else result.push([entry]);
	}
	return result;
}

function trailer({ document, previous }: OpenPdf, size: number): PDFDict {
	const { context } = document;
	const { Root, Info, Encrypt, ID } = context.trailerInfo;
	const dictionary = context.obj({ Size: size, Prev: previous });
	for (const [key, value] of Object.entries({ Root, Info, Encrypt })) {
		if (value !== undefined) dictionary.set(PDFName.of(key), value);
	}
	const original = ID === undefined ? undefined : context.lookupMaybe(ID, PDFArray)?.get(0);
	if (original !== undefined) {
		const changed = PDFHexString.of(randomBytes(16).toString('hex'));
		dictionary.set(PDFName.of('ID'), context.obj([original, changed]));
	}
	return dictionary;
}

function table(pdf: OpenPdf, entries: readonly Entry[], offset: number, size: number): Buffer {
	const sections = runs(entries).map((run) => {
		const lines = run.map(
			(entry) =>
				`${String(entry.offset).padStart(10, '0')} ${String(entry.generation).padStart(5, '0')} n \n`,
		);
		return `${run[0].number} ${run.length}\n${lines.join('')}`;
	});
	return Buffer.concat([
		Buffer.from(`xref\n${sections.join('')}trailer\n`),
		bytesOf(trailer(pdf, size)),
		Buffer.from(`\nstartxref\n${offset}\n%%EOF\n`),
	]);
}

/** Octets per field of an entry: kind (1: neither free nor in a stream), offset, generation. */
const WIDTHS = [1, 6, 2];

function streamEntry({ offset, generation }: Entry): Buffer {
	const bytes = Buffer.alloc(9);
	bytes.writeUInt8(1, 0);
	bytes.writeUIntBE(offset, 1, 6);
	bytes.writeUInt16BE(generation, 7);
	return bytes;
}

function stream(pdf: OpenPdf, entries: readonly Entry[], offset: number, size: number): Buffer {
	const { context } = pdf.document;
	const all = [...entries, { number: size, generation: 0, offset }];
	const contents = Buffer.concat(all.map(streamEntry));
	const dictionary = trailer(pdf, size + 1);
	dictionary.set(PDFName.of('Type'), PDFName.of('XRef'));
	dictionary.set(PDFName.of('W'), context.obj(WIDTHS));
	dictionary.set(
		PDFName.of('Index'),
		context.obj(runs(all).flatMap((run) => [run[0].number, run.length])),
	);
	dictionary.set(PDFName.of('Length'), PDFNumber.of(contents.length));
	return Buffer.concat([
		indirect(size, 0, PDFRawStream.of(dictionary, contents)),
		Buffer.from(`startxref\n${offset}\n%%EOF\n`),
	]);
}

const WRITERS: Readonly<Record<CrossReferences, typeof table>> = { table, stream };

const numberOfObjects = (document: PDFDocument): number => document.context.largestObjectNumber + 1;

/**
 * Appends what was added to a document and changed in it as an incremental update (ISO 32000-1,
 * 7.5.6). The existing octets stay as they are, so earlier signatures stay valid.
 * @param changed the existing objects that were changed
 */
export function appendUpdate(pdf: OpenPdf, changed: ReadonlySet<PDFRef>): Buffer {
	const { content, document } = pdf;
	const parts: Buffer[] = [content, Buffer.from('\n')];
	let offset = content.length + 1;
	const entries: Entry[] = [];
	const objects = document.context
		.enumerateIndirectObjects()
		.filter(([ref]) => ref.objectNumber >= pdf.size || changed.has(ref));
	for (const [{ objectNumber: number, generationNumber: generation }, object] of objects) {
		// The strings of existing objects are already encrypted.
		const isNew = number >= pdf.size;
		const written = isNew ? pdf.encryption?.written(object, number, generation) : undefined;
		const bytes = indirect(number, generation, written ?? object);
		entries.push({ number, generation, offset });
		parts.push(bytes);
		offset += bytes.length;
	}
	entries.sort((a, b) => a.number - b.number);
	parts.push(WRITERS[pdf.crossReferences](pdf, entries, offset, numberOfObjects(document)));
	return Buffer.concat(parts);
}
