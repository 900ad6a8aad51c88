import { badInput } from '../Fault';
import type { Content } from '../bytes/Content';
import {
	automaticType,
	contentTypeOf,
	kindNeeded,
	type ContentType,
	type SignatureType,
} from './contentType';
import { fileKind, type FileKind } from './fileKind';
import { looksLike, type Looks } from './looksLike';

/** A file as it came from an item. */
export interface ReadFile {
	/** Binary field it came from. */
	field: string;
	name: string;
	content: Content;
	/** Its first bytes, as many as `headBytes` of `fileKind.ts`, which are enough to tell what it is. */
	head: Buffer;
	/** MIME type that n8n knows it by. */
	mimeType?: string;
}

/** A file to be signed. */
export interface Document extends Omit<ReadFile, 'mimeType' | 'head'> {
	kind: FileKind;
	/** What it is if it is neither PDF nor XML, if that is known. */
	looks?: Looks;
	/** Content type that is sent to the service. */
	contentType: ContentType;
}

const kindNames: Record<FileKind, string> = {
	pdf: 'a PDF',
	xml: 'an XML file',
	other: 'neither a PDF nor an XML file',
};

/** Makes a document from a field's bytes; an empty file is refused. */
export function documentOf({ field, name, content, head, mimeType }: ReadFile): Document {
	if (content.length === 0)
		throw badInput(
			'Input Data Field Name',
			`The file '${name}' in field '${field}' of 'Input Data Field Name' is empty`,
			'Check the step that provides the file.',
		);
	const kind = fileKind(head);
	const looks = kind === 'other' ? looksLike(head) : undefined;
	const contentType = contentTypeOf(kind, mimeType);
	return { field, name, content, kind, contentType, ...(looks ? { looks } : {}) };
}

/** Decides the signature type for a document and refuses those that do not fit its bytes. */
export function signatureTypeFor(
	document: Document,
	chosen: SignatureType | 'automatic',
): SignatureType {
	const { kind, name, looks } = document;
	const type = chosen === 'automatic' ? automaticType[kind] : chosen;
	const [ending] = kind === 'other' ? (/\.(pdf|xml)$/i.exec(name) ?? []) : [];
	const named = ending === undefined ? '' : `, although its name ends in ${ending}`;
	const what = looks ? `${kindNames[kind]}, but ${looks.what}` : `${kindNames[kind]}${named}`;
	if (type === undefined)
		throw badInput(
			'Signature Type',
			`'${name}' is ${what}, so 'Signature Type' Automatic cannot choose a type`,
			looks?.remedy ??
				"Give this step a PDF or an XML file, or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container whose name ends in .p7m.",
		);
	const needed = kindNeeded[type];
	if (needed !== undefined && needed !== kind)
		throw badInput(
			'Signature Type',
			`'Signature Type' ${type} needs ${kindNames[needed]}, but '${name}' is ${what}`,
			looks?.remedy ?? remedies[kind],
		);
	return type;
}

const remedies = {
	pdf: "Set 'Signature Type' to Automatic, or give this step another file.",
	xml: "Set 'Signature Type' to Automatic, or give this step another file.",
	other:
		"Give this step another file, or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container whose name ends in .p7m.",
};
