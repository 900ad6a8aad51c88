/**
 * Runs a sandbox: `node sandbox/main.mts [--port 0] [--state FILE] [--mode sign|echo] [--json]
 * [--world ROW=ALTERNATIVE]…`.
 * Ends on SIGINT and SIGTERM.
 */
import { parseArgs } from 'node:util';
import { startSandbox } from './Sandbox.mts';
import type { SandboxInfo } from './Sandbox.mts';
import type { Mode } from './Signer.mts';
import { readWorld } from './worlds/readWorld.mts';
import type { World } from './worlds/World.mts';

const USAGE =
	'usage: node sandbox/main.mts [--port 0] [--state FILE] [--mode sign|echo] [--json] [--world ROW=ALTERNATIVE]…';

interface Arguments {
	port: number;
	stateFile: string | undefined;
	mode: Mode;
	json: boolean;
	world: World | undefined;
}

function readArguments(): Arguments {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			state: { type: 'string' },
			mode: { type: 'string', default: 'sign' },
			json: { type: 'boolean', default: false },
			world: { type: 'string', multiple: true },
		},
	});
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`bad port: ${values.port}`);
	const { mode } = values;
	if (mode !== 'sign' && mode !== 'echo') throw new Error(`bad mode: ${mode}`);
	const world = values.world && readWorld(values.world);
	return { port, stateFile: values.state, mode, json: values.json, world };
}

function text({ baseUrl, tokenUrl, controlUrl, backofficeUrl, clients }: SandboxInfo): string {
	const rows = clients.map(
		({ name, issuer, clientId, clientSecret }) =>
			`  ${name} (issuer ${issuer})\n    client id      ${clientId}\n    client secret  ${clientSecret}`,
	);
	return [
		"The Sign'Stash sandbox is running; its signatures are worth nothing outside tests.",
		`  API base URL   ${baseUrl}`,
		`  token URL      ${tokenUrl}`,
		`  control API    ${controlUrl}`,
		`  backoffice     ${backofficeUrl}`,
		'Test credentials',
		...rows,
		'Press Ctrl-C to stop it.',
	].join('\n');
}

function argumentsOrUsage(): Arguments {
	try {
		return readArguments();
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
		process.exit(2);
	}
}

const { json, ...options } = argumentsOrUsage();
const sandbox = await startSandbox(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		void sandbox.close().then(() => process.exit(0));
	});
}

// The reader of this line may stop the sandbox at once, so the signal handlers come first.
console.log(json ? JSON.stringify(sandbox.info) : text(sandbox.info));
