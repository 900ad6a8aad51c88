import { createCipheriv, createHash } from 'crypto';
import type { PdfDictionary, PdfValue } from './PdfReader';

/** What a password shorter than 32 bytes is filled up with (ISO 32000-2, 7.6.4.3.2). */
const padding = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);

/** What an encryption dictionary holds for checking a password. */
interface Lock {
	revision: number;
	/** Lengths that the key may have, in bytes: some programs give it wrongly, or not at all. */
	keyLengths: number[];
	owner: Buffer;
	user: Buffer;
	permissions: number;
	encryptsMetadata: boolean;
	/** First part of the file's identifier. */
	id: Buffer;
}

/**
 * Whether a PDF opens without a password: one that only restricts printing or changing does, and a
 * service may sign it. Undefined when it cannot be told.
 * @param encryption the encryption dictionary (ISO 32000-2, 7.6.2 and 7.6.4)
 * @param id first part of the file's identifier
 */
export function opensWithoutPassword(encryption: PdfDictionary, id: Buffer): boolean | undefined {
	const lock = lockOf(encryption, id);
	const check = lock && checks.get(lock.revision);
	return lock && check?.(lock);
}

function lockOf(encryption: PdfDictionary, id: Buffer): Lock | undefined {
	const filter = encryption.get('Filter');
	const standard = isName(filter) && filter.name === 'Standard';
	const [owner, user] = [encryption.get('O'), encryption.get('U')];
	const [revision, permissions] = [encryption.get('R'), encryption.get('P')];
	const length = encryption.get('Length');
	if (!standard || !Buffer.isBuffer(owner) || !Buffer.isBuffer(user)) return undefined;
	if (typeof revision !== 'number' || typeof permissions !== 'number') return undefined;
	if (owner.length < 32 || user.length < (revision < 5 ? 32 : 48)) return undefined;
	const keyLengths = [typeof length === 'number' ? length / 8 : 5, 16, 5];
	const encryptsMetadata = encryption.get('EncryptMetadata') !== false;
	return { revision, keyLengths, owner, user, permissions, encryptsMetadata, id };
}

const isName = (value: PdfValue): value is { name: string } =>
	typeof value === 'object' && 'name' in value;

/** The checks of an empty user password, by the handler's revision. */
const checks = new Map<number, (lock: Lock) => boolean>([
	[2, (lock) => fileKeys(lock).some((key) => rc4(key, padding).equals(lock.user.subarray(0, 32)))],
	[3, opensByRc4],
	[4, opensByRc4],
	[5, ({ user }) => sha('sha256', validationSalt(user)).equals(user.subarray(0, 32))],
	[6, ({ user }) => hardened(validationSalt(user)).equals(user.subarray(0, 32))],
]);

const validationSalt = (user: Buffer): Buffer => user.subarray(32, 40);

const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const sha = (name: string, ...parts: Buffer[]): Buffer =>
	createHash(name).update(Buffer.concat(parts)).digest();

/** Algorithm 2 of ISO 32000-2, for an empty password: the file's key in each of its lengths. */
function fileKeys(lock: Lock): Buffer[] {
	const { revision, keyLengths, owner, permissions, encryptsMetadata, id } = lock;
	const allowed = Buffer.alloc(4);
	allowed.writeInt32LE(permissions | 0);
	const unencrypted = revision >= 4 && !encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
	const first = md5(padding, owner.subarray(0, 32), allowed, id, unencrypted);
	return keyLengths.map((length) => {
		let key = first.subarray(0, length);
		if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key).subarray(0, length);
		return key;
	});
}

/** Algorithm 5. */
function opensByRc4(lock: Lock): boolean {
	return fileKeys(lock).some((key) => {
		let value = md5(padding, lock.id);
		for (let round = 0; round < 20; round++)
			value = rc4(
				key.map((byte) => byte ^ round),
				value,
			);
		return value.equals(lock.user.subarray(0, 16));
	});
}

/** Algorithm 2.B, for an empty password. */
function hardened(salt: Buffer): Buffer {
	let key = sha('sha256', salt);
	for (let round = 0; ; round++) {
		const input = Buffer.concat(Array.from({ length: 64 }, () => key));
		const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
		const encrypted = cipher.update(input);
		const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
		key = sha(['sha256', 'sha384', 'sha512'][rest] ?? 'sha256', encrypted);
		if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32);
	}
}

/** RC4, which OpenSSL no longer offers. */
function rc4(key: Uint8Array, content: Buffer): Buffer {
	const state = Uint8Array.from({ length: 256 }, (_, at) => at);
	const swap = (one: number, other: number): void => {
		[state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
	};
	for (let at = 0, other = 0; at < 256; at++) {
		other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 255;
		swap(at, other);
	}
	let [one, other] = [0, 0];
	return Buffer.from(
		content.map((byte) => {
			one = (one + 1) & 255;
			other = (other + (state[one] ?? 0)) & 255;
			swap(one, other);
			return byte ^ (state[((state[one] ?? 0) + (state[other] ?? 0)) & 255] ?? 0);
		}),
	);
}
