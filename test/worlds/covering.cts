import { choices, type World } from './rows.cts';

interface Value {
	row: string;
	alternative: string;
}

type Pair = [Value, Value];

const keyOf = ([left, right]: Pair): string =>
	[left, right]
		.map(({ row, alternative }) => `${row}=${alternative}`)
		.sort()
		.join(' ');

/** Every pair of alternatives of two rows, by a key. */
export function allPairs(): Map<string, Pair> {
	const values = choices.map(([row, alternatives]) =>
		alternatives.map((alternative): Value => ({ row, alternative })),
	);
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

/** The alternative with which a world gains the most pairs that are still open; the first of equals. */
function best(world: World, [row, alternatives]: [string, string[]], open: Map<string, Pair>) {
	const chosen = valuesOf(world);
	const gain = (alternative: string): number =>
		chosen.filter((value) => open.has(keyOf([value, { row, alternative }]))).length;
	return alternatives.reduce((so, alternative) =>
		gain(alternative) > gain(so) ? alternative : so,
	);
}

/**
 * Worlds in which every pair of alternatives comes up, found greedily: each begins with the first pair
 * that is still open, and takes in every row what opens the fewest. Always the same.
 */
export function pairwise(): World[] {
	const open = allPairs();
	const worlds: World[] = [];
	for (let [first] = open.values(); first; [first] = open.values()) {
		const world: World = Object.fromEntries(
			first.map(({ row, alternative }) => [row, alternative]),
		);
		for (const choice of choices) world[choice[0]] ??= best(world, choice, open);
		for (const key of pairsIn(world)) open.delete(key);
		worlds.push(world);
	}
	return worlds;
}

/** Every other one of the worlds in which all pairs come up, by the names of their tests. */
export function half(which: 0 | 1): Array<[name: string, world: World]> {
	return pairwise()
		.map((world, index): [string, World] => [`world ${index + 1}`, world])
		.filter((_, index) => index % 2 === which);
}
