import type { Call, On } from './ruledCalls.cts';

/** What arrives in place of the service's answer: from a gateway, from a firewall, or nothing. */
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

/** An operation as an answer shows it; a rule may change anything in it. */
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
	/** Asked first: with an answer, the service never receives the call. */
	before(call: Call): Maybe<Answer>;
	/** Asked once the service has carried out the call: an answer in place of its own. */
	instead(call: Call): Maybe<Answer>;
	/** The error because of which a document is not signed. */
	signError(name: string): string | undefined;
	/** The form in which a reference is stored and found. */
	key(reference: string): string;
	/** The answer to a request with a document whose reference is in use; undefined replays the operation that has it. */
	duplicate: Answer | undefined;
	/** Milliseconds for which a signing request with this first document is in progress; its references are checked when it arrives, and stored when it is finished. */
	atWork(name: string): number;
	/** Whether the reference of a failed operation is free again. */
	failedIsFree: boolean;
	/** The operation as the answer to this call shows it. */
	show(shown: Shown, kept: KeptOperation, on: On): Shown;
	/** The answer to a look-up of a reference that nobody has. */
	nobody: Answer;
}

/** A service that follows the contract and has no faults. */
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

/** The contents of a signing request. */
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

/** An email whose resending was requested. */
export interface Mail {
	operation: string;
	attach: string;
	receivers: string[];
}
