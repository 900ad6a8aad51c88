/**
 * Finds out how a Sign'Stash behaves in ways that nobody outside the vendor knows, and prints a report
 * that can be pasted into an issue: `npm run conformance -- [options]`; see docs/conformance.md.
 */
import { parseArgs } from 'node:util';
import { startSandbox } from '../../sandbox/Sandbox.mts';
import { readWorld } from '../../sandbox/worlds/readWorld.mts';
import { Account } from './Account.mts';
import type { Access } from './Account.mts';
import { Lab } from './Lab.mts';
import { MOST_SIGNATURES, probeAll } from './probes.mts';
import { report } from './report.mts';
import { Trials } from './Trials.mts';

const USAGE = `usage: npm run conformance -- [--email ADDRESS] [--pause SECONDS]
       [--production --yes-bill-me | --base-url URL --token-url URL | --sandbox [--world ROW=ALTERNATIVE]…]
SIGNSTASH_CLIENT_ID and SIGNSTASH_CLIENT_SECRET name the client service (not with --sandbox).`;

const BILL = `This signs up to ${MOST_SIGNATURES} small documents, which it creates itself, with your company's certificate. Each
signature is legally binding, counts against your subscription and is billed.`;

const STAGING = 'https://staging.must.digital';
const PRODUCTION = 'https://msignstash.multicert.com';

/** A service, and how to close it. */
interface Target {
	access: Access;
	name: string;
	close(): Promise<void>;
}

/** A mistake in the command line or the environment. */
class UsageFault extends Error {}

function readOptions() {
	return parseArgs({
		options: {
			sandbox: { type: 'boolean', default: false },
			world: { type: 'string', multiple: true, default: [] },
			production: { type: 'boolean', default: false },
			'yes-bill-me': { type: 'boolean', default: false },
			'base-url': { type: 'string' },
			'token-url': { type: 'string' },
			email: { type: 'string' },
			pause: { type: 'string' },
		},
	}).values;
}

type Options = ReturnType<typeof readOptions>;

function hosted(host: string): Pick<Access, 'baseUrl' | 'tokenUrl'> {
	return {
		baseUrl: `${host}/signstash/einvoice-integration-ws`,
		tokenUrl: `${host}/oauth2/authorization-server/oauth/token`,
	};
}

function credentials(): Pick<Access, 'clientId' | 'clientSecret'> {
	const { SIGNSTASH_CLIENT_ID: clientId, SIGNSTASH_CLIENT_SECRET: clientSecret } = process.env;
	if (clientId && clientSecret) return { clientId, clientSecret };
	throw new UsageFault('SIGNSTASH_CLIENT_ID and SIGNSTASH_CLIENT_SECRET are not set');
}

async function sandboxTarget({ world }: Options): Promise<Target> {
	const sandbox = await startSandbox({ world: readWorld(world) });
	const [client] = sandbox.info.clients;
	if (client === undefined) throw new Error('the sandbox has no client service');
	const { baseUrl, tokenUrl } = sandbox.info;
	const access = { baseUrl, tokenUrl, ...client };
	return { access, name: 'the sandbox', close: async () => await sandbox.close() };
}

function liveTarget(options: Options): Target {
	const { 'base-url': baseUrl, 'token-url': tokenUrl, production } = options;
	if ((baseUrl === undefined) !== (tokenUrl === undefined))
		throw new UsageFault('--base-url and --token-url go together');
	const isStaging = !production && baseUrl === undefined;
	if (!isStaging && !options['yes-bill-me'])
		throw new UsageFault(`${BILL}\nTo go on, add --yes-bill-me.`);
	const own = baseUrl !== undefined && tokenUrl !== undefined ? { baseUrl, tokenUrl } : undefined;
	const addresses = own ?? hosted(production ? PRODUCTION : STAGING);
	const name = own ? 'a service at another address' : production ? 'Production' : 'Staging';
	return { access: { ...addresses, ...credentials() }, name, close: async () => undefined };
}

function labOptions({ email, pause, sandbox }: Options): { email?: string; pauseMs: number } {
	const seconds = Number(pause ?? (sandbox ? 0 : 2));
	if (!(seconds >= 0)) throw new UsageFault('--pause is not a number of seconds');
	const address = email ?? (sandbox ? 'receiver@example.com' : undefined);
	return { ...(address === undefined ? {} : { email: address }), pauseMs: seconds * 1000 };
}

async function run(): Promise<void> {
	const options = readOptions();
	const { access, name, close } = options.sandbox
		? await sandboxTarget(options)
		: liveTarget(options);
	try {
		console.error(`Asking ${name}; up to ${MOST_SIGNATURES} documents will be signed.`);
		const trials = new Trials(new Lab(new Account(access), labOptions(options)));
		const { answer } = (await trials.plain()).trial;
		if (answer.id === undefined) throw new Error(`${name} does not sign: ${answer.shape}`);
		console.log(report(await probeAll(trials), name));
	} finally {
		await close();
	}
}

try {
	await run();
} catch (error) {
	const message = error instanceof Error ? error.message : String(error);
	console.error(error instanceof UsageFault ? `${message}\n\n${USAGE}` : message);
	process.exitCode = error instanceof UsageFault ? 2 : 1;
}
