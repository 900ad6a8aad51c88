import type { Answer } from '../Answer.mts';
import { first, is, oneOf, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import type { Trial } from '../Lab.mts';
import { toldOver } from '../Trials.mts';
import type { Trials } from '../Trials.mts';
import type { Probe } from './Probe.mts';
import { isHeld } from './registration.mts';

const isThere = async ({ present }: Trials): Promise<boolean> =>
	(await present())?.message !== undefined;

const lookUps: Probe = async (trials) => {
	const answer = await trials.present();
	if (answer === undefined) return undefined;
	const { status, isPage, message, json, code } = answer;
	return first(
		[
			[message !== undefined, 'there'],
			[isPage && status === 404, 'page-404'],
			[isPage && status === 502, 'page-502'],
			[status === 404 && json !== undefined && code === undefined, 'json-404'],
		],
		() => unlike(answer.shape),
	);
};

function ofUnknown(answer: Answer, asked: string): Finding | undefined {
	const { status, code, text, isPage } = answer;
	const coded = code !== undefined;
	return first(
		[
			[code === '0.0.1', 'unhandled-500'],
			[code === '0.0.6', 'parameter-500'],
			[coded && status === 404 && text.includes(asked), 'code-404-naming'],
			[coded && status === 404, 'code-404'],
			[coded && status === 400, 'code-400'],
			[coded && status === 403, 'code-403'],
			[coded && status === 409, 'code-409'],
			[coded && status === 500, 'code-500'],
			[status === 404 && text === '' && !isPage, 'bare-404'],
			[status === 204, 'empty-204'],
			[status === 200 && text === '', 'empty-200'],
			[status === 200 && text.trim() === 'null', 'null-200'],
		],
		() => unlike(answer.shape),
	);
}

const unknownReference: Probe = async (trials) => {
	if (!(await isThere(trials))) return undefined;
	const asked = trials.lab.reference();
	return ofUnknown(await trials.lab.lookUp(asked), asked);
};

/** The most look-ups that a service needs in the two worlds with a lag counted in look-ups. */
const TWO = 3;
const TWELVE = 12;

/** Whether references may only be taken at the end, so that there was nothing to find before. */
async function mayBeTakenLate(trials: Trials, { answer }: Trial): Promise<boolean> {
	const hasty = await trials.hasty();
	if (hasty === undefined) return toldOver(answer) !== true;
	return !isHeld(hasty.again, hasty.answer.id);
}

const lag: Probe = async (trials) => {
	if (!(await isThere(trials))) return undefined;
	const { count, overBefore, trial } = await trials.search();
	if (count === undefined) return unlike('not found at all');
	if (count === 1) return overBefore === false ? is('none') : oneOf('none', 'when-executed');
	if ((await mayBeTakenLate(trials, trial)) && count <= TWELVE)
		return oneOf('none', 'two-look-ups', 'when-executed');
	if (count === 2) return is('when-executed');
	if (count > TWO) return is('twelve-look-ups');
	return overBefore === undefined ? oneOf('two-look-ups', 'when-executed') : is('two-look-ups');
};

const pathCharacters: Probe = async (trials) => {
	if (!(await isThere(trials))) return undefined;
	const { status, isPage } = await trials.lab.lookUp(`${trials.lab.reference()}/x`);
	if (status !== 400 || !isPage) return is('all-taken');
	const { count, trial } = await trials.find((await trials.letters()).trial);
	if (trial.answer.id === undefined) return oneOf('some-refused', 'latin-1');
	return is(count === undefined ? 'latin-1' : 'some-refused');
};

export const lookUpProbes: Readonly<Record<string, Probe>> = {
	'look-ups': lookUps,
	'unknown-reference': unknownReference,
	'look-up-lag': lag,
	'path-characters': pathCharacters,
};
