/** What the mutation report says, as far as it is read here (mutation-testing-report-schema 2). */
export interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Place {
	line: number;
	column: number;
}

interface Mutant {
	status: string;
	replacement?: string;
	location: { start: Place; end: Place };
}

/** Why mutants that no test notices change nothing. */
export interface Reason {
	/** The file below `nodes/SignStash`. */
	file: string;
	/** A part of the line that the mutant is in. */
	code: string;
	/** What the code becomes, or a part of it; left out: whatever it becomes. */
	becomes?: string;
	why: string;
}

/** A mutant that no test notices. */
export interface Survivor {
	file: string;
	/** The line that it begins in, and what is changed there. */
	line: number;
	code: string;
	original: string;
	becomes: string;
	why?: string;
}

/** How many mutants of a file were made, and how many were noticed. */
export interface Score {
	made: number;
	noticed: number;
}

const folder = 'nodes/SignStash/';
const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The text between two places, which count from 1. */
function between(lines: string[], { start, end }: Mutant['location']): string {
	const taken = lines.slice(start.line - 1, end.line);
	const last = taken.length - 1;
	return taken
		.map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
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
				const code = oneLine(lines[location.start.line - 1] ?? '');
				const [original, becomes] = [oneLine(between(lines, location)), oneLine(replacement)];
				const reason = reasons.find(
					(one) =>
						one.file === file && code.includes(one.code) && becomes.includes(one.becomes ?? ''),
				);
				return { file, line: location.start.line, code, original, becomes, why: reason?.why };
			});
	});
}

/** The score of each room, and of all under `all`. */
export function scoresOf({ files }: Report): Map<string, Score> {
	const scores = new Map<string, Score>();
	for (const [path, { mutants }] of Object.entries(files)) {
		const room = path.replace(folder, '').split('/')[0] ?? '';
		for (const name of [room, 'all']) {
			const score = scores.get(name) ?? { made: 0, noticed: 0 };
			const count = (of: Set<string>): number =>
				mutants.filter(({ status }) => of.has(status)).length;
			const killed = count(noticed);
			scores.set(name, {
				made: score.made + killed + count(unnoticed),
				noticed: score.noticed + killed,
			});
		}
	}
	return scores;
}
