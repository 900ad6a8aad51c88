import type { Fault } from '../Fault';
import type { OperationDocument, SignOperation, SignRequest } from '../service/messages';
import type { Refusal } from '../service/Reply';
import {
	foreignReference,
	noToken,
	notFetched,
	notRead,
	notSigned,
	nothingSent,
	outcomeUnknown,
	refused,
	stillPending,
	stopped,
} from './faults';
import { lookUp, waitUntilFinished, type Found } from './lookUp';
import { classify, classifyDocument, type Outcome } from './outcome';
import { referenceRow } from './references';
import { growingPause, type World } from './World';

/** What to do when the reference holds a signature of an earlier run already. */
export type IfAlreadySigned = 'return' | 'fail' | 'signAgain';

/** One document to be signed, and how long that may take. */
export interface SigningJob {
	reference: string;
	name: string;
	/** Bytes before signing; the service keeps the number, which tells whether a found document is ours. */
	contentLength: number;
	/** True for a reference of our own making, which stands for the bytes whatever the file is called. */
	derived: boolean;
	request(reference: string): SignRequest;
	ifAlreadySigned: IfAlreadySigned;
	/** Milliseconds that sending, and then waiting for completion, may take each. */
	patience: { sending: number; completion: number };
}

/** A signed document with its operation; `recovered` when it came by its reference and not by the answer. */
export interface SignedDocument {
	operation: SignOperation;
	document: OperationDocument;
	content: string;
	recovered: boolean;
}

/** How often the same request may be sent again before the node gives up. */
const limits = { notSent: 3, unknown: 3, lookUps: 4 };

type Step = { is: 'done'; result: SignedDocument } | { is: 'spent' };

/** Signs a document once, whatever fails: the row of its references is walked until one holds a signature. */
export async function signDocument(world: World, job: SigningJob): Promise<SignedDocument> {
	for (const reference of referenceRow(job.reference)) {
		const step = await new Attempt(world, job, reference).run();
		if (step.is === 'done') return step.result;
	}
	throw refused(
		{ is: 'refusal', status: 409, code: '0.0.7', meaning: 'All references of the row are spent.' },
		{ externalReference: job.reference },
	);
}

/** The attempt under one reference: sends until the outcome is known, and looks instead of guessing. */
class Attempt {
	private maybeSent = false;
	private counts = { notSent: 0, unknown: 0, busy: 0, token: 0 };
	private readonly deadline: number;

	constructor(
		private readonly world: World,
		private readonly job: SigningJob,
		private readonly reference: string,
	) {
		this.deadline = world.now() + job.patience.sending;
	}

	async run(): Promise<Step> {
		for (;;) {
			if (this.world.stopped()) throw stopped(this.maybeSent, this.reference);
			const reply = await this.world.service.sign(this.job.request(this.reference));
			const step = await this.act(classify(reply, this.reference));
			if (step) return step;
		}
	}

	/** Acts on an outcome: a step ends the attempt, undefined sends the same request again, a fault gives up. */
	private async act(outcome: Outcome): Promise<Step | undefined> {
		switch (outcome.is) {
			case 'signed':
			case 'notSigned':
			case 'pending':
				return await this.settle(outcome.operation, false);
			case 'rejected':
				throw refused(outcome.refusal, { externalReference: this.reference });
			case 'duplicate':
				return await this.duplicate();
			case 'token':
				return await this.token(outcome.refusal);
			case 'busy':
				return await this.busy(outcome.refusal);
			case 'notSent':
				return await this.pauseOr('notSent', () => nothingSent(outcome.why, this.reference));
			case 'noToken':
				throw this.maybeSent ? outcomeUnknown(outcome.why, this.reference) : noToken(outcome.why);
			case 'unknown':
				return await this.unknown(outcome.why);
			case 'stopped':
				throw stopped(true, this.reference);
		}
	}

	private async token(refusal: Refusal): Promise<undefined> {
		if (this.counts.token++ === 0 && (await this.world.service.renewToken())) return;
		throw refused(refusal, { externalReference: this.reference });
	}

	private async busy(refusal: Refusal): Promise<undefined> {
		const asked = refusal.retryAfterSeconds;
		const pause = asked ? asked * 1000 : growingPause(this.world, this.counts.busy++, 1000, 30_000);
		if (this.world.now() + pause > this.deadline)
			throw refused(refusal, { externalReference: this.reference });
		await this.world.sleep(pause);
	}

