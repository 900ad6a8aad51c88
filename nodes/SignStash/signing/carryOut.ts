import type { SignRequest } from '../service/messages';
import { factsOf, type Operation } from '../service/Operation';
import type { NoAnswer, Refusal } from '../service/Reply';
import { requestReference } from './evidence';
import { faultOf } from './faults';
import type { End, Known, Learnt, Rules, Step } from './known';
import { patience } from './policies';
import type { Picked, Ports } from './Ports';
import { begin, next, stepOf } from './protocol';
import { lookUp, pause } from './reading';
import { rowReference } from './references';
import { documentIn, isFinished, seenIn } from './sightings';
import type { SignedDocument, SigningJob } from './SigningJob';

/** A request's documents; they have the same settings (see gather). */
export type Jobs = [first: SigningJob, ...others: SigningJob[]];

/** What became of each document of a request, in the order of the jobs. */
export type Settled = Array<PromiseSettledResult<SignedDocument>>;

/**
 * Signs the documents of one request, and with the same result as one by one: a document that its request
 * cannot settle goes on in a request of its own.
 */
export async function signTogether(ports: Ports, jobs: Jobs): Promise<Settled> {
	const course = new Course(ports, jobs, begin());
	const settled: Settled = [];
	for (const [index, end] of (await course.run()).entries())
		settled.push(...(await settledBy(ports, course, index, end)));
	return settled;
}

async function settledBy(ports: Ports, course: Course, index: number, end: End): Promise<Settled> {
	if (end.is !== 'alone') return await Promise.allSettled([course.result(index, end)]);
	const own = new Course(ports, [course.job(index)], begin(end.sent));
	const [ownEnd] = await own.run();
	return ownEnd ? await Promise.allSettled([own.result(0, ownEnd)]) : [];
}

/** One request on its way through the protocol: does its steps, and tells it what they brought. */
class Course {
	private readonly rules: Rules;
	private operation?: Operation;
	/** The answer to the last status call. */
	private said?: Operation;
	/** The last replies that were no answer, to any call and to a sending, for the words of a fault. */
	private last?: NoAnswer;
	private unanswered?: NoAnswer;

	constructor(
		private readonly ports: Ports,
		private readonly jobs: Jobs,
		private known: Known,
	) {
		const [{ ifAlreadySigned, patience: own }] = jobs;
		this.rules = {
			documents: jobs.length,
			ifAlreadySigned,
			deadline: ports.now() + patience + own.call,
			completion: own.completion,
		};
	}

	/** The end of each document; an execution that is stopped ends before its next step. */
	async run(): Promise<End[]> {
		let step = stepOf(this.known);
		while (step.do !== 'end') {
			const learnt: Learnt = this.ports.stopped() ? { is: 'stopped' } : await this.tried(step);
			[this.known, step] = next(this.known, learnt, this.rules, this.ports.now());
		}
		return step.ends;
	}

	/** A fault of our own, wherever it comes from, says as little of the request as no answer. */
	private async tried(step: Exclude<Step, { do: 'end' }>): Promise<Learnt> {
		try {
			return await this.take(step);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			return this.learntFrom({ is: 'broken', sent: true, why });
		}
	}

	job(index: number): SigningJob {
		return this.jobs[index] ?? this.jobs[0];
	}

	/** @throws Fault in words for this document */
	async result(index: number, end: End): Promise<SignedDocument> {
		const job = this.job(index);
		const reference = rowReference(job.reference, this.known.attempt);
		const document = this.operation && documentIn(this.operation, reference, true);
		if (end.is === 'signed' && this.operation && document) {
			const { content, ...facts } = document;
			return {
				operation: factsOf(this.operation),
				document: facts,
				content: job.wantContent ? content : undefined,
				recovered: end.recovered,
			};
		}
		const fault = end.is === 'fault' ? end.fault : 'unknown';
		throw faultOf(fault, {
			reference,
			sent: this.known.sent,
			registered: this.known.registered !== 'no',
			signsAgain: job.ifAlreadySigned === 'signAgain',
			operation: this.known.seen && this.operation,
			document,
			flaw: document && flawOf(job, document),
			last: fault === 'unknown' ? (this.unanswered ?? this.last) : this.last,
		});
	}

