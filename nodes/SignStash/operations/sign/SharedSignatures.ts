import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { badInput } from '../../Fault';
import type { SigningJob } from '../../signing/SigningJob';
import type { Work } from './jobs';

/** A signed document as items carry it: its file is in n8n's storage already. */
export interface SignedFile {
	json: IDataObject;
	/** Undefined when the document was not wanted back. */
	file?: IBinaryData;
	recovered: boolean;
}

interface Entry {
	fingerprint: string;
	signed: Promise<SignedFile>;
	settle: (signed: SignedFile) => void;
	fail: (reason: unknown) => void;
}

/**
 * The signatures that this run asks for, by external reference. Items that ask for the same one share
 * one request; a given reference may stand for one document only.
 */
export class SharedSignatures {
	private readonly entries = new Map<string, Entry>();

	/** Claims a reference: undefined for the first, the first one's signature for a copy of it. */
	claim({ job, fingerprint }: Work): Promise<SignedFile> | undefined {
		const earlier = this.entries.get(job.reference);
		if (earlier?.fingerprint === fingerprint) return earlier.signed;
		if (earlier)
			throw badInput(
				'External Reference',
				`'External Reference' '${job.reference}' is used by two different documents of this run`,
				'Give each document its own reference, or leave the parameter empty.',
			);
		const { promise, resolve, reject } = withResolvers<SignedFile>();
		promise.catch(() => undefined);
		this.entries.set(job.reference, {
			fingerprint,
			signed: promise,
			settle: resolve,
			fail: reject,
		});
		return undefined;
	}

	settle({ reference }: SigningJob, signed: SignedFile): void {
		this.entries.get(reference)?.settle(signed);
	}

	fail({ reference }: SigningJob, reason: unknown): void {
		this.entries.get(reference)?.fail(reason);
	}
}

function withResolvers<Value>() {
	let resolve: (value: Value) => void = () => undefined;
	let reject: (reason: unknown) => void = () => undefined;
	const promise = new Promise<Value>((settle, fail) => {
		resolve = settle;
		reject = fail;
	});
	return { promise, resolve, reject };
}
