import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replaceAll(/[`*_]/g, '')
		.replaceAll(/[^\p{L}\p{N} -]/gu, '')
		.trim()
		.replaceAll(' ', '-');
}

function anchorsOf(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading ?? ''));
}

/** The links of a page that stay in this repository; web addresses are not checked. */
function linksOf(text: string): string[] {
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link]) => link ?? '')
		.filter((link) => !/^(https?:|mailto:)/.test(link));
}

/** The file that a link of a page leads to. */
function targetOf(page: string, link: string): string {
	const [path = ''] = link.split('#');
	return path === '' ? page : join(dirname(page), path);
}

/** The links of a page that lead nowhere. */
function deadLinks(page: string, text: string): string[] {
	return linksOf(text)
		.filter((link) => {
			const file = targetOf(page, link);
			if (!existsSync(file)) return true;
			const [, heading] = link.split('#');
			return heading !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(heading);
		})
		.map((link) => `${page}: the link ${link} leads nowhere`);
}

/** Pages of the docs that no other page links to, so that nobody finds them. */
function orphans(pages: Map<string, string>): string[] {
	const found = new Set(
		[...pages].flatMap(([page, text]) =>
			linksOf(text)
				.map((link) => targetOf(page, link))
				.filter((target) => target !== page),
		),
	);
	return [...pages.keys()]
		.filter((page) => page.startsWith('docs/') && !found.has(page))
		.map((page) => `${page}: no page links to it`);
}

/** The commands that pages may name. */
export interface Commands {
	/** The names of the package's scripts. */
	scripts: readonly string[];
	/** The words that may follow a script, for those that take one of a few. */
	words: Readonly<Record<string, readonly string[]>>;
	/** What may follow `--world`: a row and one of its alternatives, with `=` between them. */
	worlds: readonly string[];
}

/** Commands of a page that the package does not have, such as `npm run docs -- wirte`. */
function deadCommands(page: string, text: string, { scripts, words }: Commands): string[] {
	const named = /npm (?<run>run (?:--silent )?)?(?<script>[a-z][\w:-]*)(?: -- (?<word>[a-z]\w*))?/g;
	return [...text.matchAll(named)]
		.filter(([, run, script = '', word]) => {
			// Anything that is not a script is npm's own command, as in `npm ci`.
			if (run === undefined && words[script] === undefined) return false;
			if (!scripts.includes(script)) return true;
			return word !== undefined && words[script]?.includes(word) === false;
		})
		.map(([command]) => `${page}: there is no '${command}'`);
}

/** Worlds of a page that the sandbox does not have, such as `--world look-ups=none`. */
function deadWorlds(page: string, text: string, { worlds }: Commands): string[] {
	return [...text.matchAll(/--world ([a-z][\w-]*=[\w.-]+)/g)]
		.filter(([, world = '']) => !worlds.includes(world))
		.map(([words]) => `${page}: there is no '${words}'`);
}

/** What is wrong with the links and commands of pages. */
export function faultsOf(pages: string[], commands: Commands): string[] {
	const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
	const dead = [...texts].flatMap(([page, text]) => [
		...deadLinks(page, text),
		...deadCommands(page, text, commands),
		...deadWorlds(page, text, commands),
	]);
	return [...dead, ...orphans(texts)];
}
