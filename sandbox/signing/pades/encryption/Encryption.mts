import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import {
	PDFArray,
	PDFBool,
	PDFDict,
	PDFHexString,
	PDFName,
	PDFNumber,
	PDFRawStream,
	PDFStream,
	PDFString,
} from 'pdf-lib';
import type { PDFContext, PDFDocument, PDFObject } from 'pdf-lib';
import { misconfigured } from '../../SignFault.mts';
import { fileKey } from './fileKey.mts';
import { rc4 } from './rc4.mts';

const name = (key: string): PDFName => PDFName.of(key);

const isText = (value: unknown): value is PDFString | PDFHexString =>
	value instanceof PDFString || value instanceof PDFHexString;

function bytesAt(dictionary: PDFDict, key: string): Buffer {
	const value = dictionary.lookup(name(key));
	return isText(value) ? Buffer.from(value.asBytes()) : Buffer.alloc(0);
}

const numberAt = (dictionary: PDFDict, key: string, otherwise: number): number =>
	dictionary.lookupMaybe(name(key), PDFNumber)?.asNumber() ?? otherwise;

type Method = (key: Buffer, content: Uint8Array) => Buffer;

function aes(algorithm: string): Method {
	return (key, content) => {
		const start = randomBytes(16);
		const cipher = createCipheriv(algorithm, key, start);
		return Buffer.concat([start, cipher.update(content), cipher.final()]);
	};
}

/** Algorithm 1 of ISO 32000-2: the key of an object. */
function objectKey(key: Buffer, number: number, generation: number, salt: string): Buffer {
	const place = Buffer.alloc(5);
	place.writeUIntLE(number, 0, 3);
	place.writeUInt16LE(generation, 3);
	const whole = createHash('md5').update(key).update(place).update(salt, 'latin1').digest();
	return whole.subarray(0, Math.min(key.length + 5, 16));
}

interface Way {
	encrypt: Method;
	/** Undefined: the file's key is used for every object. */
	salt: string | undefined;
}

const WAYS: ReadonlyMap<string, Way> = new Map([
	['V2', { encrypt: rc4, salt: '' }],
	['AESV2', { encrypt: aes('aes-128-cbc'), salt: 'sAlT' }],
	['AESV3', { encrypt: aes('aes-256-cbc'), salt: undefined }],
]);

/** How a file encrypts its streams or strings (ISO 32000-2, 7.6.6); undefined: it does not. */
function wayOf(dictionary: PDFDict, purpose: 'StmF' | 'StrF'): Way | undefined {
	if (numberAt(dictionary, 'V', 0) < 4) return WAYS.get('V2');
	const filter = dictionary.lookupMaybe(name(purpose), PDFName) ?? name('Identity');
	const method = dictionary
		.lookupMaybe(name('CF'), PDFDict)
		?.lookupMaybe(filter, PDFDict)
		?.lookupMaybe(name('CFM'), PDFName);
	return method && WAYS.get(method.decodeText());
}

/** Encrypts what an update adds to an encrypted PDF, in the same way as its existing content. */
export class Encryption {
	readonly #context: PDFContext;
	readonly #key: Buffer;
	readonly #texts: Way | undefined;
	readonly #streams: Way | undefined;

	private constructor(key: Buffer, dictionary: PDFDict) {
		this.#context = dictionary.context;
		this.#key = key;
		this.#texts = wayOf(dictionary, 'StrF');
		this.#streams = wayOf(dictionary, 'StmF');
	}

	/**
	 * The encryption of a PDF that opens without a password; undefined if the PDF is not encrypted.
	 * @throws {SignFault} if it needs a password, or uses another security handler than the standard one
	 */
	static of({ context }: PDFDocument): Encryption | undefined {
		const { Encrypt, ID } = context.trailerInfo;
		if (Encrypt === undefined) return undefined;
		const dictionary = context.lookup(Encrypt, PDFDict);
		const [id] = (ID && context.lookupMaybe(ID, PDFArray)?.asArray()) ?? [];
		const key = fileKey({
			revision: numberAt(dictionary, 'R', 0),
			keyLength: numberAt(dictionary, 'Length', 40) / 8,
			owner: bytesAt(dictionary, 'O'),
			user: bytesAt(dictionary, 'U'),
			userKey: bytesAt(dictionary, 'UE'),
			permissions: numberAt(dictionary, 'P', 0),
			encryptsMetadata:
				dictionary.lookupMaybe(name('EncryptMetadata'), PDFBool)?.asBoolean() !== false,
			id: isText(id) ? Buffer.from(id.asBytes()) : Buffer.alloc(0),
		});
		if (dictionary.lookupMaybe(name('Filter'), PDFName) !== name('Standard') || key === undefined)
			throw misconfigured('The PDF cannot be opened without a password');
		return new Encryption(key, dictionary);
	}

	/** An object as it is written; a signature itself is not encrypted (ISO 32000-2, 7.6.2). */
	written(object: PDFObject, number: number, generation: number): PDFObject {
		const encrypt = (way: Way | undefined, content: Uint8Array): Uint8Array => {
			if (way === undefined) return content;
			const { salt } = way;
			const key = salt === undefined ? this.#key : objectKey(this.#key, number, generation, salt);
			return way.encrypt(key, content);
		};
		const inner = (value: PDFObject): PDFObject => {
			if (isText(value))
				return PDFHexString.of(Buffer.from(encrypt(this.#texts, value.asBytes())).toString('hex'));
			if (value instanceof PDFArray) return this.#list(value, inner);
			if (value instanceof PDFStream) {
				const content = encrypt(this.#streams, value.getContents());
				const dictionary = this.#dictionary(value.dict, inner);
				dictionary.set(name('Length'), PDFNumber.of(content.length));
				return PDFRawStream.of(dictionary, content);
			}
			return value instanceof PDFDict ? this.#dictionary(value, inner) : value;
		};
		return inner(object);
	}

	#list(list: PDFArray, inner: (value: PDFObject) => PDFObject): PDFArray {
		return this.#context.obj(list.asArray().map(inner));
	}

	#dictionary(dictionary: PDFDict, inner: (value: PDFObject) => PDFObject): PDFDict {
		const written = PDFDict.withContext(dictionary.context);
		const isSignature = dictionary.has(name('ByteRange'));
		for (const [key, value] of dictionary.entries())
			written.set(key, isSignature && key === name('Contents') ? value : inner(value));
		return written;
	}
}
