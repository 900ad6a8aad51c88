import type { Known } from '../../nodes/SignStash/signing/known';
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
export function firstKnown(
	protocol: Protocol,
	docs: Doc[],
	execution: number,
	{ open, answered, doubted }: Memory,
): Known {
	const again = docs.map(({ reference }) => againReference(reference, String(execution)));
	const used = (reference: string) => open.includes(reference) || answered.includes(reference);
	const isAgain = docs.length === 1 && again.some((one) => used(one) || doubted.includes(one));
	const references = isAgain ? again : docs.map(({ reference }) => reference);
	return protocol.begin({
		again: isAgain,
		sent: references.some((one) => open.includes(one)),
		used: references.some(used),
		doubted: references.some((one) => doubted.includes(one) && !used(one)),
		look: references.some(used),
	});
}

/** What an execution additionally knows after a request under these references. */
export function remembered(
	memory: Memory,
	{ op, open: isOpen, learnt }: Brought,
	references: string[],
): Memory {
	const isAnswered = learnt.is === 'operation';
	const isOwn = isAnswered && learnt.made !== 'before' && !learnt.replayed;
	const own = isOwn && op !== undefined ? [op] : [];
	const others = (all: string[]) => all.filter((one) => !references.includes(one));
	return {
		since: memory.since,
		own: [...new Set([...memory.own, ...own])].sort(),
		open: isOpen ? [...others(memory.open), ...references].sort() : memory.open,
		answered: isAnswered ? [...others(memory.answered), ...references].sort() : memory.answered,
		doubted:
			learnt.is === 'busy' ? [...others(memory.doubted), ...references].sort() : memory.doubted,
	};
}
