import { z } from 'zod';
import type { SignError } from './types.mts';
import { USUAL_WORLD, worldSchema } from './worlds/World.mts';

/** The contract's sign errors. */
export const SIGN_ERRORS = [
	'INVALID_CERT_SERVICE_CREDS',
	'INVALID_CERT_ACCESS_ACCOUNT',
	'CERT_SERVICE_GLOBAL_ERROR',
	'CONFIGURATION_SIGN_ERROR',
	'TIMESTAMP_SIGN_ERROR',
	'INVALID_CERTIFICATE_SIGN_ERROR',
	'STORAGE_SERVICE_GLOBAL_ERROR',
	'SIGN_OPERATION_INTERNAL_ERROR',
] as const satisfies readonly SignError[];

const count = z.number().int().min(0);
const milliseconds = z.number().min(0);

const clientStates = z.strictObject({
	/** 409 1.1.3 on every business call. */
	clientServiceInactive: z.boolean().optional(),
	/** 401 1.1.0. */
	licenceInvalid: z.boolean().optional(),
	/** 401 1.1.1. */
	licenceInactive: z.boolean().optional(),
	/** 403 1.2.0. */
	issuerInactive: z.boolean().optional(),
	/** 403 1.3.0. */
	partnerInactive: z.boolean().optional(),
	/** 500 0.0.3. */
	configurationMissing: z.boolean().optional(),
	/** Every document ends as ERROR_SIGNING with INVALID_CERT_ACCESS_ACCOUNT. */
	noCertificate: z.boolean().optional(),
	/** The token call fails as for a wrong secret. */
	secretRejected: z.boolean().optional(),
	/** No email of this client service can be sent. */
	emailFailing: z.boolean().optional(),
});

/** The sandbox's switchable behaviour, as the control API accepts it. */
export const settingsSchema = z.strictObject({
	tokenLifetimeSeconds: z.number().positive(),
	/** The answer to a business call with an invalid or expired token; http401: the world's answer. */
	tokenFault: z.enum(['http401', 'code0010']),
	/** Business calls beyond this many at a time are answered with 429. */
	rateLimit: z
		.strictObject({
			maxParallel: z.number().int().min(1),
			/** Sent as Retry-After when set. */
			retryAfterSeconds: count.optional(),
		})
		.nullable(),
	/**
	 * Null leaves it to the world, which usually signs before it answers; otherwise polls (status and
	 * detail calls alike) carry the operation on.
	 */
	async: z
		.strictObject({
			/** How many polls are answered with PENDING_EXECUTION. */
			pendingPolls: count,
			/** How many polls after those are answered with EXECUTION_ERROR. */
			executionErrorPolls: count.default(0),
			outcome: z.enum(['EXECUTED', 'EXECUTION_FAILED']).default('EXECUTED'),
		})
		.nullable(),
	/** The first rule that matches a document makes it fail; an empty match matches all. */
	signErrors: z.array(
		z.strictObject({
			match: z.strictObject({
				nameContains: z.string().optional(),
				externalReferenceContains: z.string().optional(),
			}),
			signError: z.enum(SIGN_ERRORS),
		}),
	),
	/** States by client id. */
	clients: z.record(z.string(), clientStates),
	delay: z.strictObject({
		perRequestMs: milliseconds.default(0),
		perDocumentMs: milliseconds.default(0),
	}),
	/** The answer for an unknown or another company's operation or reference; null: the world's. */
	lookupNotFound: z
		.strictObject({ status: z.number().int().min(400).max(599), body: z.unknown() })
		.nullable(),
	/** How long after its registration a look-up does not find a reference. */
	lookupLagMs: milliseconds,
	/** Pause between two attempts to send an email. */
	mailRetryMs: milliseconds,
	/** What the subscription allows in its period and how much is used; null: answers leave it out. */
	usage: z.strictObject({ allowed: count, used: count }).nullable(),
	/** How the sandbox behaves where the service is unknown (contract/worlds.yaml). */
	world: worldSchema,
});

export type Settings = z.output<typeof settingsSchema>;
export type ClientStates = z.output<typeof clientStates>;

export const DEFAULT_SETTINGS: Settings = {
	tokenLifetimeSeconds: 86_399,
	tokenFault: 'http401',
	rateLimit: null,
	async: null,
	signErrors: [],
	clients: {},
	delay: { perRequestMs: 0, perDocumentMs: 0 },
	lookupNotFound: null,
	lookupLagMs: 0,
	mailRetryMs: 100,
	usage: null,
	world: USUAL_WORLD,
};

/** A patch may have any of the settings; each one replaces its whole value. */
export const settingsPatchSchema = settingsSchema.partial();
