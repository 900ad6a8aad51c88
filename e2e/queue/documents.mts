import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { documents as examples } from '../../harness/Stage.mts';

/** A document to be signed; its bytes are kept, for they cannot be made the same again. */
export interface Unsigned {
	name: string;
	bytes: Buffer;
}

/** The documents that one execution signs. */
export interface Batch {
	number: number;
	documents: Unsigned[];
}

const kilobyte = 1024;
const smallest = 20 * kilobyte;
const largest = 200 * kilobyte;

/** Sizes from the smallest to the largest, spread evenly and in no order. */
function sizeOf(number: number): number {
	return smallest + ((number * 7919) % 1000) * ((largest - smallest) / 1000);
}

async function pdf(padding: Buffer): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.addPage([595, 842]);
	document.context.register(document.context.stream(padding));
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

const invoice = readFileSync(join(examples, 'invoice.xml'), 'utf8');

/** The example invoice with a number of its own and a note that pads it. */
function ubl(name: string, padding: Buffer): Buffer {
	const note = `<cbc:Note>${padding.toString('base64')}</cbc:Note>`;
	return Buffer.from(
		invoice
			.replace('<cbc:ID>FT 2025/123</cbc:ID>', `<cbc:ID>${name}</cbc:ID>`)
			.replace('<cbc:DocumentCurrencyCode>', `${note}\n  <cbc:DocumentCurrencyCode>`),
	);
}

async function document(prefix: string, number: number): Promise<Unsigned> {
	const isPdf = number % 2 === 0;
	const name = `${prefix}${String(number).padStart(5, '0')}.${isPdf ? 'pdf' : 'xml'}`;
	const size = sizeOf(number);
	const bytes = isPdf
		? await pdf(randomBytes(size))
		: ubl(name, randomBytes(Math.floor((size * 3) / 4)));
	return { name, bytes };
}

/** So many new documents of 20 to 200 KB, PDF and UBL in turns, in so many batches of one size. */
export async function makeBatches(
	prefix: string,
	documents: number,
	executions: number,
): Promise<Batch[]> {
	const each = documents / executions;
	const batches: Batch[] = [];
	for (let number = 0; number < executions; number++) {
		const batch: Batch = { number, documents: [] };
		for (let place = 0; place < each; place++)
			batch.documents.push(await document(prefix, number * each + place));
		batches.push(batch);
	}
	return batches;
}
