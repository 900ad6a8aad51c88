import type { Reading } from '../signing/pades/placement.mts';
import type { Plan, StoredOperation } from '../state/Operations.mts';
import { row } from './play.mts';
import type { World } from './World.mts';

interface Execution {
	/** Null: it is executed before the request is answered. */
	plan: Plan | null;
	/** Status of the documents in EXECUTION_ERROR; with ERROR_SIGNING, the answer shows it too. */
	inError: 'RECEIVED' | 'ERROR_SIGNING';
}

const PENDING: Plan = { pendingPolls: 2, executionErrorPolls: 0, outcome: 'EXECUTED' };
const RETRIED: Plan = { pendingPolls: 0, executionErrorPolls: 2, outcome: 'EXECUTED' };

/** When a request is executed. */
export const execution = row<Execution>('execution', {
	'before-answer': { plan: null, inError: 'RECEIVED' },
	pending: { plan: PENDING, inError: 'RECEIVED' },
	retried: { plan: RETRIED, inError: 'RECEIVED' },
	'retried-as-error': { plan: RETRIED, inError: 'ERROR_SIGNING' },
});

/** Whether a document that ends in STORAGE_SERVICE_GLOBAL_ERROR was signed. */
export const signedThoughNotStored = row('storage-error', { 'not-signed': false, signed: true });

/** Whether the answer to a signing request can carry signed content. */
export const answersContent = row('content-in-answer', { given: true, 'left-out': false });

/** The storage status of signed content that cannot be fetched later; undefined: it can. */
const contentsGone = row<'DELETED' | 'CONTENT_NOT_STORED' | undefined>('contents-kept', {
	kept: undefined,
	deleted: 'DELETED',
	'never-stored': 'CONTENT_NOT_STORED',
	proxy: 'CONTENT_NOT_STORED',
});

/** What the service receives of a document: the whole, or only its hash. */
export const folderContent = row<'DOCUMENT' | 'HASH'>('contents-kept', {
	kept: 'DOCUMENT',
	deleted: 'DOCUMENT',
	'never-stored': 'DOCUMENT',
	proxy: 'HASH',
});

/** Whether content is stored when the request does not mention preservation. */
const storesUnasked = row('stored-without-preservation', { stored: true, 'not-stored': false });

/** The storage status of an operation's contents that cannot be fetched later; undefined: they can. */
export function goneOf(
	{ preservation }: Pick<StoredOperation, 'preservation'>,
	world: World,
): 'DELETED' | 'CONTENT_NOT_STORED' | undefined {
	if (preservation === undefined && !storesUnasked(world)) return 'CONTENT_NOT_STORED';
	return contentsGone(world);
}

/** What is answered instead of a ZIP without entries. */
export const emptyZip = row<'zip' | 'no-content' | 'refused'>('zip-without-documents', {
	empty: 'zip',
	'no-content': 'no-content',
	'code-500': 'refused',
});

/** Whether the answer to a signing request is `0.0.5` when its email could not be sent. */
export const tellsEmailFailure = row('email-failure', { 'in-delivery': false, 'code-0.0.5': true });

/** Whether Resend accepts operations that have nothing to send. */
export const resendsTooEarly = row('resend-too-early', { refused: false, accepted: true });

const fromTop = row('coordinates', { 'upper-left': true, 'lower-left': false });

const belowWord = row('placeholder-drawing', { 'below-word': true, 'on-word': false });

/** How the place of a visible signature is interpreted. */
export const readingOf = (world: World): Reading => ({
	fromTop: fromTop(world),
	belowWord: belowWord(world),
});
