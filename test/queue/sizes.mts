import type { BinaryMode } from './Cluster.mts';

/** The amount of work in one run of the suite in one binary mode. */
export interface Size {
	documents: number;
	executions: number;
	/** Bytes of the smallest document and of the largest. */
	bytes: readonly [least: number, most: number];
	/** Whether one in twenty calls meets a fault. */
	faulty: boolean;
	/** Whether a worker is killed, Redis restarted, tokens revoked, and the service throttled during the run. */
	disturbed: boolean;
	/** Whether some executions run several times, at the same moment or later. */
	repeated: boolean;
	/** Executions that are timed with one worker and with two; 0 skips this. */
	timed: number;
	/** Executions that are timed ahead of the others, to compare the time for a document; 0 skips this. */
	ahead: number;
}

const kilobyte = 1024;

const usual = {
	bytes: [20 * kilobyte, 200 * kilobyte],
	faulty: true,
	repeated: true,
	ahead: 0,
} as const;
const full: Size = { ...usual, documents: 2000, executions: 200, disturbed: true, timed: 80 };

/** `QUEUE_SIZE` chooses the row: `full` is the default, `short` is for CI, `month-end` for many small documents. */
const sizes: Readonly<Record<string, Partial<Record<BinaryMode, Size>>>> = {
	full: { database: full, filesystem: full },
	short: {
		database: { ...usual, documents: 300, executions: 30, disturbed: true, timed: 0 },
		// Enough batches that start at the same time: which worker takes an execution is random.
		filesystem: { ...usual, documents: 300, executions: 30, disturbed: false, timed: 0 },
	},
	'month-end': {
		filesystem: {
			...{ documents: 20_000, executions: 200, bytes: [10 * kilobyte, 10 * kilobyte] },
			...{ faulty: false, disturbed: false, repeated: false, timed: 0, ahead: 10 },
		},
	},
};

const { QUEUE_SIZE: name = 'full' } = process.env;
const chosen = sizes[name];
if (!chosen) throw new Error(`QUEUE_SIZE has to be full, short or month-end, but is ${name}`);

/** The chosen sizes, by binary mode. */
export const size: Partial<Record<BinaryMode, Size>> = chosen;
