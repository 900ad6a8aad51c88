import type { Database } from './state/Database.mts';
import type { AuthorityState } from './signing/index.mts';
import type { Reading } from './signing/pades/placement.mts';
import type { SignatureInfo, SignError } from './types.mts';

/** PEM certificates for verifying the signatures; empty strings when nothing is signed. */
export interface Certificates {
	caPem: string;
	signerPem: string;
	tsaPem: string;
}

export type Signing = { signedContent: Buffer } | { signError: SignError };

/** Signs documents. */
export interface Signer {
	readonly certificates: Certificates;
	sign(
		content: Buffer,
		contentType: string,
		info: SignatureInfo,
		reading: Reading,
	): Promise<Signing>;
}

const KEY = 'authority';

/** Returns every document as it came, without cryptography: for benchmarks. */
function echoSigner(): Signer {
	return {
		certificates: { caPem: '', signerPem: '', tsaPem: '' },
		sign: async (content) => ({ signedContent: content }),
	};
}

/** Really signs, with the sandbox's own authority, which is created once and kept with the state. */
async function realSigner(database: Database): Promise<Signer> {
	const { createSigningAuthority } = await import('./signing/index.mts');
	const { SignFault } = await import('./signing/SignFault.mts');
	const saved = database.kept(KEY);
	const state: AuthorityState | undefined = saved === null ? undefined : JSON.parse(saved);
	const authority = await createSigningAuthority(state);
	if (saved === null) database.keep(KEY, JSON.stringify(authority.state()));
	return {
		certificates: authority.certificates,
		sign: async (content, contentType, info, reading) => {
			try {
				return { signedContent: await authority.sign(content, contentType, info, reading) };
			} catch (error) {
				if (error instanceof SignFault) return { signError: error.signError };
				// The signing code is at fault, not the request; the service has an error for that too.
				console.error(error);
				return { signError: 'SIGN_OPERATION_INTERNAL_ERROR' };
			}
		},
	};
}

/** What the sandbox does with documents: `sign` really signs, `echo` returns them unsigned. */
export type Mode = 'sign' | 'echo';

export async function createSigner(mode: Mode, database: Database): Promise<Signer> {
	return mode === 'echo' ? echoSigner() : await realSigner(database);
}
