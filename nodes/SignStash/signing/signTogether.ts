import { createHash } from 'crypto';
import type { SignOperation, SignRequest } from '../service/messages';
import { Delivery, inWordsFor, type Delivered } from './Delivery';
import { outcomeUnknown } from './faults';
import { lookUpPatiently } from './lookUp';
import { stateOf } from './outcome';
import { checkOurs, finished, settle } from './settle';
import { signDocument, type Before } from './signDocument';
import type { SignedDocument, SigningJob } from './SigningJob';
import type { World } from './World';

/** What became of each document of a request, in the order of the jobs. */
export type Settled = Array<PromiseSettledResult<SignedDocument>>;

/** A request with several documents; all of its jobs have the same settings (see gather). */
type Jobs = [first: SigningJob, ...others: SigningJob[]];

/**
 * Signs several documents with one request, and with the same result as one by one: each document has
 * its own external reference, and whenever the request as a whole has no clear answer, each goes its
 * own way under that reference.
 */
export async function signTogether(world: World, jobs: Jobs): Promise<Settled> {
	if (jobs.length === 1) return await Promise.allSettled([signDocument(world, jobs[0])]);
	try {
		const delivery = new Delivery(world, jobs[0].patience.sending);
		const delivered = await delivery.send(() => requestOf(jobs));
		return await settleAll(world, jobs, delivered, delivery);
	} catch (reason) {
		return jobs.map(({ reference }) => ({
			status: 'rejected',
			reason: inWordsFor(reason, reference),
		}));
	}
}

/** The request's own reference differs from its documents', which may have to be sent alone. */
function requestOf(jobs: Jobs): SignRequest {
	const [{ reference, settings, wantContent, name }] = jobs;
	const names = createHash('sha256').update(jobs.map((job) => job.reference).join('\n'));
	return {
		externalReference: `${reference}-with-${names.digest('hex').slice(0, 16)}`,
		...settings,
		description: settings.description ?? `${name} and ${jobs.length - 1} more`,
		returnSignedContent: wantContent,
		documents: jobs.map((job) => job.document(job.reference)),
	};
}

async function settleAll(
	world: World,
	jobs: Jobs,
	delivered: Delivered,
	delivery: Delivery,
): Promise<Settled> {
	switch (delivered.is) {
		case 'answered':
			return await fromOperation(world, jobs, delivered.operation, false);
		case 'rejected':
			return await oneByOne(world, jobs, 'nothing');
		case 'duplicate':
			return await oneByOne(world, jobs, 'duplicate');
		case 'unknown':
		case 'notSent':
			return await lookFor(world, jobs, delivered.why, delivery);
	}
}

/** The documents of one request share one operation: where the first is, there are all. */
async function lookFor(
	world: World,
	jobs: Jobs,
	why: string,
	delivery: Delivery,
): Promise<Settled> {
	const [{ reference, wantContent }] = jobs;
	const found = await lookUpPatiently(world, reference, wantContent, () =>
		delivery.unlessStopped(),
	);
	if (found.is === 'found') return await fromOperation(world, jobs, found.operation, true);
	if (found.is === 'notFound') return await oneByOne(world, jobs, 'unknown');
	return jobs.map((job) => ({
		status: 'rejected',
		reason: outcomeUnknown(why, job.reference),
	}));
}

async function fromOperation(
	world: World,
	jobs: Jobs,
	operation: SignOperation,
	recovered: boolean,
): Promise<Settled> {
	const current = await finished(world, jobs[0], operation);
	const settled: Settled = [];
	for (const job of jobs)
		settled.push(...(await Promise.allSettled([fromShared(world, job, current, recovered)])));
	return settled;
}

/** A document that the operation does not hold may be elsewhere: it is looked for under its own reference. */
async function fromShared(
	world: World,
	job: SigningJob,
	operation: SignOperation,
	recovered: boolean,
): Promise<SignedDocument> {
	if (stateOf(operation, job.reference).is === 'unknown')
		return await signDocument(world, job, 'unknown');
	if (recovered) checkOurs(job, job.reference, operation);
	return await settle(world, job, job.reference, operation, recovered);
}

async function oneByOne(world: World, jobs: Jobs, before: Before): Promise<Settled> {
	const settled: Settled = [];
	for (const job of jobs)
		settled.push(...(await Promise.allSettled([signDocument(world, job, before)])));
	return settled;
}
