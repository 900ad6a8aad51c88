import type { RefusalClass } from './Reply';

/** What something the service said means, and what to do about it. */
export interface Explanation {
	meaning: string;
	remedy: string;
}

/** A code of the contract's ErrorBody: it alone decides what a refusal means, whatever the status. */
export interface CodeExplanation extends Explanation {
	class: RefusalClass;
	/** Whether a look-up may give it for a reference that is not in use; all other codes are about something else. */
	ofReference?: true;
}

const support = 'Ask signstash@multicert.com.';

/**
 * Codes the vendor documents, and `2.2.1`, which was publicly seen. An email that could not be sent (`0.0.5`)
 * says nothing against the signature.
 */
const codes: Record<string, CodeExplanation> = {
	'0.0.1': {
		class: 'unknown',
		ofReference: true,
		meaning: 'The service ran into an unexpected error',
		remedy: 'Run the workflow again later.',
	},
	'0.0.2': {
		class: 'rejected',
		ofReference: true,
		meaning: 'A mandatory value is missing from the request',
		remedy: "Compare the node's parameters with the service's own message.",
	},
	'0.0.3': {
		class: 'rejected',
		meaning: 'The client service is not fully set up',
		remedy: `Its default configuration is missing. ${support}`,
	},
	'0.0.4': {
		class: 'rejected',
		meaning: 'A value is larger than the service accepts',
		remedy:
			"Shorten the value that this message names, such as the name, 'Description', 'External Reference' or 'Reason', or sign a smaller file.",
	},
	'0.0.5': {
		class: 'unknown',
		meaning: 'The email could not be sent',
		remedy: 'Check the receivers. Signatures already made still stand.',
	},
	'0.0.6': {
		class: 'rejected',
		ofReference: true,
		meaning: "A value did not pass the service's validation",
		remedy: "Compare the node's parameters with the service's own message.",
	},
	'0.0.7': {
		class: 'duplicate',
		meaning: 'The external reference is already in use',
		remedy: "Use 'Recover by Reference' to see what it holds.",
	},
	'0.0.10': {
		class: 'token',
		meaning: 'The access token is not accepted',
		remedy:
			"Check the credential's 'Environment' or, with a proxy, the proxy's service.domain setting.",
	},
	'1.1.0': {
		class: 'rejected',
		meaning: 'The licence of the client service is invalid or missing',
		remedy: `Check the client service in the backoffice. ${support}`,
	},
	'1.1.1': {
		class: 'rejected',
		meaning: 'The licence is inactive: the client service or the issuer account is inactive',
		remedy: `Product support activates it. ${support}`,
	},
	'1.1.2': {
		class: 'rejected',
		meaning: 'The licence already has a client service',
		remedy: support,
	},
	'1.1.3': {
		class: 'rejected',
		meaning: 'The state of the client service does not allow this',
		remedy: 'Check in the backoffice that the client service is active.',
	},
	'1.1.4': {
		class: 'rejected',
		meaning: 'The secret of the client service is too weak',
		remedy: 'Set a stronger password in the backoffice and enter it in the credential.',
	},
	'1.2.0': { class: 'rejected', meaning: 'The issuer is inactive', remedy: support },
	'1.3.0': { class: 'rejected', meaning: 'The partner is inactive', remedy: support },
	'2.2.1': {
		class: 'rejected',
		meaning: 'The visible signature does not fit its area',
		remedy: "Set a larger 'Width' and 'Height' in 'PDF Signature Details', or use a smaller image.",
	},
};

/** What the service's codes mean; a Map, as the code that is looked up comes from outside. */
export const errorCodes: ReadonlyMap<string, CodeExplanation> = new Map(Object.entries(codes));

const address = "Check the credential's 'Environment', or its 'API Base URL'.";

/** What a refusal without a code means, by its status; it may come from a gateway rather than the service. */
const statuses: Partial<Record<number, Explanation>> = {
	400: {
		meaning: "Sign'Stash could not read the request",
		remedy: "Check the node's parameters or, with a proxy, the proxy's log.",
	},
	401: { meaning: 'The access token is not accepted', remedy: address },
	403: {
		meaning: 'Access is denied',
		remedy: `Check in the backoffice what the client service is allowed to do; a firewall may also be the cause. ${support}`,
	},
	404: { meaning: "No Sign'Stash API answers at that address", remedy: address },
	413: {
		meaning: 'The request is larger than the service accepts',
		remedy: "Lower 'Documents per Request', or sign a smaller file.",
	},
	429: {
		meaning: 'The service is busy',
		remedy: "Run the workflow again later, or lower 'Parallel Requests'.",
	},
};

const serverFault: Explanation = {
	meaning: "Sign'Stash, or a gateway in front of it, is not working",
	remedy: 'Run the workflow again later.',
};
const unheardOf: Explanation = {
	meaning: "Sign'Stash did not accept the request",
	remedy: support,
};

/** What a refusal means to the user, and what to do: by its code, or by its status where it has none. */
export function explanationOf(status: number, code?: string): Explanation {
	if (code !== undefined) return errorCodes.get(code) ?? unheardOf;
	return statuses[status] ?? (status >= 500 ? serverFault : unheardOf);
}

/** What a document's `signError` says about it. */
export interface SignErrorExplanation extends Explanation {
	/**
	 * `document`: the document's own fault, which lasts until document or settings change; `signed`: a signature may
	 * have been made.
	 */
	of?: 'document' | 'signed';
}

const later = 'Run the workflow again later.';

const ofDocuments: Record<string, SignErrorExplanation> = {
	INVALID_CERT_SERVICE_CREDS: {
		meaning:
			'The credentials of the certificate service are invalid or expired, or no credit is left',
		remedy: 'Check the account and its certificate in the backoffice.',
	},
	INVALID_CERT_ACCESS_ACCOUNT: {
		meaning: 'The account has no access to a valid certificate',
		remedy:
			"Renew its access in the backoffice under 'Certificates > Detail > Renew', with an OTP or PIN: by law it lapses 60 days after it was granted, or after 1 billion signatures. Then run the workflow again. If access has been renewed, check that a certificate is provisioned for the client service.",
	},
	CERT_SERVICE_GLOBAL_ERROR: { meaning: 'The certificate service failed', remedy: later },
	CONFIGURATION_SIGN_ERROR: {
		of: 'document',
		meaning: 'The signature settings do not fit the document',
		remedy:
			"Check that the file is not encrypted or damaged. With 'Visible Signature', check that the page, the signature field or the placeholder word exists. With 'UBL Signature', check that 'Signature Location' names an element of the document.",
	},
	TIMESTAMP_SIGN_ERROR: {
		meaning: 'The timestamp could not be obtained',
		remedy:
			"Run the workflow again later. To sign this document without 'Apply Timestamp', use a separate step: in this one, documents that are signed already would be signed again.",
	},
	INVALID_CERTIFICATE_SIGN_ERROR: {
		meaning: 'The certificate could not be used',
		remedy: 'Check in the backoffice that the certificate is valid and its access renewed.',
	},
	STORAGE_SERVICE_GLOBAL_ERROR: {
		of: 'signed',
		meaning: 'The signed document could not be stored',
		remedy: 'Look the operation up in the backoffice, and ask signstash@multicert.com.',
	},
	SIGN_OPERATION_INTERNAL_ERROR: {
		meaning: 'The service could not complete the signature',
		remedy: `${later} If the error persists, ask signstash@multicert.com.`,
	},
};

/** What a document's `signError` means (contract: SignError). */
export const signErrors: ReadonlyMap<string, SignErrorExplanation> = new Map(
	Object.entries(ofDocuments),
);
