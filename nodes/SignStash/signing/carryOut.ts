import type { SignRequest } from '../service/messages';
import {
	factsOf,
	type Operation,
	type OperationDocument,
	type OperationId,
} from '../service/Operation';
import type { NoAnswer } from '../service/Reply';
import { begin, mayHaveArrived, stepOf } from './begin';
import { requestReference } from './evidence';
import { faultOf } from './faults';
import type { End, FaultName, State, Event, Rules, Step } from './state';
import { leastAtWork, patience } from './policies';
import type { Picked, Ports } from './Ports';
import { ofRefusal } from './ofRefusal';
import { next } from './protocol';
import { lookUp, pause } from './reading';
import { againReference, rowReference } from './references';
import { documentIn, isFinished, viewOf, type View } from './sightings';
import type { SignedDocument, SigningJob } from './SigningJob';
import { cannotTellWhen } from './verdicts';

/** A request's documents; they have the same settings (see gather). */
export type Jobs = [first: SigningJob, ...others: SigningJob[]];

/** What became of each document of a request, in the order of the jobs. */
export type Settled = Array<PromiseSettledResult<SignedDocument>>;

/**
 * Signs the documents of one request, with the same result as one by one: a document that its request cannot
 * settle continues in its own request.
 */
export async function signTogether(ports: Ports, jobs: Jobs): Promise<Settled> {
	const alone = jobs.map((job) => firstState(ports, [job]));
	const request = new SigningRequest(ports, jobs, firstState(ports, jobs));
	const settled: Settled = [];
	for (const [index, end] of (await request.run()).entries())
		settled.push(...(await settledBy(ports, request, index, end, alone[index] ?? begin())));
	return settled;
}

/** @param alone what was known about the document alone before its request was sent */
async function settledBy(
	ports: Ports,
	request: SigningRequest,
	index: number,
	end: End,
	alone: State,
): Promise<Settled> {
	if (end.is !== 'alone') return await Promise.allSettled([request.result(index, end)]);
	const state = { ...alone, sent: alone.sent || end.sent };
	const own = new SigningRequest(ports, [request.job(index)], state);
	const [ownEnd] = await own.run();
	return ownEnd ? await Promise.allSettled([own.result(0, ownEnd)]) : [];
}

/** The state at the start: an earlier try of this execution may already have used the references. */
function firstState({ execution }: Ports, jobs: Jobs): State {
	const again = jobs.map(({ reference }) => againReference(reference, execution.id));
	const isAgain = jobs.length === 1 && again.some((one) => execution.knows(one));
	const references = isAgain ? again : jobs.map(({ reference }) => reference);
	const isUsed = references.some((one) => execution.hasUsed(one));
	return begin({
		again: isAgain,
		sent: references.some((one) => execution.hasLost(one)),
		used: isUsed,
		turnedAway: references.some((one) => execution.hasDoubted(one)) ? 'perhaps' : undefined,
		doing: isUsed ? 'look' : 'send',
	});
}

/** One request on its way through the protocol: carries out its steps, and reports what they returned. */
class SigningRequest {
	private readonly rules: Rules;
	/** Without contents; all documents of the request share it. */
	private operation?: Operation;
	/** The operation's document of each job, with its content. */
	private documents: View['documents'] = [];
	/** The operation that a look-up named, and that could not be read. */
	private unread?: OperationId;
	/** The answer to the last status call. */
	private said?: Operation;
	/** The last replies that were not answers, to any call and to a sending, for the words of a fault. */
	private last?: NoAnswer;
	private unanswered?: NoAnswer;

	constructor(
		private readonly ports: Ports,
		private readonly jobs: Jobs,
		private state: State,
	) {
		const [{ ifAlreadySigned, patience: own }] = jobs;
		this.rules = {
			documents: jobs.length,
			ifAlreadySigned,
			deadline: ports.now() + patience + own.call,
			completion: own.completion,
			atWork: Math.max(leastAtWork, ports.execution.slowest),
		};
	}

	/** The end of each document; a stopped execution ends before its next step. */
	async run(): Promise<End[]> {
		let step = stepOf(this.state);
		while (step.do !== 'end') {
			const event: Event = this.ports.stopped() ? { is: 'stopped' } : await this.tried(step);
			[this.state, step] = next(this.state, event, this.rules, this.ports.now());
		}
		return step.ends;
	}

	/** A fault of our own, wherever it comes from, says as little about the request as no answer. */
	private async tried(step: Exclude<Step, { do: 'end' }>): Promise<Event> {
		try {
			return await this.take(step);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			return this.eventFrom({ is: 'broken', sent: true, why });
		}
	}

	job(index: number): SigningJob {
		return this.jobs[index] ?? this.jobs[0];
	}

	/** @throws Fault in words for this document */
	async result(index: number, end: End): Promise<SignedDocument> {
		const job = this.job(index);
		const reference = this.memberOf(job);
		const document = this.documents[index];
		if (end.is === 'signed' && this.operation && document) {
			const isUnclear = cannotTellWhen(this.state);
			if (!end.recovered && !isUnclear) this.ports.execution.made(this.operation.id);
			const { content, ...facts } = document;
			return {
				reference,
				operation: this.operation,
				document: facts,
				content: job.wantContent ? content : undefined,
				recovered: end.recovered,
				cannotTellWhen: isUnclear,
			};
		}
		const fault = end.is === 'fault' ? end.fault : 'unknown';
		throw faultOf(fault, {
			name: job.name,
			misfit: job.misfit,
			reference,
			sent: mayHaveArrived(this.state),
			registered: this.state.registered !== 'no',
			signsAgain: job.ifAlreadySigned === 'signAgain',
			cannotTellWhen: cannotTellWhen(this.state),
			operation: this.state.seen && this.operation,
			unread: this.unread,
			document,
			flaw: document && flawOf(job, document),
			last: this.lastWord(fault),
		});
	}

