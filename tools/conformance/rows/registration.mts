import type { Answer } from '../Answer.mts';
import { first, is, oneOf, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import { standsFor } from '../Lab.mts';
import type { Trial } from '../Lab.mts';
import type { Course, Trials } from '../Trials.mts';
import type { Probe } from './Probe.mts';

/** Codes with which a service may report that a reference is held. */
const HELD: readonly string[] = ['0.0.7', '2.0.3', '0.0.1'];

/** Whether a request was rejected for its reference, or answered with the operation that holds it. */
export const isHeld = (answer: Answer, earlier: string | undefined): boolean =>
	answer.id === undefined ? HELD.includes(answer.code ?? '') : answer.id === earlier;

/** Chooses one of two alternatives: the request's reference was held, or the request was registered. */
function heldOr(
	answer: Answer,
	earlier: string | undefined,
	held: string,
	registered: string,
): Finding | undefined {
	return first(
		[
			[isHeld(answer, earlier), held],
			[answer.id !== undefined, registered],
		],
		() => unlike(answer.shape),
	);
}

/** Chooses one of two alternatives: the request was refused with one of the codes, or registered. */
export function refusedOr(
	answer: Answer,
	codes: readonly string[],
	refused: string,
	registered: string,
): Finding | undefined {
	return first(
		[
			[answer.code !== undefined && codes.includes(answer.code), refused],
			[answer.id !== undefined, registered],
		],
		() => unlike(answer.shape),
	);
}

/** Sends the document of the first trial again, in a new request. */
async function again(trials: Trials): Promise<Trial> {
	return await trials.lab.sign((await trials.plain()).trial.drafts);
}

const unique: Probe = async (trials) => {
	const { trial, over } = await trials.plain();
	const { id } = trial.answer;
	// A service that takes references at the end holds none before that.
	if (!over) return undefined;
	if (!isHeld((await again(trials)).answer, id)) return is('requests');
	const externalReference = trial.requestReference;
	const sameRequest = await trials.lab.signNew({}, { externalReference });
	if (!isHeld(sameRequest.answer, id)) return is('documents');
	const reference = trial.drafts[0]?.reference ?? '';
	const crossed = await trials.lab.signNew({}, { externalReference: reference });
	return is(isHeld(crossed.answer, id) ? 'one-space' : 'both');
};

const held: Probe = async (trials) => {
	const { trial, over } = await trials.plain();
	const { id } = trial.answer;
	if (!over) return undefined;
	const { answer } = await trials.repeated();
	return first(
		[
			[answer.code === '0.0.7', 'code-0.0.7'],
			[answer.code === '0.0.1', 'unhandled-500'],
			[answer.code !== undefined && answer.status === 409, 'unknown-409'],
			[answer.id !== undefined && answer.id === id, 'replayed'],
		],
		() => unlike(answer.shape),
	);
};

const taken: Probe = async (trials) => {
	const hasty = await trials.hasty();
	return hasty && heldOr(hasty.again, hasty.answer.id, 'on-arrival', 'at-the-end');
};

/** Whether a document has visibly failed for good. */
export function hasFailed({ whole, over, details }: Course): boolean {
	const failed = whole?.documents.every(({ signError }) => typeof signError === 'string') === true;
	const asked = details.length > 1;
	return failed && (over || asked);
}

const afterFailure: Probe = async (trials) => {
	const course = await trials.failed();
	if (!hasFailed(course)) return undefined;
	const { drafts, requestReference: externalReference } = course.trial;
	const mended = drafts.map(({ reference, content }) => ({ reference, content }));
	const { answer } = await trials.lab.sign(mended, { externalReference });
	return heldOr(answer, course.trial.answer.id, 'spent', 'free');
};

const repeated: Probe = async ({ lab }) => {
	const one = await lab.draft();
	const { answer } = await lab.sign([one, await lab.draft({ reference: one.reference })]);
	return refusedOr(answer, ['0.0.7'], 'refused', 'taken');
};

/** Longer than the shortest known limit allows, and shorter than the longest. */
const LONG = 150;

/** The lengths after which a service may cut. */
const CUTS = [64, 100] as const;

/** How many characters of a long reference an operation shows, its document's or its request's. */
function shownLength({ whole, base, trial }: Course): number | undefined {
	const sent = trial.requestReference;
	const all = [whole?.documents[0]?.['externalReference'], base?.['folderExternalReference']];
	const back = all.find(
		(one) => typeof one === 'string' && standsFor(one, sent.slice(0, plain(one))),
	);
	return back === undefined ? undefined : plain(String(back));
}

const plain = (shown: string): number => shown.trim().length;

const length: Probe = async (trials) => {
	const reference = trials.lab.reference().padEnd(LONG, 'x');
	const signed = await trials.lab.signNew({ reference }, { externalReference: reference });
	if (signed.answer.id === undefined)
		return refusedOr(signed.answer, ['0.0.4'], 'up-to-100', 'up-to-255');
	const shown = shownLength(await trials.course(signed));
	if (shown === undefined) return oneOf('up-to-255', ...CUTS.map((cut) => `cut-${cut}`));
	const cut = CUTS.find((most) => most === shown);
	if (cut !== undefined) return is(`cut-${cut}`);
	return shown === LONG ? is('up-to-255') : unlike(`cut after ${shown} characters`);
};

const characters: Probe = async (trials) =>
	refusedOr((await trials.letters()).trial.answer, ['0.0.6'], 'plain', 'any');

const swapped = (text: string): string =>
	Array.from(text)
		.map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()))
		.join('');

