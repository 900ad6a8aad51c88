import type { FastifyInstance, FastifyReply } from 'fastify';
import { z, type ZodType, type ZodTypeDef } from 'zod';
import { faultSchema } from './Faults.mts';
import type { House } from './House.mts';
import type { SandboxInfo } from './Sandbox.mts';
import { settingsPatchSchema } from './settings.mts';

/** What a route of the control API returns: a JSON value, or nothing for an empty answer. */
type ControlWork = (house: House) => unknown;

const READS = {
	'/settings': ({ settings }) => settings.current,
	'/faults': ({ faults }) => faults.list(),
	'/operations': ({ operations }) =>
		operations.all().map(({ createdAt, ...operation }) => ({
			...operation,
			creationDate: new Date(createdAt).toISOString(),
			documents: operations.documents(operation.id).map((document) => document.externalReference),
		})),
	'/documents': ({ operations }) => operations.documents(),
	'/signatures': ({ operations }) => operations.signatures(),
	'/outbox': ({ deliveries }) =>
		deliveries.all().map(({ changedAt, ...mail }) => ({
			...mail,
			at: new Date(changedAt).toISOString(),
		})),
	'/calls': ({ calls }) => calls.list(),
	'/stats': ({ calls, operations }) => ({
		...calls.stats(),
		signatures: operations.signatures().reduce((sum, { count }) => sum + count, 0),
	}),
} satisfies Record<string, ControlWork>;

const ageSchema = z.strictObject({ milliseconds: z.number().int().positive() });

/** What is asked for most often, all at the same moment. */
const snapshotOf = (house: House): Record<string, unknown> => ({
	faults: READS['/faults'](house),
	documents: READS['/documents'](house),
	signatures: READS['/signatures'](house),
	stats: READS['/stats'](house),
});

function parseBody(body: unknown): unknown {
	const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
	return text === '' ? {} : JSON.parse(text);
}

/** Does the work with a body that matches the schema; otherwise answers 400. */
async function withBody<Value>(
	reply: FastifyReply,
	schema: ZodType<Value, ZodTypeDef, unknown>,
	body: unknown,
	work: (value: Value) => unknown,
): Promise<unknown> {
	const parsed = schema.safeParse(parseBody(body));
	if (parsed.success) return work(parsed.data);
	return await reply.code(400).send({ error: 'bad control request', issues: parsed.error.issues });
}

const UNFINISHED: ReadonlySet<string> = new Set(['PENDING_EXECUTION', 'EXECUTION_ERROR']);

/** The control API's path. */
export const CONTROL = '/_control';

/** Adds the control API, which is not part of the contract. */
export function addControl(app: FastifyInstance, house: House, info: () => SandboxInfo): void {
	app.get(`${CONTROL}/info`, async () => info());
	for (const [path, work] of Object.entries(READS))
		app.get(CONTROL + path, async () => work(house));
	app.get(`${CONTROL}/snapshot`, async () => snapshotOf(house));
	app.patch(`${CONTROL}/settings`, async ({ body }, reply) =>
		withBody(reply, settingsPatchSchema, body, (changes) => house.settings.patch(changes)),
	);
	app.post(`${CONTROL}/faults`, async ({ body }, reply) =>
		withBody(reply, faultSchema, body, (fault) => ({ id: house.faults.arm(fault) })),
	);
	app.delete(`${CONTROL}/faults`, async () => {
		house.faults.forget();
		return {};
	});
	app.post(`${CONTROL}/reset`, async () => {
		house.forget();
		return {};
	});
	app.post(`${CONTROL}/finish`, async () => {
		for (const { id, status } of house.operations.all())
			if (UNFINISHED.has(status)) await house.executor.execute(id);
		return {};
	});
	app.post(
		`${CONTROL}/age`,
		async ({ body }, reply) =>
			await withBody(reply, ageSchema, body, ({ milliseconds }) => {
				house.operations.age(milliseconds);
				return {};
			}),
	);
	app.post(`${CONTROL}/tokens/revoke`, async () => {
		house.tokens.revokeAll();
		return {};
	});
}
