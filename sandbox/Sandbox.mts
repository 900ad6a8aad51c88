import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { addBackoffice, BACKOFFICE, keepOthersOut } from './backoffice/backoffice.mts';
import { routeOf } from './contract.mts';
import type { Route } from './contract.mts';
import { addControl, CONTROL } from './control.mts';
import { detail } from './endpoints/detail.mts';
import { documents } from './endpoints/documents.mts';
import type { Endpoint } from './endpoints/Endpoint.mts';
import { lookup } from './endpoints/lookup.mts';
import { resend } from './endpoints/resend.mts';
import { sign } from './endpoints/sign.mts';
import { signMultipart } from './endpoints/signMultipart.mts';
import { status } from './endpoints/status.mts';
import { token } from './endpoints/token.mts';
import { Exchange } from './Exchange.mts';
import { createHouse } from './House.mts';
import type { House } from './House.mts';
import { OPERATION_IDS } from './Occasion.mts';
import { serve } from './serve.mts';
import type { Certificates, Mode } from './Signer.mts';
import { worldSchema } from './worlds/World.mts';
import type { World } from './worlds/World.mts';
import { worksWithoutSlash } from './worlds/requests.mts';

const HOST = '127.0.0.1';
const BUSINESS_BASE = '/signstash/einvoice-integration-ws';
const AUTHENTICATION_BASE = '/oauth2/authorization-server';
/** Bytes; the vendor's "extreme" of 500 MB is 667 MB in base64. */
const BODY_LIMIT = 2_000_000_000;
const LONGEST_PARAMETER = 4096;

const BUSINESS = [sign, signMultipart, lookup, status, detail, documents, resend];

/** What a user of the sandbox needs to know about it. */
export interface SandboxInfo {
	port: number;
	baseUrl: string;
	tokenUrl: string;
	controlUrl: string;
	/** The page for watching the sandbox. */
	backofficeUrl: string;
	/** `issuer` is the issuer's VAT number. */
	clients: { name: string; issuer: string; clientId: string; clientSecret: string }[];
	certificates: Certificates;
}

export interface SandboxOptions {
	/** 0 or undefined picks a free port. */
	port?: number | undefined;
	/** SQLite file for the state; without it the state is in memory. */
	stateFile?: string | undefined;
	/** `sign` (the default) really signs; `echo` hands documents back and keeps no contents. */
	mode?: Mode | undefined;
	/** How it behaves where the service is unknown, row by row; rows left out are as usual. */
	world?: World | undefined;
}

export interface Sandbox {
	readonly info: SandboxInfo;
	close(): Promise<void>;
}

function createServer(): FastifyInstance {
	const app = fastify({
		bodyLimit: BODY_LIMIT,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: LONGEST_PARAMETER },
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	const limits = { fileSize: BODY_LIMIT, fieldSize: BODY_LIMIT, files: 10_000, parts: 10_000 };
	app.register(multipart, { limits });
	return app;
}

function addEndpoint(app: FastifyInstance, house: House, base: string, endpoint: Endpoint): void {
	const { method, path } = routeOf(OPERATION_IDS[endpoint.on]);
	addRoute(app, house, base, endpoint, { method, path }, () => true);
	if (!path.endsWith('/')) return;
	const bare = path.replace(/\/$/, '');
	addRoute(app, house, base, endpoint, { method, path: bare }, ({ settings }) =>
		worksWithoutSlash(settings.current.world),
	);
}

/** @param isServed whether the path exists in the current world */
function addRoute(
	app: FastifyInstance,
	house: House,
	base: string,
	endpoint: Endpoint,
	{ method, path }: Route,
	isServed: (house: House) => boolean,
): void {
	app.route({
		method,
		url: base + path.replaceAll(/\{(\w+)\}/g, ':$1'),
		onRequest: async (request, reply) => {
			if (!isServed(house)) return reply.callNotFound();
			house.admissions.admit(endpoint.on, request.raw, reply.raw);
		},
		handler: async (request, reply) => {
			reply.hijack();
			const admission = house.admissions.of(request.raw);
			const exchange = new Exchange(endpoint.on, request, admission, house, base);
			await serve(house, endpoint, exchange, reply);
		},
	});
}

function noteUnknownPaths(app: FastifyInstance, house: House): void {
	app.setNotFoundHandler(async (request, reply) => {
		house.calls.begin('unknown', request.method, request.url).status = 404;
		return await reply.code(404).send({ status: 404, error: 'Not Found', path: request.url });
	});
}

function describe(house: House, port: number): SandboxInfo {
	const origin = `http://${HOST}:${port}`;
	return {
		port,
		baseUrl: origin + BUSINESS_BASE,
		tokenUrl: origin + AUTHENTICATION_BASE + routeOf(OPERATION_IDS.token).path,
		controlUrl: origin + CONTROL,
		backofficeUrl: origin + BACKOFFICE,
		clients: house.clients.all().map(({ name, issuer, clientId, secret }) => ({
			name,
			issuer: issuer.vatNumber,
			clientId,
			clientSecret: secret,
		})),
		certificates: house.signer.certificates,
	};
}

/** Starts a Sign'Stash on this machine's loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const world = options.world && worldSchema.parse(options.world);
	const house = await createHouse(options.stateFile, options.mode ?? 'sign', world);
	const app = createServer();
	let port = options.port ?? 0;
	for (const endpoint of BUSINESS) addEndpoint(app, house, BUSINESS_BASE, endpoint);
	addEndpoint(app, house, AUTHENTICATION_BASE, token);
	keepOthersOut(app, [CONTROL, BACKOFFICE], () => port);
	addControl(app, house, () => describe(house, port));
	addBackoffice(app);
	noteUnknownPaths(app, house);
	port = Number(new URL(await app.listen({ host: HOST, port })).port);
	return {
		info: describe(house, port),
		close: async () => {
			await app.close();
			house.close();
		},
	};
}
