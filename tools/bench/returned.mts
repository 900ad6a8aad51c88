import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function filesBelow(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
}

function timesOfContents(folder: string): Map<string, number> {
	const times = new Map<string, number>();
	for (const file of filesBelow(folder)) {
		const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
		times.set(hash, (times.get(hash) ?? 0) + 1);
	}
	return times;
}

/**
 * How many documents of `input` are found less than `times` times, byte for byte, below `output`. The
 * server echoes, so this is 0 for a run that kept every document.
 */
export function missing(input: string, output: string, times: number): number {
	const found = timesOfContents(output);
	return [...timesOfContents(input).keys()].filter((hash) => (found.get(hash) ?? 0) < times).length;
}
