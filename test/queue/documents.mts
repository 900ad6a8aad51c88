import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { documents as examples } from '../../tools/n8n/Stage.mts';
import type { Size } from './sizes.mts';

/** A document to be signed; its bytes are kept, as they cannot be reproduced. */
export interface Unsigned {
	name: string;
	bytes: Buffer;
}

/** The documents that one execution signs. */
export interface Batch {
	number: number;
	documents: Unsigned[];
}

/** Sizes from the smallest to the largest, evenly spread and in no particular order. */
function sizeOf(number: number, [least, most]: Size['bytes']): number {
	return Math.floor(least + ((number * 7919) % 1000) * ((most - least) / 1000));
}

async function pdf(padding: Buffer): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.addPage([595, 842]);
	document.context.register(document.context.stream(padding));
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

const invoice = readFileSync(join(examples, 'invoice.xml'), 'utf8');

/** The example invoice with its own number and a note as padding. */
function ubl(name: string, padding: Buffer): Buffer {
	const note = `<cbc:Note>${padding.toString('base64')}</cbc:Note>`;
	return Buffer.from(
		invoice
			.replace('<cbc:ID>FT 2025/123</cbc:ID>', `<cbc:ID>${name}</cbc:ID>`)
			.replace('<cbc:DocumentCurrencyCode>', `${note}\n  <cbc:DocumentCurrencyCode>`),
	);
}

async function document(prefix: string, number: number, size: number): Promise<Unsigned> {
	const isPdf = number % 2 === 0;
	const name = `${prefix}${String(number).padStart(5, '0')}.${isPdf ? 'pdf' : 'xml'}`;
	const bytes = isPdf
		? await pdf(randomBytes(size))
		: ubl(name, randomBytes(Math.floor((size * 3) / 4)));
	return { name, bytes };
}

/** New documents, alternately PDF and UBL, in batches of one size. */
export async function makeBatches(
	prefix: string,
	{ documents, executions, bytes }: Pick<Size, 'documents' | 'executions' | 'bytes'>,
): Promise<Batch[]> {
	const each = documents / executions;
	const batches: Batch[] = [];
	for (let number = 0; number < executions; number++) {
		const batch: Batch = { number, documents: [] };
		for (let at = number * each; at < (number + 1) * each; at++)
			batch.documents.push(await document(prefix, at, sizeOf(at, bytes)));
		batches.push(batch);
	}
	return batches;
}
