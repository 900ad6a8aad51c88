/** The parts of the mutation report that are read here (mutation-testing-report-schema). */
export interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Place {
	line: number;
	column: number;
}

interface Mutant {
	status: string;
	/** Whether it changes code that runs when a file is loaded, which cannot be attributed to a single test. */
	static?: boolean;
	replacement?: string;
	location: { start: Place; end: Place };
}

/** A mutant that no test notices. */
export interface Survivor {
	file: string;
	line: number;
	original: string;
	becomes: string;
}

/** How many mutants were made and how many of them were noticed. */
export interface Score {
	made: number;
	noticed: number;
}

const folder = 'nodes/SignStash/';
const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

/**
 * The report without results that have to be run again. Unnoticed mutants of code that runs when a file is loaded
 * are run again, because it is unknown which new tests could notice them; so are mutants whose run itself failed,
 * because that says nothing about the mutant.
 * @param isRun whether a file is part of the run; results of all other files stay
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

/** The text between two places; lines and columns are counted from 1. */
function between(lines: string[], { start, end }: Mutant['location']): string {
	const taken = lines.slice(start.line - 1, end.line);
	const last = taken.length - 1;
	return taken
		.map((line, at) =>
			line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined),
		)
		.join('\n');
}

/** The mutants that no test noticed, ordered by file and line. */
export function survivorsOf({ files }: Report): Survivor[] {
	return Object.entries(files).flatMap(([path, { source, mutants }]) => {
		const file = path.replace(folder, '');
		const lines = source.split('\n');
		return mutants
			.filter(({ status }) => unnoticed.has(status))
			.map(({ location, replacement = '' }): Survivor => {
				const { line } = location.start;
				const [original, becomes] = [oneLine(between(lines, location)), oneLine(replacement)];
				return { file, line, original, becomes };
			})
			.sort((one, other) => one.line - other.line);
	});
}

/** The score of each room, and the overall score under `all`. */
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

/** The scores as Markdown: a row for each room and one for the total. */
export function page(report: Report): string {
	const scores = Array.from(
		scoresOf(report),
		([room, { made, noticed: found }]) =>
			`| ${room === 'all' ? 'all' : `\`${room}/\``} | ${((100 * found) / made).toFixed(1)} % | ${found} of ${made} |`,
	).sort();
	return ['| room | score | mutants noticed |\n| - | - | - |', ...scores].join('\n');
}
