import { ROWS } from './World.mts';
import type { World } from './World.mts';

const played = new Set<string>();

/** The rows that the modules loaded so far play. */
export const PLAYED: ReadonlySet<string> = played;

/**
 * Says what each alternative of a row means to the sandbox.
 * @param plays by alternative; all that the row has, and no others
 * @returns what the row's alternative of a world means
 * @throws Error when row and alternatives are not those of `contract/worlds.yaml`
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