/** A reference that was sent and how it was shown in the answer, without blanks around it. */
async function shown(trials: Trials): Promise<{ sent: string; back: string } | undefined> {
	const { trial, whole, base } = await trials.plain();
	const [draft] = trial.drafts;
	const pairs = [
		[draft?.reference ?? '', whole?.documents[0]?.['externalReference']],
		[trial.requestReference, base?.['folderExternalReference']],
	] as const;
	const [found] = pairs.filter(([sent, back]) => standsFor(back, sent));
	return found && { sent: found[0], back: String(found[1]).trim() };
}

const referenceShown: Probe = async (trials) => {
	const { trial, whole } = await trials.plain();
	const sent = trial.drafts[0]?.reference ?? '';
	if (whole === undefined) return undefined;
	const back: unknown = whole.documents[0]?.['externalReference'] ?? undefined;
	const letters = await trials.letters();
	const plainly = letters.trial.drafts[0]?.reference ?? '';
	const [withLetters] = letters.whole?.documents ?? [];
	const escaped = withLetters?.['externalReference'];
	return first(
		[
			[back === undefined, 'missing'],
			[!standsFor(back, sent), 'renamed'],
			[/\s$/.test(String(back)), 'padded'],
			[typeof escaped === 'string' && escaped.includes('%'), 'url-encoded'],
			[standsFor(escaped, plainly), 'as-sent'],
		],
		() => oneOf('as-sent', 'url-encoded'),
	);
};

const referenceCase: Probe = async (trials) => {
	const seen = await shown(trials);
	const changed = seen && seen.sent !== seen.back;
	if (changed) {
		const { sent, back } = seen;
		const cases = [
			[back === sent.toUpperCase(), 'upper'],
			[back === sent.toLowerCase(), 'lower'],
		] as const;
		return first(cases, () => unlike('references are shown in another way'));
	}
	const { count, trial } = await trials.search();
	const [draft] = trial.drafts;
	if (count === undefined || draft === undefined) return seen && oneOf('kept', 'ignored');
	const found = (await trials.lab.lookUp(swapped(draft.reference))).id !== undefined;
	if (!found) return is('kept');
	return seen ? is('ignored') : oneOf('ignored', 'upper', 'lower');
};

const refusedRequest: Probe = async (trials) => {
	const fresh = await trials.lab.draft();
	const [signed] = (await trials.plain()).trial.drafts;
	if (signed === undefined) return undefined;
	const { answer } = await trials.lab.sign([signed, fresh]);
	if (!HELD.includes(answer.code ?? '')) return undefined;
	const alone = await trials.lab.sign([fresh]);
	return heldOr(alone.answer, undefined, 'rest-signed', 'nothing-registered');
};

export const registrationProbes: Readonly<Record<string, Probe>> = {
	'unique-references': unique,
	'reference-held': held,
	'reference-taken': taken,
	'reference-shown': referenceShown,
	'reference-after-failure': afterFailure,
	'reference-repeated': repeated,
	'reference-length': length,
	'reference-characters': characters,
	'reference-case': referenceCase,
	'refused-request': refusedRequest,
};
