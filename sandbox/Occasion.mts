/** The sandbox's short names for the contract's endpoints, each with its operationId there. */
export const OPERATION_IDS = {
	token: 'requestToken',
	sign: 'signBase64',
	signMultipart: 'signMultipart',
	lookup: 'findOperationId',
	status: 'getOperationStatus',
	detail: 'getSignOperation',
	documents: 'getSignedDocuments',
	resend: 'resendMail',
} as const;

/** Which endpoint a call is for. */
export type Occasion = keyof typeof OPERATION_IDS;

export const OCCASIONS = [
	'token',
	'sign',
	'signMultipart',
	'lookup',
	'status',
	'detail',
	'documents',
	'resend',
] as const satisfies readonly Occasion[];

/**
 * The moments of a call at which a fault can strike: `received` is before anything is registered,
 * only signing calls reach `registered` and `signed`, and `answering` is in the middle of the
 * answer.
 */
export const MOMENTS = ['received', 'registered', 'signed', 'answering'] as const;
export type Moment = (typeof MOMENTS)[number];
