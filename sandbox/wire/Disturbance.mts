import type { FaultAction } from '../Faults.mts';

/** The faults that end a call immediately. */
export type Ending = Extract<FaultAction, { type: 'hang' | 'reset' | 'cut' | 'answer' }>;

/** Thrown to end a call with a fault before its own answer exists. */
export class Disturbance extends Error {
	readonly ending: Ending;

	constructor(ending: Ending) {
		super(`fault: ${ending.type}`);
		this.name = 'Disturbance';
		this.ending = ending;
	}
}
