import { z } from 'zod';
import { MOMENTS, OCCASIONS } from './Occasion.mts';
import type { Moment, Occasion } from './Occasion.mts';

const actionSchema = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('hang') }),
	z.strictObject({ type: z.literal('reset') }),
	z.strictObject({ type: z.literal('busy') }),
	/** The answer's signed contents change places: each goes to the document before it. */
	z.strictObject({ type: z.literal('swap') }),
	z.strictObject({ type: z.literal('cut'), afterBytes: z.number().int().min(0).optional() }),
	z.strictObject({
		type: z.literal('answer'),
		status: z.number().int().min(200).max(599),
		headers: z.record(z.string(), z.string()).optional(),
		/** A string is sent as it is, anything else as JSON; without it the body is empty. */
		body: z.unknown(),
		bodyBase64: z.string().optional(),
	}),
	z.strictObject({ type: z.literal('delay'), ms: z.number().min(0) }),
	z.strictObject({ type: z.literal('drip'), bytesPerSecond: z.number().positive() }),
]);

/** Actions that can only be armed for the moment at which a call is received. */
const FROM_THE_START: ReadonlySet<string> = new Set(['busy', 'swap']);

const SIGNING_ONLY: ReadonlySet<Moment> = new Set(['registered', 'signed']);
const SIGNING: ReadonlySet<string> = new Set(['sign', 'signMultipart', 'any']);

/** A fault as the control API takes it. */
export const faultSchema = z
	.strictObject({
		on: z.enum([...OCCASIONS, 'any']),
		/** How many matching calls pass before it strikes. */
		skip: z.number().int().min(0).default(0),
		/** How many calls it strikes. */
		times: z.number().int().min(1).default(1),
		moment: z.enum(MOMENTS),
		action: actionSchema,
	})
	.refine(({ action, moment }) => !FROM_THE_START.has(action.type) || moment === 'received', {
		message: 'this action can only strike when the call is received',
		path: ['moment'],
	})
	.refine(({ on, moment }) => SIGNING.has(on) || !SIGNING_ONLY.has(moment), {
		message: 'only signing calls reach this moment',
		path: ['moment'],
	});

export type FaultAction = z.output<typeof actionSchema>;
export type Fault = z.output<typeof faultSchema>;

interface Armed extends Fault {
	id: number;
}

/** The armed faults; they are kept in memory, so a restart disarms them. */
export class Faults {
	#armed: Armed[] = [];
	#lastId = 0;

	arm(fault: Fault): number {
		this.#lastId += 1;
		this.#armed.push({ ...fault, id: this.#lastId });
		return this.#lastId;
	}

	/** The actions that strike a call that has reached a moment, in the order they were armed. */
	strike(on: Occasion, moment: Moment): FaultAction[] {
		const actions: FaultAction[] = [];
		for (const fault of this.#armed) {
			if (fault.moment !== moment || (fault.on !== 'any' && fault.on !== on)) continue;
			if (fault.skip > 0) fault.skip -= 1;
			else if (fault.times > 0) {
				fault.times -= 1;
				actions.push(fault.action);
			}
		}
		return actions;
	}

	/** All faults that were armed; `times` is how many strikes are left. */
	list(): Armed[] {
		return this.#armed.map((fault) => ({ ...fault }));
	}

	forget(): void {
		this.#armed = [];
	}
}
