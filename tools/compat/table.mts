/** The results on one version of n8n. */
export interface Row {
	version: string;
	held: number;
	all: number;
	failed: Failed[];
}

/** A test that failed. */
export interface Failed {
	/** Its suite and its title, which together read as a sentence. */
	name: string;
	/** Its report: what was expected and what was seen. */
	seen: string;
}

/** A fault of n8n itself, which no node can fix. */
interface OfN8n {
	/** The tests that show it, and what their reports say. */
	name: RegExp;
	seen: RegExp;
	/** The first version without it, if there is one. */
	until?: string;
	/** What a user should know about it. */
	words: string;
}

const faultsOfN8n: OfN8n[] = [
	{
		name: /^a credential that holds a token is tested with a new one when it is edited, so that a wrong secret shows$/,
		seen: /Connection successful!/,
		words:
			"n8n's own: it tests an edited credential with the token that it holds, so that a wrong secret passes, and shows only when n8n needs a new token",
	},
	{
		name: /^the credential's test names what to look at: (a refused token( and no words)?|an invalid licence|a licence that is inactive|too many requests|a gateway before nothing)$/,
		// n8n's texts for HTTP statuses, from n8n-workflow.
		seen: /(Authorization failed - please check your credentials|The service is receiving too many requests from you|Bad gateway - the service failed to handle your request)/,
		words:
			"n8n's own: when the API answers the credential's test with 401, 429 or 502, n8n says its own words and not the node's",
	},
	{
		name: /^the credential's test names what to look at: (a refused token( and no words)?|too many requests|a gateway before nothing)$/,
		// Seen in n8n-core: `ignoreHttpStatusErrors` has no exceptions in 2.0.3, and has them in 2.11.4.
		seen: /(Connection successful!|no Sign'Stash API answers there|a web page answers instead)/,
		until: '2.11.4',
		words:
			"n8n's own: the credential's test does not learn the HTTP status, so that it takes 401, 429 and 502 for other answers, or for success",
	},
];

const isBefore = (version: string, other: string): boolean =>
	version.localeCompare(other, 'en', { numeric: true }) < 0;

const ofN8n = (version: string, { name, seen }: Failed): OfN8n | undefined =>
	faultsOfN8n.find(
		({ until, ...one }) =>
			one.name.test(name) &&
			one.seen.test(seen) &&
			(until === undefined || isBefore(version, until)),
	);

/** Whether a version may be promised: tests ran, and every failure is a fault of n8n itself. */
export function mayBePromised({ version, all, held, failed }: Row): boolean {
	const own = failed.filter((one) => ofN8n(version, one));
	return all > 0 && held + own.length === all;
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

/** The unescaped text of an XML attribute. */
function plain(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&' };
	return text.replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity);
}

/** A version's row in the table: a fault that several checks showed is named once. */
export function line(row: Row): string {
	const counts = new Map<string, number>();
	for (const failed of row.failed) {
		const words = ofN8n(row.version, failed)?.words ?? failed.name;
		counts.set(words, (counts.get(words) ?? 0) + 1);
	}
	const said = [...counts].map(([words, count]) => words + (count > 1 ? ` (${count} checks)` : ''));
	return `| ${row.version} | ${row.held} of ${row.all} | ${said.join('; ').replaceAll('|', '\\|')} |`;
}

/** The number of checks in which, according to a row of the table, this fault of n8n was seen. */
function checksOf({ words }: OfN8n, said: string): number {
	if (!said.includes(words)) return 0;
	const [, after = ''] = said.split(words);
	return Number(/^ \((\d+) checks\)/.exec(after)?.[1] ?? 1);
}

/** The versions of a table's rows, newest first, and whether each may be promised. */
export function versionsIn(table: string): Array<{ version: string; promised: boolean }> {
	const rows = table.matchAll(/^\| (\d\S*) +\| (\d+) of (\d+) +\| (.*?) *\|$/gm);
	return [...rows].map(([, version = '', held, all, said = '']) => {
		const own = faultsOfN8n.reduce((sum, fault) => sum + checksOf(fault, said), 0);
		return { version, promised: Number(all) > 0 && Number(held) + own === Number(all) };
	});
}

/** Newer versions first. */
function order(left: string, right: string): number {
	const version = (row: string): string => row.split('|')[1]?.trim() ?? '';
	return version(right).localeCompare(version(left), 'en', { numeric: true });
}

/** The table with these rows; rows of other versions stay as they were. */
export function tableWith(before: string, rows: Row[]): string {
	const kept = before
		.split('\n')
		.filter((text) => /^\| \d/.test(text))
		.filter((text) => !rows.some(({ version }) => text.startsWith(`| ${version} `)));
	const head = '| n8n | checks that held | checks that did not |\n| --- | --- | --- |';
	return `${head}\n${[...kept, ...rows.map(line)].sort(order).join('\n')}`;
}
