import { peakMemory } from '../../tools/bench/processAccount.mts';
import type { Cluster } from './Cluster.mts';

/** What a process uses once garbage is collected, in bytes; what it keeps of a document would be added. */
export interface Course {
	name: string;
	before: number;
	after: number;
	/** The most resident memory that it ever had, garbage included. */
	peak: number;
}

/** Compares the memory of each process at two quiet moments. */
export class Memory {
	readonly #before: ReadonlyMap<number, number>;

	private constructor(before: ReadonlyMap<number, number>) {
		this.#before = before;
	}

	static async before(cluster: Cluster): Promise<Memory> {
		return new Memory(await usedBy(cluster));
	}

	/** @returns one course for each process that was there before and still is */
	async after(cluster: Cluster): Promise<Course[]> {
		const used = await usedBy(cluster);
		return cluster.processes.flatMap(({ name, pid }) => {
			const [before, after] = [this.#before.get(pid), used.get(pid)];
			if (before === undefined || after === undefined) return [];
			return [{ name, before, after, peak: peakMemory(pid) ?? NaN }];
		});
	}
}

async function usedBy(cluster: Cluster): Promise<Map<number, number>> {
	const asked = cluster.processes.map(
		async (running) => [running.pid, await cluster.inUse(running)] as const,
	);
	return new Map(await Promise.all(asked));
}
