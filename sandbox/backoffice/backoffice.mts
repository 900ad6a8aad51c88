import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ROWS } from '../worlds/World.mts';

/** The page's path. */
export const BACKOFFICE = '/backoffice';

/** The page's parts: scripts are written in TypeScript and served without their types. */
const PARTS: Readonly<Record<string, readonly [file: string, type: string]>> = {
	[BACKOFFICE]: ['page.html', 'text/html; charset=utf-8'],
	[`${BACKOFFICE}/page.css`]: ['page.css', 'text/css; charset=utf-8'],
	[`${BACKOFFICE}/page.mts`]: ['page.mts', 'text/javascript; charset=utf-8'],
	[`${BACKOFFICE}/switches.mts`]: ['switches.mts', 'text/javascript; charset=utf-8'],
};

/** Only the page's own parts can be loaded, and no other page can show it in a frame. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'";

async function contentOf(file: string): Promise<string> {
	const source = await readFile(new URL(file, import.meta.url), 'utf8');
	if (!file.endsWith('.mts')) return source;
	const { default: typescript } = await import('typescript');
	const { ModuleKind, ScriptTarget } = typescript;
	const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
	return typescript.transpileModule(source, { compilerOptions }).outputText;
}

/** Whether a request comes from the sandbox's own page or a program, and not from another page. */
function isOurs({ headers }: FastifyRequest, port: number): boolean {
	const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
	const { host = '', origin } = headers;
	const isNamed = hosts.includes(host);
	return isNamed && (origin === undefined || origin === `http://${host}`);
}

/**
 * Another page that is open in the same browser could reach this port, even under its own host name.
 * It gets neither the page nor the control API.
 */
export function keepOthersOut(
	app: FastifyInstance,
	prefixes: readonly string[],
	port: () => number,
): void {
	app.addHook('onRequest', async (request, reply) => {
		if (!prefixes.some((prefix) => request.url.startsWith(prefix))) return;
		if (isOurs(request, port())) return;
		await refuse(reply);
	});
}

async function refuse(reply: FastifyReply): Promise<void> {
	await reply.code(403).send({ error: 'for pages and programs on this machine only' });
}

/** Adds the page for watching the sandbox and switching its faults. */
export function addBackoffice(app: FastifyInstance): void {
	for (const [path, [file, type]] of Object.entries(PARTS))
		app.get(path, async (_request, reply) =>
			reply
				.header('content-security-policy', POLICY)
				.header('cache-control', 'no-store')
				.type(type)
				.send(await contentOf(file)),
		);
	app.get(`${BACKOFFICE}/worlds`, async () =>
		[...ROWS].map(([name, { asks, alternatives }]) => ({
			name,
			asks,
			alternatives: [...alternatives].map(([id, text]) => ({ id, text })),
		})),
	);
}
