import { ROWS } from '../../sandbox/worlds/World.mts';
import type { Finding } from './Finding.mts';
import { NOT_PROBED } from './probes.mts';
import type { Findings } from './probes.mts';

/** What was found for a row, as a table cell. */
function foundText(finding: Finding | undefined): string {
	if (finding === undefined) return 'this service does not show it';
	const { possible, seen } = finding;
	if (possible.length === 0) return `**like nothing that is known**: ${seen ?? ''}`;
	return possible.map((alternative) => `\`${alternative}\``).join(' or ');
}

/**
 * The rows of contract/worlds.yaml with what was found, as Markdown. It contains no secret, name,
 * reference or content.
 */
export function report(findings: Findings, service: string): string {
	const lines = [...ROWS].map(([name, { asks }]) => {
		const reason = NOT_PROBED.get(name);
		const text = reason === undefined ? foundText(findings.get(name)) : `not asked: ${reason}`;
		return `| ${name} | ${asks} | ${text} |`;
	});
	const recognised = [...findings.values()].filter((finding) => finding?.possible.length === 1);
	return [
		`## Which world ${service} is`,
		'',
		`${recognised.length} of ${ROWS.size} rows recognised; rows and answers are those of docs/worlds.md.`,
		'',
		'| row | question | answer |',
		'| --- | --- | --- |',
		...lines,
	].join('\n');
}