	private async take(step: Exclude<Step, { do: 'end' }>): Promise<Learnt> {
		const { service } = this.ports;
		switch (step.do) {
			case 'pause':
				await pause(this.ports, step.milliseconds);
				return { is: 'rested' };
			case 'renew': {
				const reply = await service.renewToken();
				return reply.is === 'answer' ? { is: 'renewed' } : this.learntFrom(reply);
			}
			case 'send': {
				const reply = await service.sign(this.request());
				if (reply.is === 'answer') return await this.see(reply.body);
				this.unanswered = reply;
				return this.learntFrom(reply);
			}
			case 'look':
				return await this.look(step.document);
			case 'status':
				return await this.status();
			case 'fetch': {
				const id = this.operation?.id ?? '';
				const reply = await service.detail(id, this.wantContent, this.own);
				return reply.is === 'answer' ? await this.see(reply.body) : this.learntFrom(reply);
			}
		}
	}

	private async look(document: number): Promise<Learnt> {
		const member = rowReference(this.job(document).reference, this.known.attempt);
		const found = await lookUp(this.ports, member, this.wantContent, this.own);
		if (found.is === 'found') return await this.see(found.operation);
		return found.is === 'nothing' ? found : this.learntFrom(found);
	}

	private async status(): Promise<Learnt> {
		const reply = await this.ports.service.status(this.operation?.id ?? '');
		if (reply.is !== 'answer') return this.learntFrom(reply);
		this.said = reply.body;
		return { is: 'status', finished: isFinished(reply.body) };
	}

	/** What a detail leaves out of the status, the status call has said. */
	private async see(shown: Operation): Promise<Learnt> {
		const said = this.said?.id === shown.id ? this.said.status : undefined;
		const operation = { ...shown, status: shown.status ?? said };
		this.operation = operation;
		return { is: 'operation', ...(await seenIn(operation, this.jobs, this.mark(), this.known)) };
	}

	private learntFrom(reply: NoAnswer): Learnt {
		this.last = reply;
		if (reply.is === 'refusal') return ofRefusal(reply);
		if (reply.is === 'broken' && !reply.sent) return { is: 'notSent' };
		return { is: reply.is === 'noToken' ? 'noToken' : 'unknown' };
	}

	/** The request's own documents among those of an operation. */
	private readonly own: Picked = (shown) =>
		this.jobs.map(({ reference }) =>
			documentIn(shown, rowReference(reference, this.known.attempt), true),
		);

	private get wantContent(): boolean {
		return this.jobs.some((job) => job.wantContent);
	}

	private mark(): string {
		const { attempt } = this.known;
		return requestReference(
			this.jobs.map(({ reference, fingerprint, derived }) => ({
				reference: rowReference(reference, attempt),
				fingerprint,
				derived,
			})),
		);
	}

	/** Made anew for each sending, so that nothing of it is held while an answer is awaited. */
	private request(): SignRequest {
		const [{ settings, name }, ...others] = this.jobs;
		const more = others.length === 0 ? '' : ` and ${others.length} more`;
		return {
			externalReference: this.mark(),
			...settings,
			description: settings.description ?? `${name}${more}`,
			returnSignedContent: this.wantContent,
			documents: this.jobs.map((job) =>
				job.document(rowReference(job.reference, this.known.attempt)),
			),
		};
	}
}

function ofRefusal({ class: kind, retryAfter: asked }: Refusal): Learnt {
	return kind === 'busy' || kind === 'unknown' ? { is: kind, asked } : { is: kind };
}

const flawOf = (
	job: SigningJob,
	{ content, contentFlaw }: { content?: Buffer; contentFlaw?: string },
) => contentFlaw ?? (content && job.flaw(content));
