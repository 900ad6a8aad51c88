import type { State } from '../../nodes/SignStash/signing/state';
import { againReference } from '../../nodes/SignStash/signing/references';
import type { Brought } from './calls.cts';
import type { Protocol } from './Protocol.cts';
import type { Doc } from './Service.cts';
import type { Memory } from './states.cts';

/** What an execution knows at its beginning. */
export const newMemory = (since: number): Memory => ({
	since,
	own: [],
	open: [],
	answered: [],
	doubted: [],
});

/** What a try begins with, depending on what its execution has already sent. */
export function firstState(
	protocol: Protocol,
	docs: Doc[],
	execution: number,
	{ open, answered, doubted }: Memory,
): State {
	const again = docs.map(({ reference }) => againReference(reference, String(execution)));
	const used = (reference: string) => open.includes(reference) || answered.includes(reference);
	const isAgain = docs.length === 1 && again.some((one) => used(one) || doubted.includes(one));
	const references = isAgain ? again : docs.map(({ reference }) => reference);
	return protocol.begin({
		again: isAgain,
		sent: references.some((one) => open.includes(one)),
		used: references.some(used),
		turnedAway: references.some((one) => doubted.includes(one) && !used(one))
			? 'perhaps'
			: undefined,
		doing: references.some(used) ? 'look' : 'send',
	});
}

/** What an execution additionally knows after a request under these references. */
export function remembered(
	memory: Memory,
	{ op, open: isOpen, event }: Brought,
	references: string[],
): Memory {
	const isAnswered = event.is === 'operation';
	const isOwn = isAnswered && event.made !== 'before' && !event.replayed;
	const own = isOwn && op !== undefined ? [op] : [];
	const others = (all: string[]) => all.filter((one) => !references.includes(one));
	return {
		since: memory.since,
		own: [...new Set([...memory.own, ...own])].sort(),
		open: isOpen ? [...others(memory.open), ...references].sort() : memory.open,
		answered: isAnswered ? [...others(memory.answered), ...references].sort() : memory.answered,
		doubted:
			event.is === 'busy' ? [...others(memory.doubted), ...references].sort() : memory.doubted,
	};
}
