import { choices, rows, type World } from './rows.cts';

/** What a world keeps from a user, whatever the node does. */
export type Limit =
	/** Nothing can be looked up. */
	| 'no look-ups'
	/** Signed documents are only available through look-ups. */
	| 'needs look-ups'
	/** Signed content is not available later. */
	| 'no contents'
	/** Look-ups find nothing for longer than a run keeps asking. */
	| 'late'
	/** Look-ups find nothing at first. */
	| 'lagging'
	/** References that the node derives may be refused. */
	| 'refuses derived references'
	/** References with letters beyond ASCII are refused. */
	| 'refuses letters'
	/** References with letters beyond ASCII are not found again. */
	| 'loses letters'
	/** The references that follow a failed operation are refused. */
	| 'refuses next references'
	/** Requests with receivers are refused. */
	| 'refuses receivers'
	/** It cannot be seen that signing a document has failed for good. */
	| 'failure not seen'
	/** A document's reference does not prevent it from being signed again in another request. */
	| 'documents not unique'
	/** A reference is not registered while its first request is in progress. */
	| 'taken late'
	/** A document is shown under a reference that is not its own: the node returns nothing. */
	| 'names another'
	/** The reference of a failed operation is neither free nor refused. */
	| 'failed and stuck'
	/** Busy for longer than anyone waits. */
	| 'busy for long'
	/** The answer for 'busy' may also be given for a signed document. */
	| 'busy or signed'
	/** A request whose email failed gets no proper answer. */
	| 'email hides the answer';

/** By `row=alternative`; an alternative that is missing here limits nothing. */
const table: Record<string, Limit[]> = {
	'look-ups=page-404': ['no look-ups'],
	'look-ups=json-404': ['no look-ups'],
	'look-ups=page-502': ['no look-ups'],
	'look-up-lag=two-look-ups': ['lagging'],
	'look-up-lag=twelve-look-ups': ['late', 'lagging'],
	'look-up-lag=when-executed': ['lagging'],
	'path-characters=latin-1': ['loses letters'],
	'sign-answer=base': ['needs look-ups'],
	'sign-answer=id-only': ['needs look-ups'],
	'statuses=no-operation-status': ['failure not seen'],
	'statuses=no-sign-status': ['failure not seen'],
	'enum-values=new-operation-status': ['failure not seen'],
	// As long as the content is available, it shows that a document is signed.
	'enum-values=new-sign-status': [],
	'reference-length=up-to-100': ['refuses derived references'],
	'reference-length=cut-64': ['refuses derived references'],
	'reference-length=cut-100': ['failed and stuck'],
	'reference-shown=renamed': ['names another'],
	'reference-held=unhandled-500': ['failed and stuck'],
	'reference-taken=at-the-end': ['taken late'],
	// The position of the drawing does not affect what is signed.
	'coordinates=lower-left': [],
	'placeholder-drawing=on-word': [],
	'reference-characters=plain': ['refuses letters', 'refuses next references'],
	'receiver-status=refused': ['refuses receivers'],
	'unique-references=requests': ['documents not unique'],
	'execution=pending': ['needs look-ups'],
	'execution=retried': ['needs look-ups'],
	'execution=retried-as-error': ['needs look-ups'],
	'content-in-answer=left-out': ['needs look-ups'],
	// Only where a reference is free again after a failure, which the job takes into account.
	'storage-error=signed': [],
	'contents-kept=deleted': ['no contents'],
	'contents-kept=never-stored': ['no contents'],
	'contents-kept=proxy': ['no contents'],
	'busy-answer=hour-429': ['busy for long'],
	'busy-answer=seconds-503': ['busy or signed'],
	'email-failure=code-0.0.5': ['email hides the answer'],
};

/** What a world keeps from a user. */
export function limitsOf(world: World): Set<Limit> {
	return new Set(Object.entries(world).flatMap(([row, chosen]) => table[`${row}=${chosen}`] ?? []));
}

/** The alternatives in this table that are missing in contract/worlds.yaml. */
export function unknownLimits(): string[] {
	const known = new Set(
		choices.flatMap(([row, alternatives]) => alternatives.map((one) => `${row}=${one}`)),
	);
	return Object.keys(table).filter((key) => !known.has(key));
}

/** The alternatives that users notice according to contract/worlds.yaml, but that limit nothing here. */
export function unlimited(): string[] {
	return Object.entries(rows).flatMap(([row, { 'holds-otherwise': otherwise = {} }]) =>
		Object.keys(otherwise)
			.map((alternative) => `${row}=${alternative}`)
			.filter((key) => !(key in table)),
	);
}
