import { PAGE, WORD } from '../drafts.mts';
import { first, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import type { Trials } from '../Trials.mts';
import { decoded } from './contents.mts';
import type { Probe } from './Probe.mts';

const NUMBER = String.raw`\s*(-?\d*\.?\d+)`;
const RECT = new RegExp(String.raw`/Rect\s*\[${NUMBER.repeat(4)}\s*\]`, 'g');

/** Tolerance for rounding, in points. */
const ABOUT = 1;

/** Lower and upper edge of what was drawn on the nth document of the trial. */
async function edges(trials: Trials, nth: number): Promise<[number, number] | undefined> {
	const { trial, details } = await trials.drawn();
	const asked = trial.drafts[nth]?.content;
	if (asked === undefined) return undefined;
	const signed = [trial.answer, ...details]
		.flatMap(({ documents }) => documents)
		.map(({ signedContent }) => decoded(String(signedContent)))
		.find((content) => content.subarray(0, asked.length).equals(asked));
	const update = signed?.toString('latin1', asked.length) ?? '';
	const [, , bottom, , top] = [...update.matchAll(RECT)].at(-1)?.map(Number) ?? [];
	return bottom === undefined || top === undefined ? undefined : [bottom, top];
}

const near = (one: number, other: number): boolean => Math.abs(one - other) <= ABOUT;

const between = ([bottom, top]: [number, number]): Finding =>
	unlike(`drawn between ${bottom} and ${top}`);

const coordinates: Probe = async (trials) => {
	const seen = await edges(trials, 0);
	if (seen === undefined) return undefined;
	return first(
		[
			[near(seen[1], PAGE[1] - 30), 'upper-left'],
			[near(seen[0], 30), 'lower-left'],
		],
		() => between(seen),
	);
};

/** A word's lower edge depends on its letters: it is less than this many points below the base line. */
const DESCENT = 8;

const placeholder: Probe = async (trials) => {
	const seen = await edges(trials, 1);
	if (seen === undefined) return undefined;
	const at = (edge: number): boolean => edge <= WORD.y + ABOUT && edge >= WORD.y - DESCENT;
	return first(
		[
			[at(seen[1]), 'below-word'],
			[at(seen[0]), 'on-word'],
		],
		() => between(seen),
	);
};

export const drawingProbes: Readonly<Record<string, Probe>> = {
	coordinates,
	'placeholder-drawing': placeholder,
};
