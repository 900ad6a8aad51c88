import { row } from '../play.mts';
import type { World } from '../World.mts';

/** How operation ids are written, and read from a path. */
interface IdNotation {
	written(id: number): unknown;
	read(text: string): number | undefined;
}

/** JavaScript numbers cannot represent the odd numbers above this. */
const BEYOND = 2n ** 53n;

const plainRead = (text: string): number | undefined => {
	const id = Number(text);
	return Number.isSafeInteger(id) ? id : undefined;
};

function readBeyond(text: string): number | undefined {
	if (!/^\d+$/.test(text)) return undefined;
	const twice = BigInt(text) - BEYOND - 1n;
	return twice > 0n && twice % 2n === 0n ? plainRead(String(twice / 2n)) : undefined;
}

const notation = row<IdNotation>('operation-ids', {
	number: { written: (id) => id, read: plainRead },
	'above-2-53': { written: (id) => BEYOND + 2n * BigInt(id) + 1n, read: readBeyond },
	text: { written: String, read: plainRead },
});

/** An operation's id as the world writes it. */
export const writtenId = (world: World, id: number): unknown => notation(world).written(id);

/** The operation id that a path names; undefined if no operation can have it. */
export const readId = (world: World, text: string): number | undefined =>
	notation(world).read(text);
