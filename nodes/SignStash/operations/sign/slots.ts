import type { IExecuteFunctions } from 'n8n-workflow';
import { fileKind } from '../../documents/contentType';
import { safeReference } from '../../signing/references';
import type { Run } from '../context';
import { itemNumbers } from '../itemLoop';
import type { Hints } from './Hints';
import { inputFiles, type InputFile } from './inputFiles';
import { suffixes, type Commission } from './jobs';
import { parameterReader, type SignParameters } from './parameters';
import { headOf, storedBytes } from './readFile';
import { withImage } from './visible';

/** A place in the output, and what it costs to fill it. */
export interface Place {
	item: number;
	/** Place among the item's documents. */
	order: number;
	/** Bytes of content, as far as they are known. */
	size: number;
}

/** A file of an item that has to be read yet. */
export interface FileSlot extends Place {
	is: 'file';
	file: InputFile;
	parameters: SignParameters;
	commission: Commission;
	/** How many documents the item has. */
	documents: number;
}

/** Bad input: nothing is sent for it. */
export interface FaultUnit extends Place {
	is: 'fault';
	fault: unknown;
}

export type Slot = FileSlot | FaultUnit;

/** What finding an item's files may need beside the item. */
export interface Reading {
	context: IExecuteFunctions;
	run: () => Promise<Run>;
	hints: Hints;
}

/** The files of all items in their order; an item that cannot be used has one slot, which says why. */
export async function* slotsOf(reading: Reading): AsyncGenerator<Slot> {
	const read = parameterReader(reading.context);
	for await (const item of itemNumbers(reading.context)) {
		try {
			yield* itemSlots(reading, item, read(item));
		} catch (fault) {
			yield { is: 'fault', item, order: 0, fault, size: 0 };
		}
	}
}

async function* itemSlots(
	reading: Reading,
	item: number,
	parameters: SignParameters,
): AsyncGenerator<Slot> {
	const { context, hints } = reading;
	const files = await signable(reading, item, parameters);
	const { clientId } = await reading.run();
	const visible = await visibleInfo(context, item, parameters);
	const endings = suffixes(files.length);
	if (safeReference(parameters.reference) !== parameters.reference)
		hints.replaced.push(parameters.reference);
	for (const [order, file] of files.entries()) {
		const suffix = endings[order] ?? '';
		const commission = { clientId, suffix, visible, byPattern: file.byPattern };
		const documents = files.length;
		const size = storedBytes(file.binary);
		yield { is: 'file', item, order, size, file, parameters, commission, documents };
	}
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
