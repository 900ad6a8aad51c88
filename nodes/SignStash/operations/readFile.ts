import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { free } from '../bytes/blocks';
import { contentOf, type Content } from '../bytes/Content';
import { headBytes } from '../documents/fileKind';

/** A larger file stays in n8n's storage and is read in pieces each time it is needed, in bytes. */
const wholeUpTo = 8_000_000;

/** Bytes that are read from storage at a time. */
const pieceBytes = 768 * 1024;

/** A file's bytes, and its first ones. */
export interface FileContent {
	content: Content;
	head: Buffer;
}

/** Reads a file from n8n's storage, or makes it ready to be read in pieces when it is large. */
export async function readFile(
	context: IExecuteFunctions,
	item: number,
	binary: IBinaryData,
): Promise<FileContent> {
	const { id, bytes: length } = binary;
	if (id !== undefined && length !== undefined && length > wholeUpTo)
		return {
			head: await headOf(context, binary),
			content: { length, pieces: () => stored(context, id), release: () => undefined },
		};
	const bytes = await context.helpers.getBinaryDataBuffer(item, binary);
	return { head: bytes.subarray(0, headBytes), content: contentOf(bytes) };
}

/** How long a file is, as far as that is known without reading it. */
export function storedBytes({ bytes, data }: IBinaryData): number {
	return bytes ?? data.length;
}

/** A file's first bytes, without reading more of it where the storage allows that. */
export async function headOf(
	context: IExecuteFunctions,
	{ id, data }: IBinaryData,
): Promise<Buffer> {
	if (id === undefined) return Buffer.from(data.slice(0, headBytes), 'base64');
	for await (const chunk of await context.helpers.getBinaryStream(id, headBytes))
		return Buffer.from(chunk as Buffer);
	return Buffer.alloc(0);
}

async function* stored(context: IExecuteFunctions, id: string): AsyncGenerator<Buffer> {
	for await (const chunk of await context.helpers.getBinaryStream(id, pieceBytes)) {
		const piece = chunk as Buffer;
		yield piece;
		free(piece);
	}
}
