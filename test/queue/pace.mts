import { processorTime } from '../../tools/bench/processAccount.mts';
import type { Cluster } from './Cluster.mts';
import { makeBatches, type Batch } from './documents.mts';
import { Hook } from './Hook.mts';
import { signing } from './workflows.mts';

/** Milliseconds that the service takes for a document while the pace is measured. */
const perDocumentMs = 1000;

/** Documents of one execution, signed one after the other. */
const each = 5;

export interface Pace {
	/** Documents per second that two workers sign, divided by those that one signs. */
	twoToOne: number;
	/** Milliseconds of a worker's processor that one document takes. */
	ownMs: number;
}

/** Times the given number of executions on two workers, and on one, which the cluster then keeps. */
export async function paceOf(cluster: Cluster, executions: number): Promise<Pace> {
	const hook = await Hook.open(cluster, signing('pace', { parallelRequests: 1 }));
	const slow = { documents: executions * each, executions, bytes: [20_000, 200_000] } as const;
	const two = await secondsFor(cluster, hook, await makeBatches('two-', slow));
	await cluster.stopWorker('worker 2');
	const [, worker] = cluster.processes;
	const before = worker ? processorTime(worker.pid) : 0;
	const one = await secondsFor(cluster, hook, await makeBatches('one-', slow));
	const used = worker ? processorTime(worker.pid) - before : 0;
	return { twoToOne: one / two, ownMs: used / (executions * each) };
}

async function secondsFor({ sandbox }: Cluster, hook: Hook, batches: Batch[]): Promise<number> {
	await sandbox.control('POST', '/reset');
	await sandbox.control('PATCH', '/settings', { delay: { perDocumentMs } });
	const started = performance.now();
	await hook.sendBatches(batches);
	await hook.outcomes();
	return (performance.now() - started) / 1000;
}