	/** If the outcome is not known, the reply instead of an answer says most; but a refused token can be fixed. */
	private lastWord(fault: FaultName): NoAnswer | undefined {
		const isOfSending = fault === 'unknown' && this.last?.is !== 'noToken';
		return isOfSending ? (this.unanswered ?? this.last) : this.last;
	}

	private async take(step: Exclude<Step, { do: 'end' }>): Promise<Event> {
		const { service } = this.ports;
		switch (step.do) {
			case 'pause':
				await pause(this.ports, step.milliseconds);
				return { is: 'rested' };
			case 'renew': {
				const reply = await service.renewToken();
				return reply.is === 'answer' ? { is: 'renewed' } : this.eventFrom(reply);
			}
			case 'send':
				return await this.send();
			case 'look':
				return await this.look(step.document);
			case 'status':
				return await this.status();
			case 'fetch': {
				const id = this.operation?.id ?? '';
				const reply = await service.detail(id, this.needsContent, this.own);
				return reply.is === 'answer' ? await this.see(reply.body) : this.eventFrom(reply);
			}
		}
	}

	private async send(): Promise<Event> {
		const { execution, now } = this.ports;
		const since = now();
		const reply = await this.ports.service.sign(this.body());
		if (reply.is === 'answer') {
			execution.took(now() - since);
			for (const job of this.jobs) execution.used(this.rowOf(job));
			const event = await this.see(reply.body);
			if (event.made !== 'before' && !event.replayed) execution.made(event.id);
			return event;
		}
		this.unanswered = reply;
		const event = this.eventFrom(reply);
		const isOpen = event.is === 'unknown' || (event.is === 'token' && !event.said);
		for (const job of this.jobs) {
			if (isOpen) execution.lost(this.rowOf(job));
			else if (event.is === 'busy') execution.doubted(this.rowOf(job));
		}
		return event;
	}

	private async look(document: number): Promise<Event> {
		const member = this.memberOf(this.job(document));
		const found = await lookUp(this.ports, member, this.wantContent, this.own);
		if (found.is === 'found') return await this.see(found.operation);
		if (found.is === 'nothing') return found;
		if (found.is !== 'unread') return this.eventFrom(found);
		this.unread = found.id;
		const event = this.eventFrom(found.reply);
		return event.is === 'unknown' || event.is === 'rejected' ? { ...event, is: 'unread' } : event;
	}

	private async status(): Promise<Event> {
		const reply = await this.ports.service.status(this.operation?.id ?? '');
		if (reply.is !== 'answer') return this.eventFrom(reply);
		this.said = reply.body;
		return { is: 'status', finished: isFinished(reply.body) };
	}

	/** A detail without a status gets the one that the last status call gave. */
	private async see(shown: Operation): Promise<Extract<Event, { is: 'operation' }>> {
		const said = this.said?.id === shown.id ? this.said.status : undefined;
		const operation = { ...shown, status: shown.status ?? said };
		this.operation = factsOf(operation);
		const { seen, replayed, documents } = await viewOf(operation, this.jobs, {
			state: this.state,
			execution: this.ports.execution,
			requestReference: this.mark(),
			memberOf: (job) => this.memberOf(job),
		});
		this.documents = documents;
		return { is: 'operation', replayed, ...seen };
	}

	private eventFrom(reply: NoAnswer): Event {
		this.last = reply;
		if (reply.is === 'refusal') return ofRefusal(reply);
		if (reply.is === 'broken' && !reply.sent) return { is: 'notSent' };
		return { is: reply.is === 'noToken' ? 'noToken' : 'unknown' };
	}

	/** The request's own documents among those of an operation; all of them if it does not show which these are. */
	private readonly own: Picked = (shown) => {
		const named = this.jobs.map((job) => documentIn(shown, this.memberOf(job)));
		return named.includes(undefined) ? shown.documents : named;
	};

	private get wantContent(): boolean {
		return this.jobs.some((job) => job.wantContent);
	}

	/** A content that is not wanted is fetched as a witness if there is no other. */
	private get needsContent(): boolean {
		return (
			this.wantContent || this.state.seen?.documents.some((one) => one.whose === 'unknown') === true
		);
	}

	/** The first member of the row under which a document is now sent. */
	private rowOf({ reference }: SigningJob): string {
		return this.state.again ? againReference(reference, this.ports.execution.id) : reference;
	}

	private memberOf(job: SigningJob): string {
		return rowReference(this.rowOf(job), this.state.attempt);
	}

	private mark(): string {
		return requestReference(this.memberOf(this.jobs[0]), this.jobs);
	}

	/** Created again for each sending, so that nothing of it is kept while an answer is awaited. */
	private body(): SignRequest {
		const [{ settings, name }, ...others] = this.jobs;
		const more = others.length === 0 ? '' : ` and ${others.length} more`;
		return {
			externalReference: this.mark(),
			...settings,
			description: settings.description ?? `${name}${more}`,
			returnSignedContent: this.wantContent,
			documents: this.jobs.map((job) => job.document(this.memberOf(job))),
		};
	}
}

const flawOf = (job: SigningJob, { content, contentFlaw }: OperationDocument) =>
	contentFlaw ?? (content && job.flaw(content));
