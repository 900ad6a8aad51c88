import type { Answer } from '../Answer.mts';
import { first, is, oneOf, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import type { Trial } from '../Lab.mts';
import type { Course, Trials } from '../Trials.mts';
import type { Probe } from './Probe.mts';

const TAKEN = '0.0.7';

/** Which of two alternatives it is, by whether a request was refused with a code or registered. */
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

/** The document of the first trial again, in a request of its own. */
async function again(trials: Trials): Promise<Trial> {
	return await trials.lab.sign((await trials.plain()).trial.drafts);
}

const unique: Probe = async (trials) => {
	const { trial } = await trials.plain();
	if ((await again(trials)).answer.code !== TAKEN) return is('requests');
	const externalReference = trial.requestReference;
	const sameRequest = await trials.lab.signNew({}, { externalReference });
	if (sameRequest.answer.code !== TAKEN) return is('documents');
	const reference = trial.drafts[0]?.reference ?? '';
	const crossed = await trials.lab.signNew({}, { externalReference: reference });
	return is(crossed.answer.code === TAKEN ? 'one-space' : 'both');
};

/** Whether a document is seen to have failed for good. */
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
	return refusedOr(answer, [TAKEN], 'spent', 'free');
};

const repeated: Probe = async ({ lab }) => {
	const one = await lab.draft();
	const { answer } = await lab.sign([one, await lab.draft({ reference: one.reference })]);
	return refusedOr(answer, [TAKEN], 'refused', 'taken');
};

/** Longer than what the shortest known limit allows, shorter than the longest. */
const LONG = 150;

const length: Probe = async ({ lab }) => {
	const reference = lab.reference().padEnd(LONG, 'x');
	const { answer } = await lab.signNew({ reference });
	return refusedOr(answer, ['0.0.4'], 'up-to-100', 'up-to-255');
};

const characters: Probe = async (trials) =>
	refusedOr((await trials.letters()).answer, ['0.0.6'], 'plain', 'any');

const swapped = (text: string): string =>
	Array.from(text)
		.map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()))
		.join('');

/** A reference that was sent, and how it was shown again. */
async function shown(trials: Trials): Promise<{ sent: string; back: string } | undefined> {
	const { trial, whole, base } = await trials.plain();
	const back = whole?.documents[0]?.['externalReference'];
	const [sent] = trial.drafts;
	if (sent !== undefined && typeof back === 'string') return { sent: sent.reference, back };
	const ofRequest = base?.['folderExternalReference'];
	if (typeof ofRequest !== 'string') return undefined;
	return { sent: trial.requestReference, back: ofRequest };
}

const referenceCase: Probe = async (trials) => {
	const seen = await shown(trials);
	const changed = seen && seen.sent !== seen.back;
	if (changed) {
		const { sent, back } = seen;
		const cases = [
			[back === sent.toUpperCase(), 'upper'],
			[back === sent.toLowerCase(), 'lower'],
		] as const;
		return first(cases, () => unlike('references are shown otherwise'));
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
	const [taken] = (await trials.plain()).trial.drafts;
	if (taken === undefined) return undefined;
	const { answer } = await trials.lab.sign([taken, fresh]);
	if (answer.code !== TAKEN) return undefined;
	const alone = await trials.lab.sign([fresh]);
	return refusedOr(alone.answer, [TAKEN], 'rest-signed', 'nothing-registered');
};

export const registrationProbes: Readonly<Record<string, Probe>> = {
	'unique-references': unique,
	'reference-after-failure': afterFailure,
	'reference-repeated': repeated,
	'reference-length': length,
	'reference-characters': characters,
	'reference-case': referenceCase,
	'refused-request': refusedRequest,
};
