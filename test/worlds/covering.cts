import { choices, type World } from './rows.cts';

interface Value {
	row: string;
	alternative: string;
}

type Pair = [Value, Value];

const valuesIn = ([row, alternatives]: [string, string[]]): Value[] =>
	alternatives.map((alternative) => ({ row, alternative }));

const keyOf = ([left, right]: Pair): string =>
	[left, right]
		.map(({ row, alternative }) => `${row}=${alternative}`)
		.sort()
		.join(' ');

/** Every pair of alternatives of two rows, by a key. */
export function allPairs(): Map<string, Pair> {
	const values = choices.map(valuesIn);
	const pairs = values.flatMap((first, at) =>
		values
			.slice(at + 1)
			.flatMap((second) => first.flatMap((left) => second.map((right): Pair => [left, right]))),
	);
	return new Map(pairs.map((pair) => [keyOf(pair), pair]));
}

const valuesOf = (world: World): Value[] =>
	Object.entries(world).map(([row, alternative]) => ({ row, alternative }));

/** The keys of the pairs that a world has. */
export function pairsIn(world: World): string[] {
	const values = valuesOf(world);
	return values.flatMap((left, at) => values.slice(at + 1).map((right) => keyOf([left, right])));
}

/** The rows with the most alternatives first: they are the hardest to combine. */
const widest = [...choices].sort(([, left], [, right]) => right.length - left.length);

/** The first of those with the highest score. */
const highest = <One,>(all: One[], score: (one: One) => number): One =>
	all.reduce((so, one) => (score(one) > score(so) ? one : so));

/** For each value, the share of the open pairs that contain it. */
function shares(open: Map<string, Pair>): (value: Value) => number {
	const counts = new Map<string, number>();
	const nameOf = ({ row, alternative }: Value): string => `${row}=${alternative}`;
	for (const value of [...open.values()].flat())
		counts.set(nameOf(value), (counts.get(nameOf(value)) ?? 0) + 1);
	return (value) => (counts.get(nameOf(value)) ?? 0) / (open.size + 1);
}

/**
 * Worlds in which every pair of alternatives comes up, found greedily: each begins with the value in the
 * most open pairs, and takes in every row the value that closes the most, among equals the one in more pairs.
 * Always the same, and few more than the two longest rows need.
 */
export function pairwise(): World[] {
	const open = allPairs();
	const worlds: World[] = [];
	while (open.size > 0) {
		const share = shares(open);
		const first = highest(choices.flatMap(valuesIn), share);
		const world: World = { [first.row]: first.alternative };
		for (const choice of widest) {
			const chosen = valuesOf(world);
			const closes = (value: Value): number =>
				chosen.filter((other) => open.has(keyOf([value, other]))).length;
			world[choice[0]] ??= highest(
				valuesIn(choice),
				(value) => closes(value) + share(value),
			).alternative;
		}
		for (const key of pairsIn(world)) open.delete(key);
		worlds.push(world);
	}
	return worlds;
}

/** Every other one of the worlds in which all pairs come up, by test name. */
export function half(which: 0 | 1): Array<[name: string, world: World]> {
	return pairwise()
		.map((world, index): [string, World] => [`world ${index + 1}`, world])
		.filter((_, index) => index % 2 === which);
}
