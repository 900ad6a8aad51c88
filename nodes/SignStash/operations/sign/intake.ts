import type { IExecuteFunctions } from 'n8n-workflow';
import { documentOf, type Document } from '../../documents/Document';
import { fileKind } from '../../documents/fileKind';
import type { Run } from '../context';
import { itemNumbers } from '../itemLoop';
import { inputFiles, type InputFile } from './inputFiles';
import { parameterReader, type SignParameters } from './parameters';
import { readAhead, type AheadLimits } from '../../flow/readAhead';
import { headOf, readFile, storedBytes } from '../readFile';
import { suffixes, taskFor, type Task } from './task';
import { withImage } from './visible';

/** What an item brings: documents to sign, bad input, or files that only a pattern matched. */
export type Taken =
	| Task
	| { is: 'refusal'; item: number; order: number; fault: unknown }
	| { is: 'skipped'; name: string };

/** Something of an item that can be taken, and the bytes that it will hold then. */
interface Source {
	size: number;
	take: () => Promise<Taken>;
}

/** As many as Node reads files at a time, and little beside the requests that are under way. */
const ahead: AheadLimits = { elements: 4, bytes: 8_000_000 };

/**
 * The documents of all items in their order, each as it will be sent; everything that can be checked before
 * sending is checked. While one is on its way, the next ones are read. Bad input becomes a refusal.
 */
export async function* intake(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
): AsyncGenerator<Taken> {
	yield* readAhead(sourcesOf(context, run), ahead, async ({ take }) => await take());
}

async function* sourcesOf(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
): AsyncGenerator<Source> {
	const read = parameterReader(context);
	for await (const item of itemNumbers(context)) {
		try {
			yield* itemSources(context, run, item, read(item));
		} catch (fault) {
			yield sourceOf({ is: 'refusal', item, order: 0, fault });
		}
	}
}

const sourceOf = (taken: Taken): Source => ({ size: 0, take: async () => taken });

async function* itemSources(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
	item: number,
	parameters: SignParameters,
): AsyncGenerator<Source> {
	const { files, skipped } = await signable(context, item, parameters);
	for (const name of skipped) yield sourceOf({ is: 'skipped', name });
	const { clientId } = await run();
	const visible = await visibleInfo(context, item, parameters);
	const endings = suffixes(files.length);
	for (const [order, file] of files.entries()) {
		const own = { clientId, visible, suffix: endings[order] ?? '', byPattern: file.byPattern };
		const take = async (): Promise<Taken> => {
			try {
				const document = await readDocument(context, item, file, parameters, files.length);
				return await taskFor(document, parameters, { item, order, ...own });
			} catch (fault) {
				return { is: 'refusal', item, order, fault };
			}
		};
		yield { size: storedBytes(file.binary), take };
	}
}

async function readDocument(
	context: IExecuteFunctions,
	item: number,
	{ field, binary }: InputFile,
	{ documentName }: SignParameters,
	documents: number,
): Promise<Document> {
	const { content, head } = await readFile(context, item, binary);
	const name = documentName && documents === 1 ? documentName : binary.fileName || field;
	return documentOf({ field, name, content, head, mimeType: binary.mimeType });
}

/** Leaves out what only a pattern matched and cannot be signed; an item must not come away empty for it. */
async function signable(
	context: IExecuteFunctions,
	item: number,
	{ input, signatureType }: SignParameters,
): Promise<{ files: InputFile[]; skipped: string[] }> {
	const all = inputFiles(context, item, input);
	if (signatureType === 'CAdES') return { files: all, skipped: [] };
	const files: InputFile[] = [];
	const skipped: string[] = [];
	for (const file of all) {
		if (!file.byPattern || fileKind(await headOf(context, file.binary)) !== 'other')
			files.push(file);
		else skipped.push(file.binary.fileName ?? file.field);
	}
	return files.length > 0
		? { files, skipped }
		: { files: all.slice(0, 1), skipped: skipped.slice(1) };
}

async function visibleInfo(context: IExecuteFunctions, item: number, { visible }: SignParameters) {
	if (!visible || visible.imageField === '') return visible?.info;
	const [image] = inputFiles(context, item, visible.imageField, 'Image Field');
	if (!image) return visible.info;
	return withImage(visible, await context.helpers.getBinaryDataBuffer(item, image.binary));
}
