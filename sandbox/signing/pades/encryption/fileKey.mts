import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.mts';

/** The padding of passwords that are shorter than 32 bytes (ISO 32000-2, 7.6.4.3.2). */
const PADDING = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);

/** What a PDF's encryption dictionary says about its key (ISO 32000-2, 7.6.4.2). */
export interface Lock {
	revision: number;
	/** In bytes. */
	keyLength: number;
	owner: Buffer;
	user: Buffer;
	/** The file's key, encrypted; only in revisions 5 and 6. */
	userKey: Buffer;
	permissions: number;
	encryptsMetadata: boolean;
	/** First part of the file's identifier. */
	id: Buffer;
}

const hash = (name: string, ...parts: Buffer[]): Buffer =>
	createHash(name).update(Buffer.concat(parts)).digest();

/** Algorithm 2: the key for an empty password. */
function keyOf({ revision, keyLength, owner, permissions, encryptsMetadata, id }: Lock): Buffer {
	const allowed = Buffer.alloc(4);
	allowed.writeInt32LE(permissions | 0);
	const clear = revision >= 4 && !encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
	let key = hash('md5', PADDING, owner.subarray(0, 32), allowed, id, clear).subarray(0, keyLength);
	for (let round = 0; revision >= 3 && round < 50; round += 1)
		key = hash('md5', key).subarray(0, keyLength);
	return key;
}

/** Algorithms 4 and 5: the user entry for an empty password, limited to the part that is compared. */
function userEntry({ revision, id }: Lock, key: Buffer): Buffer {
	if (revision === 2) return rc4(key, PADDING);
	return Array.from({ length: 20 }, (_, round) => round).reduce(
		(value, round) =>
			rc4(
				key.map((byte) => byte ^ round),
				value,
			),
		hash('md5', PADDING, id),
	);
}

/** Algorithm 2.B. */
function hardened(salt: Buffer): Buffer {
	let key = hash('sha256', salt);
	for (let round = 0; ; round += 1) {
		const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
		const encrypted = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
		const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
		key = hash(['sha256', 'sha384', 'sha512'][rest] ?? 'sha256', encrypted);
		if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32);
	}
}

/** Algorithm 2.A. */
function newKey({ revision, user, userKey }: Lock): Buffer | undefined {
	const digest = (salt: Buffer): Buffer => (revision === 5 ? hash('sha256', salt) : hardened(salt));
	if (!digest(user.subarray(32, 40)).equals(user.subarray(0, 32))) return undefined;
	const decipher = createDecipheriv('aes-256-cbc', digest(user.subarray(40, 48)), Buffer.alloc(16));
	return decipher.setAutoPadding(false).update(userKey.subarray(0, 32));
}

/** The key of a file that opens without a password; undefined if it does not. */
export function fileKey(lock: Lock): Buffer | undefined {
	if (lock.revision >= 5) return newKey(lock);
	const key = keyOf(lock);
	const entry = userEntry(lock, key);
	return entry.equals(lock.user.subarray(0, entry.length)) ? key : undefined;
}
