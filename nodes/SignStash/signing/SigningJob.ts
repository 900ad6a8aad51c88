import type { PreservationInfo, SignDocument } from '../service/messages';
import type { Operation, OperationDocument } from '../service/Operation';
import type { Claim, Word } from './evidence';
import type { Rules } from './state';

/** What to do when the reference already has a signature from an earlier run. */
export type IfAlreadySigned = Rules['ifAlreadySigned'];

/** One document to be signed, and how long that may take. */
export interface SigningJob extends Claim {
	/** The document as the service accepts it, under the given reference. */
	document(reference: string): SignDocument;
	/** What the request contains besides its documents. */
	settings: RequestSettings;
	ifAlreadySigned: IfAlreadySigned;
	/** Whether the signed content is to be returned. */
	wantContent: boolean;
	/** Milliseconds that one call may take, and that the node waits for an unfinished operation. */
	patience: { call: number; completion: number };
	/** Whether a signed content shows that it was made from this document's bytes. */
	shows(signed: Buffer): Promise<Word>;
	/** Whether {@link shows} answers `mine`; quick for a content that was made from other bytes. */
	isIn(signed: Buffer): Promise<boolean>;
	/** Why a content that came back cannot be the signed document, in words that continue "what came back"; undefined when it can. */
	flaw(signed: Buffer): string | undefined;
	/** What to check when the service says that its settings do not fit the document. */
	misfit: string;
}

/** The part of a request that all its documents share. */
export interface RequestSettings {
	/** Shown to signers; if undefined, the documents' names are used. */
	description?: string;
	/**
	 * Always sent: only with it is a document documented to be stored, and so can be fetched when an answer is lost.
	 */
	preservationInfo: PreservationInfo;
}

/** A signed document with its operation. */
export interface SignedDocument {
	/** The reference that it was sent under. */
	reference: string;
	operation: Operation;
	document: OperationDocument;
	/** Undefined only when the job did not ask for it. */
	content?: Buffer;
	/** Whether it was signed before this execution of the workflow. */
	recovered: boolean;
	/** Whether the service does not show when it was signed. */
	cannotTellWhen: boolean;
}
