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

/** What of a page's links leads nowhere; addresses on the web are not asked. */
function deadLinks(page: string, text: string): string[] {
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
	return links
		.filter((link) => !/^(https?:|mailto:)/.test(link))
		.filter((link) => {
			const [path = '', heading] = link.split('#');
			const file = path === '' ? page : join(dirname(page), path);
			if (!existsSync(file)) return true;
			return heading !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(heading);
		})
		.map((link) => `${page}: the link ${link} leads nowhere`);
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
	return pages.flatMap((page) => {
		const text = readFileSync(page, 'utf8');
		return [...deadLinks(page, text), ...deadCommands(page, text, scripts)];
	});
}
