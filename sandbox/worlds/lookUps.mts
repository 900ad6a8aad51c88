import { Refusal } from '../Refusal.mts';
import type { StoredOperation } from '../state/Operations.mts';
import { coded, page } from './undocumented.mts';
import { row } from './play.mts';

const CODE = 'SANDBOX.NOT_FOUND';
const WORDS = 'The operation does not exist or belongs to another company.';

type NotFound = (asked: string) => Refusal;

/** The answer for an operation or a reference that nobody has. */
export const unknownReference = row<NotFound>('unknown-reference', {
	'code-404': () => coded(404, CODE, WORDS),
	'code-404-naming': (asked) => coded(404, CODE, `There is nothing under ${asked}.`),
	'bare-404': () => new Refusal(404),
	'code-400': () => coded(400, CODE, WORDS),
	'code-403': () => coded(403, CODE, WORDS),
	'code-409': () => coded(409, CODE, WORDS),
	'code-500': () => coded(500, CODE, WORDS),
	'unhandled-500': () => Refusal.withCode('0.0.1', WORDS),
	'parameter-500': () => Refusal.withCode('0.0.6', WORDS),
	'empty-204': () => new Refusal(204),
	'empty-200': () => new Refusal(200),
	'null-200': () => new Refusal(200, null),
});

/** The answer for another company's operation; undefined: the one for an unknown operation. */
export const othersOperation = row<(() => Refusal) | undefined>('others-operation', {
	'as-unknown': undefined,
	'code-403': () => coded(403, 'SANDBOX.OTHERS', 'The operation belongs to another company.'),
});

/** The answer to everything except signing, if the service only signs; undefined: it does more. */
export const absence = row<(() => Refusal) | undefined>('look-ups', {
	there: undefined,
	'page-404': () => page(404, 'Not Found'),
	'json-404': () => new Refusal(404, { timestamp: 0, status: 404, error: 'Not Found', path: '/' }),
	'page-502': () => page(502, 'Bad Gateway'),
});

const FINISHED: ReadonlySet<string> = new Set(['EXECUTED', 'EXECUTION_FAILED']);

/** How long a look-up does not find an operation that is registered. */
interface Lag {
	/** Whether a look-up carries the operation on, because nobody could poll it otherwise. */
	polls: boolean;
	/** @param count how many look-ups of the operation there have been, including this one */
	found(operation: StoredOperation, count: number): boolean;
}

export const lookUpLag = row<Lag>('look-up-lag', {
	none: { polls: false, found: () => true },
	'two-look-ups': { polls: false, found: (_, count) => count > 2 },
	'twelve-look-ups': { polls: false, found: (_, count) => count > 12 },
	'when-executed': { polls: true, found: ({ status }) => FINISHED.has(status) },
});

interface PathReading {
	/** Texts (in lower case) that, anywhere in a path, lead to HTTP 400 with a page. */
	refused: readonly string[];
	/** How the world reads a parameter that was decoded as UTF-8. */
	read(parameter: string): string;
}

const OF_A_SERVLET_CONTAINER = ['%2f', '%5c', '%3b', '%25', '%00', ';', '\\'];

export const pathCharacters = row<PathReading>('path-characters', {
	'some-refused': { refused: OF_A_SERVLET_CONTAINER, read: (parameter) => parameter },
	'all-taken': { refused: [], read: (parameter) => parameter },
	'latin-1': {
		refused: OF_A_SERVLET_CONTAINER,
		read: (parameter) => Buffer.from(parameter, 'utf8').toString('latin1'),
	},
});
