import type { SignOperation, SignRequest } from '../service/messages';
import { Delivery, inWordsFor, type Delivered } from './Delivery';
import { alreadySigned, hiddenReference, outcomeUnknown, rowSpent } from './faults';
import { lookUp, lookUpPatiently, type Found } from './lookUp';
import { stateOf } from './outcome';
import { referenceRow } from './references';
import { checkOurs, finished, settle } from './settle';
import type { SignedDocument, SigningJob } from './SigningJob';
import type { World } from './World';

/** The reference was used up by an operation that failed, or by a signature that another one shall follow. */
const spent = Symbol('spent');
type Step = SignedDocument | typeof spent;

/**
 * What is known of a document's first reference from a request that held several documents: nothing was
 * sent, it was turned away because one of its references is in use, or its outcome is unknown.
 */
export type Before = 'nothing' | 'duplicate' | 'unknown';

/** Signs a document once, whatever fails: the row of its references is walked until one holds a signature. */
export async function signDocument(
	world: World,
	job: SigningJob,
	before: Before = 'nothing',
): Promise<SignedDocument> {
	for (const [index, reference] of referenceRow(job.reference).entries()) {
		const attempt = new Attempt(world, job, reference, index === 0 ? before : 'nothing');
		const step = await attempt.run();
		if (step !== spent) return step;
	}
	throw rowSpent(job.reference);
}

/** The attempt under one reference: sends until the outcome is known, and looks instead of guessing. */
class Attempt {
	private readonly delivery: Delivery;
	/** Once a request of ours had no clear answer, what is found under the reference may be its work. */
	private doubt: boolean;

	constructor(
		private readonly world: World,
		private readonly job: SigningJob,
		private readonly reference: string,
		before: Before,
	) {
		this.doubt = before === 'unknown';
		const maybeSent = before !== 'nothing';
		this.delivery = new Delivery(world, job.patience.sending, maybeSent);
	}

	async run(): Promise<Step> {
		return await this.sendUntilKnown().catch((reason: unknown) => {
			throw inWordsFor(reason, this.reference);
		});
	}

	private async sendUntilKnown(): Promise<Step> {
		for (;;) {
			const step = await this.act(await this.delivery.send(() => this.request()));
			if (step) return step;
		}
	}

	/** A step ends the attempt, undefined sends the same request again, a fault gives up. */
	private async act(delivered: Delivered): Promise<Step | undefined> {
		switch (delivered.is) {
			case 'answered':
				return stateOf(delivered.operation, this.reference).is === 'unknown'
					? await this.unknown('the answer does not hold the document')
					: await this.end(delivered.operation, false);
			case 'duplicate':
				return await this.duplicate();
			case 'rejected':
				throw this.delivery.gaveUp(delivered.refusal);
			case 'unknown':
			case 'notSent':
				return await this.unknown(delivered.why);
		}
	}

	/** Only a last word of 'not found' allows to send again. */
	private async unknown(why: string): Promise<Step | undefined> {
		this.doubt = true;
		this.delivery.maybeSent = true;
		const found = await this.look();
		if (found.is === 'found') return await this.recovered(found.operation);
		if (found.is === 'dontKnow') throw outcomeUnknown(why, this.reference);
		return await this.delivery.beforeSendingAgain(why);
	}

	private request(): SignRequest {
		const { settings, name, wantContent } = this.job;
		return {
			externalReference: this.reference,
			...settings,
			description: settings.description ?? name,
			returnSignedContent: wantContent,
			documents: [this.job.document(this.reference)],
		};
	}

	private async look(): Promise<Found> {
		const { world, job, reference, delivery } = this;
		return await lookUpPatiently(world, reference, job.wantContent, () => delivery.unlessStopped());
	}

	/** The reference is registered: by our own request of before, or by an earlier run. */
	private async duplicate(): Promise<Step> {
		const earlier = !this.doubt;
		this.delivery.maybeSent = true;
		let found = await lookUp(this.world, this.reference, this.job.wantContent);
		if (found.is === 'notFound') found = await this.look();
		if (found.is === 'dontKnow' || (found.is === 'notFound' && !earlier))
			throw outcomeUnknown('the reference is registered, and cannot be read', this.reference);
		if (found.is === 'notFound') throw hiddenReference(this.reference);
		return earlier
			? await this.ofEarlierRun(found.operation)
			: await this.recovered(found.operation);
	}

	/** An earlier operation that failed only spends its reference; one that signed is what the user chose it to be. */
	private async ofEarlierRun(operation: SignOperation): Promise<Step> {
		checkOurs(this.job, this.reference, operation);
		const current = await finished(this.world, this.job, operation);
		const state = stateOf(current, this.reference);
		if (state.is === 'notSigned') return spent;
		if (state.is !== 'signed' || this.job.ifAlreadySigned === 'return')
			return await settle(this.world, this.job, this.reference, current, true);
		if (this.job.ifAlreadySigned === 'signAgain') return spent;
		throw alreadySigned(this.reference, current.id);
	}

	private async recovered(operation: SignOperation): Promise<Step> {
		checkOurs(this.job, this.reference, operation);
		return await this.end(operation, true);
	}

	private async end(operation: SignOperation, recovered: boolean): Promise<Step> {
		const current = await finished(this.world, this.job, operation);
		return await settle(this.world, this.job, this.reference, current, recovered);
	}
}
