import type { Call, On } from './ruledCalls.cts';
import type { Rules } from './ruledRules.cts';

/** Answers calls of these endpoints once the given number of them has arrived, the last one first. */
export function inReverse(count: number, ...endpoints: On[]): Rules['before'] {
	const waiting: Array<() => void> = [];
	return async ({ on }: Call) => {
		if (!endpoints.includes(on)) return undefined;
		const turn = new Promise<void>((go) => waiting.push(go));
		if (waiting.length === count) next(waiting.splice(0));
		await turn;
		return undefined;
	};
}

/** One after the other: each answer is on its way before the preceding one may be made. */
function next(waiting: Array<() => void>): void {
	const go = waiting.pop();
	if (go === undefined) return;
	go();
	setImmediate(() => setImmediate(() => next(waiting)));
}
