import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Named } from './loads';
import type { Outcome } from './play';

const folder = join(__dirname, '..', '..', '.cache', 'scaling');

/** Leaves the table of docs/scaling.md in `.cache/scaling/table.md`. */
export function leaveReport(loads: Named[], outcomes: Outcome[]): void {
	const rows = outcomes.map(({ signed, toldBusy, refusals, seconds, most }, index) => [
		loads[index]?.name ?? '',
		String(signed + toldBusy),
		String(most),
		refusals.toFixed(2),
		(signed / seconds).toFixed(1),
		`${((100 * toldBusy) / (signed + toldBusy)).toFixed(1)} %`,
	]);
	const head = [
		...['case', 'documents', 'most requests at once', 'refusals per document'],
		...['signed per second', 'told as not signed'],
	];
	const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'table.md'), `${table.join('\n')}\n`);
}
