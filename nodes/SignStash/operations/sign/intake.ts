import type { IExecuteFunctions } from 'n8n-workflow';
import { badInput } from '../../Fault';
import { documentOf, type Document } from '../../documents/Document';
import { claimsToBeSignable } from '../../documents/claims';
import { fileKind, webKind } from '../../documents/fileKind';
import type { Run } from '../context';
import { itemNumbers } from '../itemLoop';
import { inputFiles, type InputFile } from './inputFiles';
import { parameterReader, type SignParameters } from './parameters';
import { readAhead, type AheadLimits } from '../../flow/readAhead';
import { headOf, nameOf, readFile, storedBytes, wholeFile } from '../readFile';
import { suffixes, taskFor, type Place, type Task } from './task';
import { withImage } from './visible';

/** Bad input, in the place of the document that it belongs to. */
export type RefusedInput = Place & { fault: unknown };

/** A document to read, and the bytes that it will then hold. */
interface Unread {
	size: number;
	read: () => Promise<Task | RefusedInput>;
}

/** As many as Node reads files at a time, and little compared with the requests in progress. */
const ahead: AheadLimits = { elements: 4, bytes: 8_000_000 };

/**
 * The documents of all items in their order, each as it will be sent; everything that can be checked before
 * sending is checked. While one is being sent, the next ones are read. Bad input becomes a refusal.
 * @param skip called with the name of each file that only a pattern matched and that is left out
 */
export async function* intake(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
	skip: (name: string) => void,
): AsyncGenerator<Task | RefusedInput> {
	yield* readAhead(unread(context, run, skip), ahead, async ({ read }) => await read());
}

async function* unread(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
	skip: (name: string) => void,
): AsyncGenerator<Unread> {
	const parametersOf = parameterReader(context);
	for await (const item of itemNumbers(context)) {
		try {
			yield* unreadOf(context, run, item, parametersOf(item), skip);
		} catch (fault) {
			yield { size: 0, read: async () => ({ item, order: 0, fault }) };
		}
	}
}

async function* unreadOf(
	context: IExecuteFunctions,
	run: () => Promise<Run>,
	item: number,
	parameters: SignParameters,
	skip: (name: string) => void,
): AsyncGenerator<Unread> {
	const { files, skipped } = await signable(context, item, parameters);
	for (const name of skipped) skip(name);
	const { clientId } = await run();
	const visible = await visibleInfo(context, item, parameters);
	const endings = suffixes(files.length);
	for (const [order, file] of files.entries()) {
		const own = { clientId, visible, suffix: endings[order] ?? '', byPattern: file.byPattern };
		const read = async (): Promise<Task | RefusedInput> => {
			try {
				const document = await readDocument(context, item, file, parameters, files.length);
				return await taskFor(document, parameters, { item, order, ...own });
			} catch (fault) {
				return { item, order, fault };
			}
		};
		yield { size: storedBytes(file.binary), read };
	}
}

async function readDocument(
	context: IExecuteFunctions,
	item: number,
	file: InputFile,
	{ documentName }: SignParameters,
	documents: number,
): Promise<Document> {
	const { field, binary, byPattern } = file;
	const { content, head } = await readFile(context, item, { ...file, parameter: inputField });
	const name = documentName && documents === 1 ? documentName : nameOf(file);
	const document = documentOf({ field, name, content, head, mimeType: binary.mimeType });
	if (byPattern) refusePage(document, head);
	return document;
}

const inputField = 'Input Data Field Name';

/** A page that a pattern matched, and that claims to be XML, is what a server sent instead of a file. */
function refusePage({ name, kind }: Document, head: Buffer): void {
	const page = kind === 'xml' ? webKind(head) : undefined;
	if (page !== 'an HTML page') return;
	throw badInput(
		inputField,
		`'${name}' is ${page} (XHTML), and only a pattern in '${inputField}' matched it`,
		`Look at the file in the step that provides it. If the page itself is to be signed, name its field in '${inputField}'.`,
	);
}

/**
 * Leaves out what only a pattern matched, cannot be signed, and does not claim to be signable; an item must not
 * end up empty because of it.
 */
async function signable(
	context: IExecuteFunctions,
	item: number,
	{ input, signatureType }: SignParameters,
): Promise<{ files: InputFile[]; skipped: string[] }> {
	const all = inputFiles(context, item, input);
	const files: InputFile[] = [];
	const skipped: string[] = [];
	for (const file of all) {
		const isMeant = !file.byPattern || (await isDocument(context, file, signatureType));
		if (isMeant) files.push(file);
		else skipped.push(nameOf(file));
	}
	return files.length > 0
		? { files, skipped }
		: { files: all.slice(0, 1), skipped: skipped.slice(1) };
}

/**
 * Whether a file is to be signed, or claims to be signable; one that cannot be read is reported when its turn
 * comes.
 */
async function isDocument(
	context: IExecuteFunctions,
	file: InputFile,
	signatureType: SignParameters['signatureType'],
): Promise<boolean> {
	const { binary } = file;
	if (claimsToBeSignable({ name: nameOf(file), mimeType: binary.mimeType })) return true;
	if (signatureType === 'CAdES') return storedBytes(binary) > 0;
	try {
		const head = await headOf(context, { ...file, parameter: inputField });
		return fileKind(head) !== 'other' && webKind(head) === undefined;
	} catch {
		return true;
	}
}

async function visibleInfo(context: IExecuteFunctions, item: number, { visible }: SignParameters) {
	if (!visible || visible.imageField === '') return visible?.info;
	const parameter = 'Image Field';
	const [image] = inputFiles(context, item, visible.imageField, parameter);
	if (!image) return visible.info;
	return withImage(visible, await wholeFile(context, item, { ...image, parameter }));
}
