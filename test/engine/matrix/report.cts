import type { Case, Result } from './Case.cts';

/** Higher numbers of calls depend on the clock, and are not worth distinguishing. */
const many = 5;

const count = (calls: number, what: string): string =>
	calls === 0 ? '' : `, ${calls > many ? 'many' : `${calls}×`} ${what}`;

function cell({ got, sent, lookedUp }: Result): string {
	return `${got}${count(sent, 'sent')}${count(lookedUp, 'looked up')}`;
}

function table(title: string, rows: Array<{ one: Case; result: Result }>): string[] {
	const columns = [...new Set(rows.map(({ one }) => one.column))];
	const lines = [...new Set(rows.map(({ one }) => one.line))];
	const cellOf = (line: string, column: string): string => {
		const row = rows.find(({ one }) => one.line === line && one.column === column);
		return row ? cell(row.result) : '';
	};
	return [
		`**${title}**`,
		'',
		`| fault | ${columns.join(' | ')} |`,
		`| --- |${columns.map(() => ' --- |').join('')}`,
		...lines.map(
			(line) => `| ${line} | ${columns.map((column) => cellOf(line, column)).join(' | ')} |`,
		),
		'',
	];
}

/** The results as Markdown: what the user got, and how many requests and look-ups that took. */
export function markdown(cases: Case[], results: Result[]): string {
	const rows = cases.flatMap((one, index) => {
		const result = results[index];
		return result ? [{ one, result }] : [];
	});
	const sum = (of: (result: Result) => boolean): number =>
		rows.filter(({ result }) => of(result)).length;
	const titles = [...new Set(cases.map((one) => one.table))];
	const twice = sum(({ signatures, again }) => signatures > 1 || again.signatures > 1);
	const lost = sum(({ again }) => again.got !== 'file');
	return [
		`${rows.length} cases: ${sum(({ got }) => got === 'file')} ended with the signed file, ${sum(({ got }) => got !== 'file')} with a fault that says what is known. Signed twice: ${twice}. Lost: ${lost}.`,
		'',
		...titles.flatMap((title) =>
			table(
				title,
				rows.filter(({ one }) => one.table === title),
			),
		),
	].join('\n');
}

/** The report in a document between the markers with its name; empty without them. */
export function committedReport(document: string, name = 'matrix'): string {
	const marked = new RegExp(`<!-- ${name}: begin[^>]*-->\\n([\\s\\S]*?)<!-- ${name}: end -->`);
	return marked.exec(document)?.[1] ?? '';
}

/** A report's lines without the white space and rules that draw its tables. */
export function cellsOf(text: string): string[] {
	return text
		.split('\n')
		.filter((line) => line.trim() !== '' && !/^[|\s:-]+$/.test(line))
		.map((line) =>
			line
				.split('|')
				.map((part) => part.trim())
				.join('|'),
		);
}
