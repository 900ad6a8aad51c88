import type { Occasion } from '../../Occasion.mts';
import type { World } from '../World.mts';
import { folderId, issuerCompany, queuePriority } from './company.mts';
import { dates } from './dates.mts';
import {
	contentLength,
	documentName,
	documentOrder,
	internalId,
	shownReferences,
} from './documents.mts';
import { writtenId } from './ids.mts';
import { changed, isMessage } from './Message.mts';
import type { Rewrite } from './Message.mts';
import {
	absentValues,
	deliveryShown,
	enumValues,
	extraProperties,
	listedTries,
	requestReference,
	signAnswer,
	statuses,
} from './operation.mts';

/** In this order: first what is left out, last what is added. */
const STEPS: readonly ((world: World) => Rewrite)[] = [
	listedTries,
	statuses,
	enumValues,
	requestReference,
	documentOrder,
	contentLength,
	documentName,
	shownReferences,
	internalId,
	folderId,
	issuerCompany,
	queuePriority,
	deliveryShown,
	dates,
	absentValues,
	extraProperties,
];

const SIGNING: ReadonlySet<Occasion> = new Set(['sign', 'signMultipart']);

/** An answer of the contract (an operation or an operation's id) as the world writes it. */
export function rewritten(world: World, on: Occasion, value: unknown): unknown {
	const id = (own: unknown): unknown => (typeof own === 'number' ? writtenId(world, own) : own);
	if (!isMessage(value)) return id(value);
	const short = SIGNING.has(on) ? signAnswer(world)(value) : value;
	const whole = STEPS.reduce((message, step) => step(world)(message), short);
	return changed({ id })(whole);
}
