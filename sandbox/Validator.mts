import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';
import { routeOf } from './contract.mts';
import { OPERATION_IDS } from './Occasion.mts';
import type { Occasion } from './Occasion.mts';
import { Refusal } from './Refusal.mts';
import type { MultipartSignRequest, SignRequest } from './types.mts';

interface Violation {
	keyword: string;
	instancePath: string;
	message?: string;
	params: object;
}

/** The type of a request's body, once it has been checked against the contract. */
interface Bodies {
	sign: SignRequest;
	signMultipart: { files: string[]; signRequest: MultipartSignRequest };
	resend: string[];
}

/** A request as the contract sees it. */
export interface Received {
	/** Path and query relative to the business API base (or the authentication server). */
	path: string;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

/** An ISO 8601 instant with an offset. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

/** The error code for each kind of broken rule; all others get `0.0.6`. */
const CODE_OF_KEYWORD: Readonly<Record<string, string>> = {
	required: '0.0.2',
	type: '0.0.2',
	parse: '0.0.2',
	minItems: '0.0.2',
	minLength: '0.0.2',
	additionalProperties: '0.0.2',
};

function attributePath({ instancePath, keyword, params }: Violation): string {
	const named = new Map<string, unknown>(Object.entries(params));
	const last =
		keyword === 'required'
			? named.get('missingProperty')
			: keyword === 'additionalProperties'
				? named.get('additionalProperty')
				: undefined;
	const steps = instancePath.split('/').filter((step) => step !== '' && step !== 'requestBody');
	if (typeof last === 'string') steps.push(last);
	const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
	return path.replace(/^\./, '') || 'request';
}

function refusalOf(violation: Violation): Refusal {
	const path = attributePath(violation);
	const inBody = violation.instancePath.startsWith('/requestBody');
	const code =
		(inBody || violation.keyword === 'parse' ? CODE_OF_KEYWORD[violation.keyword] : undefined) ??
		'0.0.6';
	const cause =
		violation.keyword === 'required' ? `missing ${path}` : `${path} ${violation.message ?? ''}`;
	return Refusal.withCode(code, cause.trim());
}

/** Checks requests and answers against the contract. */
export class Validator {
	readonly #api: OpenAPIBackend;

	private constructor(api: OpenAPIBackend) {
		this.#api = api;
	}

	/** @param contract with its references not resolved */
	static async create(contract: Document): Promise<Validator> {
		const api = new OpenAPIBackend({
			definition: contract,
			strict: true,
			// The library can only check a definition against OpenAPI 3.0; `quick` skips that check.
			quick: true,
			ignoreTrailingSlashes: false,
			customizeAjv: (ajv) => {
				ajv.addFormat('email', EMAIL);
				ajv.addFormat('date-time', DATE_TIME);
				return ajv;
			},
		});
		await api.init();
		return new Validator(api);
	}

	/** Whether a request follows the contract. */
	accepts(on: Occasion, received: Received): boolean {
		return this.#firstViolation(on, received) === undefined;
	}

	/** @throws Refusal 0.0.2 or 0.0.6, whose cause names the attribute */
	checkRequest(on: Occasion, received: Received): void {
		const violation = this.#firstViolation(on, received);
		if (violation !== undefined) throw refusalOf(violation);
	}

	/**
	 * The body of a request, checked against the contract.
	 * @throws Refusal 0.0.2 or 0.0.6, whose cause names the attribute
	 */
	body<On extends keyof Bodies>(on: On, received: Received): Bodies[On] {
		if (this.#holds(on, received)) return received.body;
		throw Refusal.withCode('0.0.2', 'malformed request');
	}

	#holds<On extends keyof Bodies>(
		on: On,
		received: Received,
	): received is Received & { body: Bodies[On] } {
		this.checkRequest(on, received);
		return true;
	}

	#firstViolation(on: Occasion, { path, headers, body }: Received): Violation | undefined {
		const { method } = routeOf(OPERATION_IDS[on]);
		const known: Record<string, string | string[]> = {};
		for (const [name, value] of Object.entries(headers)) {
			if (value !== undefined) known[name] = value;
		}
		return this.#api.validator.validateRequest(
			{ method, path, headers: known, body },
			OPERATION_IDS[on],
		).errors?.[0];
	}

	/** What breaks the contract in an answer; empty when nothing does. */
	violations(on: Occasion, status: number, body: unknown): string[] {
		const { errors } = this.#api.validator.validateResponse(body, OPERATION_IDS[on], status);
		return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
	}
}
