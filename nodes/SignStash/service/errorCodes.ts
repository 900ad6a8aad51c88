/** Meaning of a code and what to do about it; the codes are those of the contract's ErrorBody. */
export interface Explanation {
	meaning: string;
	remedy: string;
}

const support = 'Ask signstash@multicert.com.';

/** Codes the vendor documents. `0.0.1`, `0.0.7` and `0.0.10` are acted on before a user sees them. */
export const errorCodes: Record<string, Explanation> = {
	'0.0.1': {
		meaning: 'The service met something it did not expect',
		remedy: "Use 'Recover by Reference' before signing anew.",
	},
	'0.0.2': {
		meaning: 'The service misses a mandatory value in the request',
		remedy: "Check the node's parameters against the service's own words.",
	},
	'0.0.3': {
		meaning: 'The client service is not set up completely',
		remedy: `Its default configuration is missing. ${support}`,
	},
	'0.0.4': {
		meaning: 'A value is larger than the service takes',
		remedy: 'Shorten the name, description, reason or location, or sign a smaller file.',
	},
	'0.0.5': {
		meaning: 'The e-mail could not be sent',
		remedy: 'Check the receivers. Signatures that were made stand.',
	},
	'0.0.6': {
		meaning: 'A value did not pass the check of the service',
		remedy: "Check the node's parameters against the service's own words.",
	},
	'0.0.7': {
		meaning: 'The external reference is already in use',
		remedy:
			"Use 'Recover by Reference' to see what it holds, or give another 'External Reference'.",
	},
	'0.0.10': {
		meaning: 'The access token is not accepted',
		remedy: "Check the credential's 'Environment'; with a proxy, its setting service.domain.",
	},
	'1.1.0': {
		meaning: 'The licence of the client service is invalid or missing',
		remedy: `Check the client service in the backoffice. ${support}`,
	},
	'1.1.1': {
		meaning: 'The licence is inactive: client service or issuer account',
		remedy: `Product support activates it. ${support}`,
	},
	'1.1.2': { meaning: 'The licence has a client service already', remedy: support },
	'1.1.3': {
		meaning: 'The state of the client service does not allow this',
		remedy: 'Check in the backoffice that the client service is active.',
	},
	'1.1.4': {
		meaning: 'The secret of the client service is too weak',
		remedy: 'Define a stronger password in the backoffice and put it in the credential.',
	},
	'1.2.0': { meaning: 'The issuer is inactive', remedy: support },
	'1.3.0': { meaning: 'The partner is inactive', remedy: support },
};

/** What a document's `signError` means (contract: SignError). */
export const signErrors: Record<string, Explanation> = {
	INVALID_CERT_SERVICE_CREDS: {
		meaning:
			'The credentials of the certificate service are invalid or expired, or no credit is left',
		remedy: 'Check the account and its certificate in the backoffice.',
	},
	INVALID_CERT_ACCESS_ACCOUNT: {
		meaning: 'The account has no access to a valid certificate',
		remedy: 'Check in the backoffice that a certificate is provisioned for the client service.',
	},
	CERT_SERVICE_GLOBAL_ERROR: {
		meaning: 'The certificate service did not work',
		remedy: 'Run the workflow again later: the node signs under the next reference.',
	},
	CONFIGURATION_SIGN_ERROR: {
		meaning: 'The signature settings do not fit the document',
		remedy:
			"Check 'Signature Type' and, for UBL, that 'Signature Location' names an element of the document.",
	},
	TIMESTAMP_SIGN_ERROR: {
		meaning: 'The time-stamp could not be obtained',
		remedy: "Switch off 'Apply Timestamp', or run the workflow again later.",
	},
	INVALID_CERTIFICATE_SIGN_ERROR: {
		meaning: 'The certificate is not valid',
		remedy: 'Check the certificate in the backoffice.',
	},
	STORAGE_SERVICE_GLOBAL_ERROR: {
		meaning: 'The storage of the service did not work',
		remedy: 'Run the workflow again later: the node signs under the next reference.',
	},
	SIGN_OPERATION_INTERNAL_ERROR: {
		meaning: 'The service could not carry the signature out',
		remedy: 'Run the workflow again later; if it stays, ask signstash@multicert.com.',
	},
};
