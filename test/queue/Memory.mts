import { readFileSync } from 'node:fs';
import type { Watched } from './Cluster.mts';

/** Milliseconds between two looks. */
const interval = 1000;

/** Memory of a process that was running at every look. */
export interface Course {
	name: string;
	/** Megabytes at each look. */
	looks: number[];
}

/** Watches how much memory each process uses. */
export class Memory {
	readonly #looks = new Map<string, number[]>();
	readonly #timer: NodeJS.Timeout;

	constructor(processes: () => Watched[]) {
		this.#timer = setInterval(() => {
			for (const { name, pid } of processes()) this.#look(name, pid);
		}, interval);
	}

	#look(name: string, pid: number): void {
		const megabytes = residentMegabytes(pid);
		if (megabytes === undefined) return;
		this.#looks.set(name, [...(this.#looks.get(name) ?? []), megabytes]);
	}

	end(): Course[] {
		clearInterval(this.#timer);
		return [...this.#looks].map(([name, looks]) => ({ name, looks }));
	}
}

/** Undefined once the process is gone. */
function residentMegabytes(pid: number): number | undefined {
	try {
		const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
	} catch {
		return undefined;
	}
}

const mean = (values: number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Mean memory in the second and in the last quarter of a course; the first is for warming up. */
export function quarters({ looks }: Course): { early: number; late: number } {
	const quarter = Math.floor(looks.length / 4);
	return {
		early: mean(looks.slice(quarter, 2 * quarter)),
		late: mean(looks.slice(3 * quarter)),
	};
}