	private async pauseOr(kind: 'notSent' | 'unknown', fault: () => Fault): Promise<undefined> {
		if (this.maybeSent && kind === 'notSent') return await this.pauseOr('unknown', fault);
		const times = this.counts[kind]++;
		if (times >= limits[kind] || this.world.now() > this.deadline)
			throw this.maybeSent ? outcomeUnknown('no answer came', this.reference) : fault();
		await this.world.sleep(growingPause(this.world, times, 500, 8000));
	}

	/** Looks for the reference over a growing window; only a last word of 'not found' allows to send again. */
	private async unknown(why: string): Promise<Step | undefined> {
		this.maybeSent = true;
		let found: Found = { is: 'notFound' };
		for (let attempt = 0; attempt < limits.lookUps; attempt++) {
			await this.world.sleep(growingPause(this.world, attempt, 500, 8000));
			if (this.world.stopped()) throw stopped(true, this.reference);
			found = await lookUp(this.world, this.reference);
			if (found.is === 'found') return await this.settle(found.operation, true);
		}
		if (found.is === 'dontKnow') throw outcomeUnknown(why, this.reference);
		return await this.pauseOr('unknown', () => outcomeUnknown(why, this.reference));
	}

	/** The reference is registered: by our own request of before, or by an earlier run. */
	private async duplicate(): Promise<Step> {
		const found = await lookUp(this.world, this.reference);
		if (found.is === 'notFound') throw foreignReference(this.reference);
		if (found.is === 'dontKnow') throw this.cannotTell(found);
		const earlier = !this.maybeSent;
		const settled = await this.settle(found.operation, true, earlier);
		if (!earlier || settled.is === 'spent') return settled;
		if (this.job.ifAlreadySigned === 'signAgain') return { is: 'spent' };
		if (this.job.ifAlreadySigned === 'return') return settled;
		throw refused(
			{ is: 'refusal', status: 409, code: '0.0.7', meaning: 'The document is signed already.' },
			{ externalReference: this.reference, operationId: found.operation.id },
		);
	}

	private cannotTell({ reply }: Extract<Found, { is: 'dontKnow' }>): Fault {
		if (this.maybeSent) return outcomeUnknown('the reference is registered', this.reference);
		const { message } = notRead(reply, `the reference '${this.reference}'`);
		return outcomeUnknown(message, this.reference);
	}

	/** Turns an operation that is known into its end; an earlier one that failed only spends its reference. */
	private async settle(
		operation: SignOperation,
		recovered: boolean,
		earlier = false,
	): Promise<Step> {
		let current = operation;
		if (recovered) this.checkOurs(current);
		if (classifyDocument(current, this.reference).is === 'pending') {
			const until = this.world.now() + this.job.patience.completion;
			current = await waitUntilFinished(this.world, current, until);
		}
		const outcome = classifyDocument(current, this.reference);
		const details = { operationId: current.id, externalReference: this.reference };
		if (outcome.is === 'notSigned' && earlier) return { is: 'spent' };
		if (outcome.is === 'notSigned') throw notSigned(outcome.document, details);
		if (outcome.is !== 'signed') throw stillPending(current.id, this.reference);
		return { is: 'done', result: await this.withContent(current, outcome.document, recovered) };
	}

	/** A signed answer may come without its content; reading it again changes nothing. */
	private async withContent(
		operation: SignOperation,
		document: OperationDocument,
		recovered: boolean,
	): Promise<SignedDocument> {
		if (document.signedContent)
			return { operation, document, content: document.signedContent, recovered };
		const found = await lookUp(this.world, this.reference);
		if (found.is === 'found') {
			const outcome = classifyDocument(found.operation, this.reference);
			const content = outcome.is === 'signed' ? outcome.document.signedContent : undefined;
			if (content) return { operation, document, content, recovered };
		}
		throw notFetched(operation.id, this.reference);
	}

	private checkOurs(operation: SignOperation): void {
		const document = operation.documentList?.find(
			(one) => one.externalReference === this.reference,
		);
		const sameLength =
			document?.contentLength === undefined || document.contentLength === this.job.contentLength;
		const sameName = this.job.derived || document?.name === this.job.name;
		if (!document || !sameLength || !sameName) throw foreignReference(this.reference, operation.id);
	}
}
