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

/** The links of a page that stay in this repository; addresses on the web are not asked. */
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

/** What of a page's links leads nowhere. */
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

/** Pages of the docs that no other page leads to, so that nobody finds them. */
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

/** Commands of a page that the package does not have. */
function deadCommands(page: string, text: string, scripts: Record<string, string>): string[] {
	return [...text.matchAll(/npm run ([a-z][\w:-]*)/g)]
		.map(([, name]) => name ?? '')
		.filter((name) => scripts[name] === undefined)
		.map((name) => `${page}: there is no 'npm run ${name}'`);
}

/** What is wrong with the links and commands of pages. */
export function faultsOf(pages: string[], scripts: Record<string, string>): string[] {
	const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
	const dead = [...texts].flatMap(([page, text]) => [
		...deadLinks(page, text),
		...deadCommands(page, text, scripts),
	]);
	return [...dead, ...orphans(texts)];
}
