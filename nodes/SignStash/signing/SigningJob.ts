import type {
	OperationDocument,
	PreservationInfo,
	SignDocument,
	SignOperation,
} from '../service/messages';

/** What to do when the reference holds a signature of an earlier run already. */
export type IfAlreadySigned = 'return' | 'fail' | 'signAgain';

/** One document to be signed, and how long that may take. */
export interface SigningJob {
	reference: string;
	/** True for a reference of our own making, which stands for the bytes whatever the file is called. */
	derived: boolean;
	name: string;
	/** Bytes before signing; the service keeps the number, which tells whether a found document is ours. */
	contentLength: number;
	/** The document as the service takes it, under the given reference. */
	document(reference: string): SignDocument;
	/** What the request says beside its documents. */
	settings: RequestSettings;
	ifAlreadySigned: IfAlreadySigned;
	/** Whether the signed content is wanted back. */
	wantContent: boolean;
	/** Milliseconds that sending, and then waiting for completion, may take each. */
	patience: { sending: number; completion: number };
}

/** The part of a request that all its documents share. */
export interface RequestSettings {
	/** Shown to signers; undefined takes the documents' names. */
	description?: string;
	preservationInfo?: PreservationInfo;
}

/** A signed document with its operation; `recovered` when it came by its reference and not by the answer. */
export interface SignedDocument {
	operation: SignOperation;
	document: OperationDocument;
	/** Undefined only when the job did not want it. */
	content?: Buffer;
	recovered: boolean;
}
