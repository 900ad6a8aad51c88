import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from './Cluster.mts';

/** Something that goes wrong once part of the documents is signed. */
interface Disturbance {
	/** Part of the documents, from 0 to 1. */
	after: number;
	act: (cluster: Cluster) => Promise<void>;
}

/** Milliseconds for which the service allows two requests at a time. */
const throttled = 10_000;

async function throttle({ sandbox }: Cluster): Promise<void> {
	await sandbox.control('PATCH', '/settings', { rateLimit: { maxParallel: 2 } });
	await wait(throttled);
	await sandbox.control('PATCH', '/settings', { rateLimit: null });
}

async function replaceWorker(cluster: Cluster): Promise<void> {
	await cluster.killWorker('worker 1');
	await cluster.startWorker('worker 3');
}

/** Look-ups that fail: a document asks six times, so that most unanswered requests end as "not known". */
const blind = 400;

async function blindLookUps({ sandbox }: Cluster): Promise<void> {
	await sandbox.control('POST', '/faults', {
		on: 'lookup',
		times: blind,
		moment: 'received',
		action: { type: 'answer', status: 503 },
	});
}

/** In this order, so that only one happens at a time. */
const disturbances: Disturbance[] = [
	{ after: 0.1, act: throttle },
	{ after: 0.2, act: blindLookUps },
	{ after: 0.3, act: replaceWorker },
	{
		after: 0.5,
		act: async ({ sandbox }) => {
			await sandbox.control('POST', '/tokens/revoke');
		},
	},
	{ after: 0.6, act: async ({ redis }) => await redis.restart() },
];

/** How many times {@link disturb} revokes every token. */
export const revocations = 1;

/** Lets everything go wrong in turn; ends when the last one has. */
export async function disturb(cluster: Cluster, documents: number): Promise<void> {
	for (const { after, act } of disturbances) {
		await signed(cluster, documents * after);
		await act(cluster);
	}
}

async function signed({ sandbox }: Cluster, least: number): Promise<void> {
	for (let attempt = 0; attempt < 3000; attempt++) {
		const { signatures } = await sandbox.get<{ signatures: number }>('/stats');
		if (signatures >= least) return;
		await wait(100);
	}
	throw new Error(`no ${least} signatures were made`);
}
