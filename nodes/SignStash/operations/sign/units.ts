import type { IExecuteFunctions } from 'n8n-workflow';
import { fileKind } from '../../documents/contentType';
import { documentOf, type Document } from '../../documents/Document';
import type { Run } from '../context';
import { safeReference } from '../../signing/references';
import { itemNumbers } from '../itemLoop';
import type { Hints } from './Hints';
import { inputFiles, type InputFile } from './inputFiles';
import { headOf, readFile } from './readFile';
import { suffixes, workFor, type Work } from './jobs';
import { parameterReader, type SignParameters } from './parameters';
import type { SharedSignatures, SignedFile } from './SharedSignatures';
import { withImage } from './visible';

interface Place {
	item: number;
	/** Place among the item's documents. */
	order: number;
	/** Key of documents that may share a request (see gather); undefined goes alone. */
	together?: string;
	/** Bytes of content. */
	size: number;
}

/** A document to be signed. */
export interface FreshUnit extends Place {
	is: 'fresh';
	work: Work;
	parameters: SignParameters;
}

/** A document that an earlier one of the run is the same as. */
export interface CopyUnit extends Place {
	is: 'copy';
	work: Work;
	parameters: SignParameters;
	signed: Promise<SignedFile>;
}

/** Bad input: nothing is sent for it. */
export interface FaultUnit extends Place {
	is: 'fault';
	fault: unknown;
}

/** One document's place in the run: where it comes from, and what is to be done for it. */
export type Unit = FreshUnit | CopyUnit | FaultUnit;

/** What reading an item may need beside the item. */
export interface Reading {
	context: IExecuteFunctions;
	run: () => Promise<Run>;
	shared: SharedSignatures;
	hints: Hints;
}

/** The documents of all items in their order, each read only when it is asked for. */
export async function* unitsOf(reading: Reading): AsyncGenerator<Unit> {
	const read = parameterReader(reading.context);
	for await (const item of itemNumbers(reading.context)) {
		try {
			yield* itemUnits(reading, item, read(item));
		} catch (fault) {
			yield { is: 'fault', item, order: 0, fault, size: 0 };
		}
	}
}

async function* itemUnits(
	reading: Reading,
	item: number,
	parameters: SignParameters,
): AsyncGenerator<Unit> {
	const { context, hints } = reading;
	const files = await signable(reading, item, parameters);
	const { clientId } = await reading.run();
	const visible = await visibleInfo(context, item, parameters);
	const endings = suffixes(files.length);
	if (safeReference(parameters.reference) !== parameters.reference)
		hints.replaced.push(parameters.reference);
	for (const [order, file] of files.entries()) {
		try {
			const document = await readDocument(context, item, file, parameters, files.length);
			const suffix = endings[order] ?? '';
			const { byPattern } = file;
			const commission = { clientId, suffix, visible, byPattern };
			const work = await workFor(document, parameters, commission);
			yield unitOf({ item, order }, work, parameters, reading.shared);
		} catch (fault) {
			yield { is: 'fault', item, order, fault, size: 0 };
		}
	}
}

function unitOf(
	place: Pick<Place, 'item' | 'order'>,
	work: Work,
	parameters: SignParameters,
	shared: SharedSignatures,
): Unit {
	const { job } = work;
	const common = { ...place, work, parameters, size: job.contentLength };
	const signed = shared.claim(work);
	if (signed) return { is: 'copy', signed, ...common };
	const { settings, wantContent, patience } = job;
	const together =
		parameters.receivers.length > 0
			? undefined
			: JSON.stringify([settings, wantContent, patience, parameters.timeout]);
	return { is: 'fresh', together, ...common };
}

/** Leaves out what only a pattern matched and cannot be signed; an item must not come away empty for it. */
async function signable(
	{ context, hints }: Reading,
	item: number,
	{ input, signatureType }: SignParameters,
): Promise<InputFile[]> {
	const files = inputFiles(context, item, input);
	if (signatureType === 'CAdES') return files;
	const kept: InputFile[] = [];
	for (const file of files) {
		if (!file.byPattern || fileKind(await headOf(context, file.binary)) !== 'other')
			kept.push(file);
		else hints.skipped.push(file.binary.fileName ?? file.field);
	}
	return kept.length > 0 ? kept : files.slice(0, 1);
}

async function visibleInfo(context: IExecuteFunctions, item: number, { visible }: SignParameters) {
	if (!visible || visible.imageField === '') return visible?.info;
	const [image] = inputFiles(context, item, visible.imageField, 'Image Field');
	if (!image) return visible.info;
	return withImage(visible, await context.helpers.getBinaryDataBuffer(item, image.binary));
}

async function readDocument(
	context: IExecuteFunctions,
	item: number,
	{ field, binary }: InputFile,
	{ documentName }: SignParameters,
	documents: number,
): Promise<Document> {
	const { content, head } = await readFile(context, item, binary);
	const own = binary.fileName || field;
	const name = documentName && documents === 1 ? documentName : own;
	return documentOf({ field, name, content, head, mimeType: binary.mimeType });
}
