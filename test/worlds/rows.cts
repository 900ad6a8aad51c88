import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A row of contract/worlds.yaml: the part that tests need. */
export interface Row {
	alternatives: Record<string, string>;
	'holds-otherwise'?: Record<string, string>;
}

/** One alternative of some rows; the others are as usual. */
export type World = Record<string, string>;

const file: { rows: Record<string, Row> } = parse(
	readFileSync(join(__dirname, '..', '..', 'contract', 'worlds.yaml'), 'utf8'),
);

export const rows = file.rows;

/** The names of the alternatives by row, the usual one first. */
export const choices: Array<[row: string, alternatives: string[]]> = Object.entries(rows).map(
	([row, { alternatives }]) => [row, Object.keys(alternatives)],
);

/** `row=alternative` for everything that is not as usual. */
export function describeWorld(world: World): string {
	const unusual = choices.flatMap(([row, [usual]]) => {
		const chosen = world[row];
		return chosen === undefined || chosen === usual ? [] : [`${row}=${chosen}`];
	});
	return unusual.join(' ') || 'as usual';
}

/** The usual world, and each world in which one row differs. */
export function oneByOne(): World[] {
	const others = choices.flatMap(([row, [, ...unusual]]) =>
		unusual.map((alternative): World => ({ [row]: alternative })),
	);
	return [{}, ...others];
}
