import { worldSchema } from './World.mts';
import type { World } from './World.mts';

/** A world from the command line: one `row=alternative` for each row that is not as usual. */
export function readWorld(pairs: readonly string[]): World {
	const given = pairs.map((pair) => pair.split('=', 2));
	const parsed = worldSchema.safeParse(Object.fromEntries(given));
	if (parsed.success) return parsed.data;
	const issues = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
	throw new Error(`bad world: ${issues.join('; ')}`);
}
