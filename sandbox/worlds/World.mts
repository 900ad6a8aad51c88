import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** One thing about the service that nobody outside the vendor knows (`contract/worlds.yaml`). */
export interface Row {
	asks: string;
	/** Where the question arises in the contract, as JSON pointers. */
	contract: readonly string[];
	touches: string;
	/** Whether it can decide if a document is signed twice, lost, or reported wrongly. */
	signing: boolean;
	/** What is true for the user, whichever alternative it is. */
	holds: string;
	/** The answers that the public facts allow; the sandbox's usual one comes first. */
	alternatives: ReadonlyMap<string, string>;
	/** What is true instead in alternatives that the user can distinguish from the others. */
	holdsOtherwise: ReadonlyMap<string, string>;
}

/** One alternative of each row. */
export type World = Readonly<Record<string, string>>;

const texts = z.record(z.string(), z.string());
const file = z.strictObject({
	rows: z.record(
		z.string(),
		z.strictObject({
			asks: z.string(),
			contract: z.array(z.string()),
			touches: z.string(),
			signing: z.boolean(),
			holds: z.string(),
			alternatives: texts,
			'holds-otherwise': texts.default({}),
		}),
	),
});

function readRows(): ReadonlyMap<string, Row> {
	const url = new URL('../../contract/worlds.yaml', import.meta.url);
	const { rows } = file.parse(parse(readFileSync(url, 'utf8')));
	return new Map(
		Object.entries(rows).map(([name, { alternatives, 'holds-otherwise': otherwise, ...row }]) => [
			name,
			{
				...row,
				alternatives: new Map(Object.entries(alternatives)),
				holdsOtherwise: new Map(Object.entries(otherwise)),
			},
		]),
	);
}

/** The rows of `contract/worlds.yaml`, in the file's order. */
export const ROWS = readRows();

function choice({ alternatives }: Row): z.ZodDefault<z.ZodEnum<[string, ...string[]]>> {
	const [usual, ...others] = alternatives.keys();
	if (usual === undefined) throw new Error('a row of contract/worlds.yaml has no alternatives');
	return z.enum([usual, ...others]).default(usual);
}

/** A world as it is given in settings: rows that are left out take their usual alternative. */
export const worldSchema = z.strictObject(
	Object.fromEntries([...ROWS].map(([name, row]) => [name, choice(row)])),
);

/** The world in which every row has its usual alternative. */
export const USUAL_WORLD: World = worldSchema.parse({});
