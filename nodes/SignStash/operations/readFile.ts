import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { badInput, type BadInput } from '../Fault';
import { free } from '../bytes/blocks';
import { contentOf, type Content } from '../bytes/Content';
import { headBytes } from '../documents/fileKind';

/** A larger file stays in n8n's storage and is read in pieces each time it is needed, in bytes. */
const wholeUpTo = 8_000_000;

/** Bytes that are read from storage at a time. */
const pieceBytes = 768 * 1024;

/** A file of an item, with the field that contains it. */
export interface FieldFile {
	/** Binary field. */
	field: string;
	binary: IBinaryData;
	/** Display name of the parameter that names the field. */
	parameter: string;
}

/** A file's bytes, and its first ones. */
export interface FileContent {
	content: Content;
	head: Buffer;
}

/** The name of a file: its own, which a step may have given as a number, or that of its field. */
export function nameOf({ binary, field }: Pick<FieldFile, 'binary' | 'field'>): string {
	const name: unknown = binary.fileName || field;
	return String(name);
}

/**
 * Reads a file from n8n's storage, or prepares it to be read in pieces when it is large.
 * @throws BadInput for a file that the storage does not return, also when its pieces are requested
 */
export async function readFile(
	context: IExecuteFunctions,
	item: number,
	file: FieldFile,
): Promise<FileContent> {
	const { id, bytes: length } = file.binary;
	if (id !== undefined && length !== undefined && length > wholeUpTo)
		return {
			head: await headOf(context, file),
			content: { length, pieces: () => stored(context, id, file), release: () => undefined },
		};
	const bytes = await wholeFile(context, item, file);
	return { head: bytes.subarray(0, headBytes), content: contentOf(bytes) };
}

/**
 * All bytes of a file.
 * @throws BadInput for a file that the storage does not return
 */
export async function wholeFile(
	context: IExecuteFunctions,
	item: number,
	file: FieldFile,
): Promise<Buffer> {
	try {
		return await context.helpers.getBinaryDataBuffer(item, file.binary);
	} catch {
		throw notRead(file);
	}
}

/** The length of a file, if it is known without reading it; its data may be a reference into the storage. */
export function storedBytes(binary: IBinaryData): number {
	return binary.bytes ?? dataOf(binary).length;
}

/** A file that an expression passes in may lack its data, whatever its type says. */
const dataOf = ({ data }: Partial<IBinaryData>): string => data ?? '';

/**
 * A file's first bytes, without reading more of it if the storage allows that.
 * @throws BadInput for a file that the storage does not return
 */
export async function headOf(context: IExecuteFunctions, file: FieldFile): Promise<Buffer> {
	const { id } = file.binary;
	if (id === undefined) return Buffer.from(dataOf(file.binary).slice(0, headBytes), 'base64');
	try {
		for await (const chunk of await context.helpers.getBinaryStream(id, headBytes))
			return Buffer.from(chunk as Buffer);
		return Buffer.alloc(0);
	} catch {
		throw notRead(file);
	}
}

async function* stored(
	context: IExecuteFunctions,
	id: string,
	file: FieldFile,
): AsyncGenerator<Buffer> {
	const chunks = await context.helpers.getBinaryStream(id, pieceBytes).catch(() => undefined);
	if (!chunks) throw notRead(file);
	for await (const chunk of chunks) {
		const piece = chunk as Buffer;
		yield piece;
		free(piece);
	}
}

function notRead(file: FieldFile): BadInput {
	const { field, parameter } = file;
	return badInput(
		parameter,
		`The file '${nameOf(file)}' in field '${field}' of '${parameter}' cannot be read from n8n's storage`,
		'Run the step that provides it again: n8n deletes the files of old executions.',
	);
}
