/** How much one run of the suite does in one binary mode. */
export interface Size {
	documents: number;
	executions: number;
	/** Whether a worker is killed, Redis restarted, tokens revoked, and the service throttled meanwhile. */
	disturbed: boolean;
	/** Executions whose time is taken with one worker and with two; 0 leaves it out. */
	timed: number;
}

const full: Size = { documents: 2000, executions: 200, disturbed: true, timed: 80 };

/** `QUEUE_SIZE` chooses the row: `full` is the default, `short` is for CI. */
const sizes = {
	full: { database: full, filesystem: full },
	short: {
		database: { documents: 300, executions: 30, disturbed: true, timed: 0 },
		// Enough batches that go at once: which worker takes an execution is chance.
		filesystem: { documents: 120, executions: 30, disturbed: false, timed: 0 },
	},
} as const;

const { QUEUE_SIZE: chosen = 'full' } = process.env;
if (chosen !== 'full' && chosen !== 'short')
	throw new Error(`QUEUE_SIZE has to be full or short, but is ${chosen}`);

export const size = sizes[chosen];
