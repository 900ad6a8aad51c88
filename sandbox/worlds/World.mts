import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** One thing that nobody outside the vendor knows of the service, as `contract/worlds.yaml` has it. */
export interface Row {
	asks: string;
	/** Where the question stands in the contract, as JSON pointers. */
	contract: readonly string[];
	touches: string;
	/** Whether it can decide if a document is signed twice, lost, or told wrongly. */
	signing: boolean;
	/** What holds for the user, whichever alternative it is. */
	holds: string;
	/** The answers that the public facts allow, the sandbox's usual one first. */
	alternatives: ReadonlyMap<string, string>;
	/** What holds instead in alternatives that the user can tell from the others. */
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

/** The rows of `contract/worlds.yaml`, in their order there. */
export const ROWS = readRows();

function choice({ alternatives }: Row): z.ZodDefault<z.ZodEnum<[string, ...string[]]>> {
	const [usual, ...others] = alternatives.keys();
	if (usual === undefined) throw new Error('a row of contract/worlds.yaml has no alternatives');
	return z.enum([usual, ...others]).default(usual);
}

/** A world as whoever sets it names it: rows that are left out take their usual alternative. */
export const worldSchema = z.strictObject(
	Object.fromEntries([...ROWS].map(([name, row]) => [name, choice(row)])),
);

/** The world in which every row has its usual alternative. */
export const USUAL_WORLD: World = worldSchema.parse({});
