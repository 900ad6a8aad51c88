/** What the mutation report says, as far as it is read here (mutation-testing-report-schema). */
export interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Place {
	line: number;
	column: number;
}

interface Mutant {
	status: string;
	/** Whether it changes what runs when a file is loaded, for which no test is told from another. */
	static?: boolean;
	replacement?: string;
	location: { start: Place; end: Place };
}

/** Why mutants that no test notices change nothing. */
export interface Reason {
	/** The file below `nodes/SignStash`. */
	file: string;
	/** A part of the line that the mutant begins in. */
	code: string;
	/** A part of what is replaced; left out: whatever it is. */
	original?: string;
	/** A part of what the code becomes; left out: whatever it becomes. */
	becomes?: string;
	why: string;
}

/** A mutant that no test notices, and why it changes nothing, if that is known. */
export interface Survivor {
	file: string;
	line: number;
	original: string;
	becomes: string;
	reason?: Reason;
}

/** How many mutants were made, and how many of them were noticed. */
export interface Score {
	made: number;
	noticed: number;
}

const folder = 'nodes/SignStash/';
const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

/**
 * The report without what has to be run again: which new tests could notice a mutant of what runs when a file
 * is loaded is not known, and a fault of the run says nothing of the mutant.
 * @param isRun tells the files of the run; what is known of others stays
 */
export function settledOf(report: Report, isRun: (path: string) => boolean): Report {
	const isSettled = ({ status, static: atLoad }: Mutant): boolean =>
		noticed.has(status) || (unnoticed.has(status) && !atLoad);
	const files: Report['files'] = {};
	for (const [path, file] of Object.entries(report.files))
		files[path] = isRun(path) ? { ...file, mutants: file.mutants.filter(isSettled) } : file;
	return { ...report, files };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The text between two places, which count from 1. */
function between(lines: string[], { start, end }: Mutant['location']): string {
	const taken = lines.slice(start.line - 1, end.line);
	const last = taken.length - 1;
	return taken
		.map((line, at) =>
			line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined),
		)
		.join('\n');
}

/** The mutants that no test noticed, each with the reason that was given for it. */
export function survivorsOf({ files }: Report, reasons: Reason[]): Survivor[] {
	return Object.entries(files).flatMap(([path, { source, mutants }]) => {
		const file = path.replace(folder, '');
		const lines = source.split('\n');
		return mutants
			.filter(({ status }) => unnoticed.has(status))
			.map(({ location, replacement = '' }): Survivor => {
				const { line } = location.start;
				const code = lines[line - 1] ?? '';
				const [original, becomes] = [oneLine(between(lines, location)), oneLine(replacement)];
				const reason = reasons.find(
					(one) =>
						one.file === file &&
						code.includes(one.code) &&
						original.includes(one.original ?? '') &&
						becomes.includes(one.becomes ?? ''),
				);
				return { file, line, original, becomes, reason };
			})
			.sort((one, other) => one.line - other.line);
	});
}

/** The score of each room, and that of all under `all`. */
export function scoresOf({ files }: Report): Map<string, Score> {
	const scores = new Map<string, Score>();
	for (const [path, { mutants }] of Object.entries(files)) {
		const room = path.replace(folder, '').split('/')[0] ?? '';
		for (const name of [room, 'all']) {
			const score = scores.get(name) ?? { made: 0, noticed: 0 };
			scores.set(name, score);
			for (const { status } of mutants) {
				if (noticed.has(status)) score.noticed++;
				if (noticed.has(status) || unnoticed.has(status)) score.made++;
			}
		}
	}
	return scores;
}

/** Longer code is cut in a table, in characters. */
const longest = 70;

/** Code in a cell of a table. */
function cell(code: string): string {
	const shown = code.length > longest ? `${code.slice(0, longest)}…` : code;
	return shown === '' ? 'nothing' : `\`\` ${shown.replace(/\|/g, '\\|')} \`\``;
}

/** The scores and the survivors as Markdown: a table of the rooms, and one of each file. */
export function page(report: Report, reasons: Reason[]): string {
	const scores = Array.from(
		scoresOf(report),
		([room, { made, noticed: found }]) =>
			`| ${room === 'all' ? 'all' : `\`${room}/\``} | ${((100 * found) / made).toFixed(1)} % | ${found} of ${made} |`,
	).sort();
	const survivors = survivorsOf(report, reasons);
	const files = [...new Set(survivors.map(({ file }) => file))].sort();
	const tables = files.map((file) => {
		const rows = survivors
			.filter((one) => one.file === file)
			.map(
				({ line, original, becomes, reason }) =>
					`| ${line} | ${cell(original)} | ${cell(becomes)} | ${reason?.why ?? 'not looked at yet'} |`,
			);
		return [
			`### ${file}`,
			'',
			'| line | code | becomes | why |',
			'| - | - | - | - |',
			...rows,
		].join('\n');
	});
	return [
		'| room | score | mutants noticed |\n| - | - | - |',
		...scores,
		'\n## Survivors\n',
		tables.join('\n\n'),
	].join('\n');
}
