import type { Call, On } from './ruledCalls.cts';

/** What comes in place of an answer of the service: of a gateway, of a firewall, of nobody. */
export type Answer =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	| 'reset'
	| 'hang';

/** A document as the service keeps it. */
export interface Kept {
	externalReference: string;
	name: string;
	contentType: string;
	/** Bytes before signing. */
	content: Buffer;
	signedContent?: Buffer;
	signStatus: 'SIGNED' | 'ERROR_SIGNING' | 'RECEIVED';
	signError?: string;
}

/** An operation as the service keeps it. */
export interface KeptOperation {
	id: number;
	status: string;
	created: Date;
	mark: string;
	documents: Kept[];
	receivers: string[];
}

/** An operation as an answer shows it; a rule may change whatever it likes. */
export interface Shown {
	id: number;
	status?: string;
	creationDate?: string | null;
	folderExternalReference?: string | null;
	documentList: Array<Record<string, unknown>>;
	[more: string]: unknown;
}

type Maybe<Result> = Result | undefined | Promise<Result | undefined>;

/** How the service behaves; each rule may be changed between two runs. */
export interface Rules {
	/** Asked first: an answer, and the service never hears of the call. */
	before(call: Call): Maybe<Answer>;
	/** Asked when the service has done what it was asked for: an answer in place of its own. */
	instead(call: Call): Maybe<Answer>;
	/** The error with which a document is not signed. */
	signError(name: string): string | undefined;
	/** What a reference is kept and found under. */
	key(reference: string): string;
	/** What a request is told whose document's reference is taken; undefined replays the operation that has it. */
	duplicate: Answer | undefined;
	/** Milliseconds for which a signing request with this first document is at work; its references are looked at when it comes, and kept when it is done. */
	atWork(name: string): number;
	/** Whether the reference of an operation that failed is free again. */
	failedIsFree: boolean;
	/** The operation as an answer to this call shows it. */
	show(shown: Shown, kept: KeptOperation, on: On): Shown;
	/** What a look-up says of a reference that nobody has. */
	nobody: Answer;
}

/** A service that keeps the contract and has no faults. */
export const usual: Rules = {
	before: () => undefined,
	instead: () => undefined,
	signError: () => undefined,
	key: (reference) => reference,
	duplicate: { status: 409, body: { errorCode: '0.0.7', errorCodeDescription: 'Exists.' } },
	atWork: () => 0,
	failedIsFree: false,
	show: (shown) => shown,
	nobody: { status: 404, body: { errorCode: '9.9.9', errorCodeDescription: 'Not found.' } },
};

/** What a signing request holds. */
export interface Requested {
	externalReference: string;
	returnSignedContent?: boolean;
	preservationInfo?: {
		deliveryInfo?: { attachDocuments?: boolean; personReceiver?: Array<{ email: string }> };
	};
	documents: Array<{
		documentRequest: {
			externalReference: string;
			name: string;
			contentType: string;
			base64Content: string;
		};
		signatureInfo?: { signatureType?: string; visibleSignatureInfo?: { imageValue?: string } };
	}>;
}

/** A mail that was asked for anew. */
export interface Mail {
	operation: string;
	attach: string;
	receivers: string[];
}
