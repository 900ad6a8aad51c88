import type { Load } from './playLoad.cts';

export interface Named {
	name: string;
	load: Load;
	/** Share of the documents that is signed without being sent again; the others are reported as not signed. */
	leastSigned: number;
}

/** Milliseconds that a document took of a worker's processor in queue mode (docs/scaling.md). */
const perDocumentOwn = 34;

/** The service accepts two requests at a time, and is slow. */
const narrow = {
	executions: 60,
	documents: 5,
	perDocument: 1000,
	perDocumentOwn,
	limit: { atATime: 2 },
};

const many = { concurrency: 10, executions: 20, documents: 5, perDocument: 200, perDocumentOwn };

export const loads: Named[] = [
	{
		name: '60 executions in one process, 2 requests at a time',
		load: { workers: 1, concurrency: 60, ...narrow },
		leastSigned: 1,
	},
	{
		name: '60 executions on 2 workers, 2 requests at a time',
		load: { workers: 2, concurrency: 10, ...narrow, executions: 30 },
		leastSigned: 1,
	},
	...[
		{ perSecond: 10, workers: 1 },
		{ perSecond: 10, workers: 10 },
		// A worker's turn comes so rarely that some documents give up waiting first.
		{ perSecond: 10, workers: 100, leastSigned: 0.9 },
		{ perSecond: 100, workers: 1 },
		{ perSecond: 100, workers: 10 },
		{ perSecond: 100, workers: 100 },
	].map(({ perSecond, workers, leastSigned = 1 }) => ({
		name: `${workers} ${workers === 1 ? 'worker' : 'workers'}, ${perSecond} requests per second`,
		load: { workers, ...many, limit: { perSecond } },
		leastSigned,
	})),
];
