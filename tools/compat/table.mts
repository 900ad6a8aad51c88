/** What one version of n8n showed. */
export interface Row {
	version: string;
	held: number;
	all: number;
	failed: Failed[];
}

/** A test that failed. */
export interface Failed {
	/** Its suite and its own name, which read as a sentence. */
	name: string;
	/** Its report: what was expected, and what was seen. */
	seen: string;
}

/** A fault of n8n's own, which no node can mend. */
interface OfN8n {
	/** The test that shows it, and how it looks there. */
	name: string;
	seen: RegExp;
	/** What a user should know of it. */
	words: string;
}

const faultsOfN8n: OfN8n[] = [
	{
		name: 'a credential that holds a token is tested with a new one when it is edited, so that a wrong secret shows',
		seen: /Connection successful!/,
		words:
			"n8n's own: it tests an edited credential with the token that it holds, so that a wrong secret passes, and shows only when n8n needs a new token",
	},
];

const ofN8n = ({ name, seen }: Failed): OfN8n | undefined =>
	faultsOfN8n.find((one) => one.name === name && one.seen.test(seen));

/** Whether a version may be promised: tests ran, and all that failed is n8n's own. */
export function mayBePromised({ all, held, failed }: Row): boolean {
	return all > 0 && held + failed.filter(ofN8n).length === all;
}

/** Reads the report of a run (JUnit, as Node's test runner writes it). */
export function readReport(version: string, text: string): Row {
	const count = (name: string) =>
		Number(new RegExp(`<!-- ${name} (\\d+) -->`).exec(text)?.[1] ?? 0);
	const cases = text.matchAll(
		/<testcase name="([^"]+)"((?: \w+="[^"]*")*)>\s*<failure([\s\S]*?)<\/failure>/g,
	);
	const failed = [...cases].map(([, name = '', attributes = '', seen = '']) => {
		const [, suite = ''] = / classname="([^"]*)"/.exec(attributes) ?? [];
		return { name: plain(`${suite} ${name}`), seen };
	});
	return { version, held: count('pass'), all: count('tests'), failed };
}

/** Text of an XML attribute as it was before it was escaped. */
function plain(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&' };
	return text.replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity);
}

/** The row of a version, as it stands in the table. */
export function line(row: Row): string {
	const words = row.failed.map((failed) => ofN8n(failed)?.words ?? failed.name);
	return `| ${row.version} | ${row.held} of ${row.all} | ${words.join('; ').replaceAll('|', '\\|')} |`;
}

/** Versions of the rows in a table, newest first, and whether each may be promised. */
export function versionsIn(table: string): Array<{ version: string; promised: boolean }> {
	const rows = table.matchAll(/^\| (\d\S*) +\| (\d+) of (\d+) +\| (.*?) *\|$/gm);
	return [...rows].map(([, version = '', held, all, words = '']) => {
		const own = faultsOfN8n.filter((one) => words.includes(one.words)).length;
		return { version, promised: Number(all) > 0 && Number(held) + own === Number(all) };
	});
}

/** Newer versions first. */
function order(left: string, right: string): number {
	const version = (row: string): string => row.split('|')[1]?.trim() ?? '';
	return version(right).localeCompare(version(left), 'en', { numeric: true });
}

/** A table with these rows, and those of other versions as they stood in it. */
export function tableWith(before: string, rows: Row[]): string {
	const kept = before
		.split('\n')
		.filter((text) => /^\| \d/.test(text))
		.filter((text) => !rows.some(({ version }) => text.startsWith(`| ${version} `)));
	const head = '| n8n | checks that held | checks that did not |\n| --- | --- | --- |';
	return `${head}\n${[...kept, ...rows.map(line)].sort(order).join('\n')}`;
}
