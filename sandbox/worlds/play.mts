import { ROWS } from './World.mts';
import type { World } from './World.mts';

const played = new Set<string>();

/** The rows that are played by the modules loaded so far. */
export const PLAYED: ReadonlySet<string> = played;

/**
 * Defines what each alternative of a row means to the sandbox.
 * @param plays meanings by alternative; exactly those of the row
 * @returns a function that gives the meaning of a world's alternative
 * @throws Error when the row or its alternatives differ from `contract/worlds.yaml`
 */
export function row<Value>(
	name: string,
	plays: Readonly<Record<string, Value>>,
): (world: World) => Value {
	const table = new Map(Object.entries(plays));
	const known = [...(ROWS.get(name)?.alternatives.keys() ?? [])];
	const missing = known.filter((alternative) => !table.has(alternative));
	const extra = [...table.keys()].filter((alternative) => !known.includes(alternative));
	if (known.length === 0 || missing.length > 0 || extra.length > 0) {
		throw new Error(
			`row ${name} of contract/worlds.yaml: not played: ${missing.join(', ') || 'none'}; played, but not there: ${extra.join(', ') || 'none'}`,
		);
	}
	played.add(name);
	return (world) => {
		for (const [alternative, value] of table) if (alternative === world[name]) return value;
		throw new Error(`row ${name} has no alternative ${world[name]}`);
	};
}
