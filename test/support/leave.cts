import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Saves a report where tools/docs/report.mts reads it. */
export function leave(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
