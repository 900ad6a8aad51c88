import type { Named } from './loads.cts';
import type { Outcome } from './playLoad.cts';

/** The table of docs/scaling.md. */
export function markdown(loads: Named[], outcomes: Outcome[]): string {
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
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
