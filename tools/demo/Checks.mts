import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../n8n/root.mts';

/** Counts which of the demo's claims hold; the numbers go into CI's sum. */
export class Checks {
	passed = 0;
	failed = 0;

	/** Counts a claim, and prints it if it does not hold. */
	that(claim: string, holds: boolean, detail = ''): void {
		if (holds) this.passed++;
		else {
			this.failed++;
			console.log(`did not hold: ${claim} ${detail}`);
		}
	}

	report(): void {
		const folder = join(root, '.cache', 'reports');
		mkdirSync(folder, { recursive: true });
		const { passed, failed } = this;
		writeFileSync(join(folder, 'demo.json'), JSON.stringify({ passed, failed }));
		console.log(`\nDemo: ${passed} checks held, ${failed} did not.`);
	}
}

/** Prints rows as a table; each column is as wide as its longest cell. */
export function printTable(rows: string[][]): void {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	for (const row of rows)
		console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
