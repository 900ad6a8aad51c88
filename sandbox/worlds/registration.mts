import type { Client } from '../state/Clients.mts';
import type { Holder } from '../state/Holders.mts';
import { Refusal } from '../Refusal.mts';
import { row } from './play.mts';
import { coded } from './undocumented.mts';

/** Which references a service keeps unique. */
interface Uniqueness {
	documents: boolean;
	requests: boolean;
	/** Whether a request may not have the same reference as a document of another request. */
	together: boolean;
}

export const uniqueReferences = row<Uniqueness>('unique-references', {
	documents: { documents: true, requests: false, together: false },
	both: { documents: true, requests: true, together: false },
	'one-space': { documents: true, requests: true, together: true },
	requests: { documents: false, requests: true, together: false },
});

/** The answer to a request whose reference is held; undefined: the earlier operation. */
export const heldAnswer = row<((cause: string) => Refusal) | undefined>('reference-held', {
	'code-0.0.7': (cause) => Refusal.withCode('0.0.7', cause),
	'unknown-409': () => coded(409, '2.0.3', 'External reference already exists.'),
	'unhandled-500': (cause) => Refusal.withCode('0.0.1', cause),
	replayed: undefined,
});

/** Whether a reference is taken before anything is signed under it. */
export const takenOnArrival = row('reference-taken', { 'on-arrival': true, 'at-the-end': false });

/** Whether a reference that someone else holds is taken for a client service. */
type Scope = (holder: Holder, client: Client) => boolean;

export const referenceScope = row<Scope>('reference-scope', {
	issuer: ({ issuerVat }, { issuer }) => issuerVat === issuer.vatNumber,
	'client-service': ({ clientId }, client) => clientId === client.clientId,
	service: () => true,
});

/** Whether a reference is still taken. */
export const stillTaken = row<(holder: Holder) => boolean>('reference-after-failure', {
	spent: () => true,
	free: ({ failed }) => !failed,
});

interface Case {
	same(left: string, right: string): boolean;
	shown(reference: string): string;
}

const ignoringCase = (left: string, right: string): boolean =>
	left.toLowerCase() === right.toLowerCase();

export const referenceCase = row<Case>('reference-case', {
	kept: { same: (left, right) => left === right, shown: (reference) => reference },
	ignored: { same: ignoringCase, shown: (reference) => reference },
	upper: { same: ignoringCase, shown: (reference) => reference.toUpperCase() },
	lower: { same: ignoringCase, shown: (reference) => reference.toLowerCase() },
});

/** Whether a request may repeat a reference among its documents. */
export const repeats = row('reference-repeated', { refused: false, taken: true });

/** Whether documents with free references are signed even though their request is refused. */
export const signsTheRest = row('refused-request', {
	'nothing-registered': false,
	'rest-signed': true,
});
