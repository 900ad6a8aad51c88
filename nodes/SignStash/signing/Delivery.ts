import type { Fault } from '../Fault';
import type { SignRequest } from '../service/messages';
import { inWords, type Refusal } from '../service/Reply';
import { noToken, nothingSent, outcomeUnknown, refused, stopped } from './faults';
import { judge, judgeFault, type Verdict } from './outcome';
import { growingPause, type World } from './World';

/** What is left when a request was sent as often as it may be without looking. */
export type Delivered = Extract<
	Verdict,
	{ is: 'answered' | 'rejected' | 'duplicate' | 'unknown' | 'notSent' }
>;

/** How often the same request may be sent again before the node gives up. */
const limits = { notSent: 3, unknown: 3 };

/** A delivery that ended without an answer. One request may hold several documents: the fault is worded for each. */
class GaveUp extends Error {
	constructor(readonly faultFor: (reference: string) => Fault) {
		super('the delivery was given up');
	}
}

/** A delivery's end in words for the document with this reference; any other fault stays as it is. */
export function inWordsFor(reason: unknown, reference: string): unknown {
	return reason instanceof GaveUp ? reason.faultFor(reference) : reason;
}

/**
 * Brings a signing request to the service: renews a token, waits when the service is busy, tries again
 * what never left. Whatever may have arrived is handed back, for only a look-up can tell.
 */
export class Delivery {
	private readonly deadline: number;
	private readonly counts = { notSent: 0, unknown: 0, busy: 0, token: 0 };

	constructor(
		private readonly world: World,
		/** Milliseconds that sending again may go on. */
		patience: number,
		/** True once a request may have reached the service. */
		public maybeSent = false,
	) {
		this.deadline = world.now() + patience;
	}

	/** `request` is made anew for each sending, so that nothing of it is held while an answer is awaited. */
	async send(request: () => SignRequest): Promise<Delivered> {
		for (;;) {
			this.unlessStopped();
			const delivered = await this.act(judge(await this.world.service.sign(request())));
			if (delivered) return delivered;
		}
	}

	/** @throws GaveUp once the user stopped the execution. */
	unlessStopped(): void {
		const sent = this.maybeSent;
		if (this.world.stopped()) throw new GaveUp((reference) => stopped(sent, reference));
	}

	/** Pauses before the same request goes out once more after an unknown outcome; a fault when that was often enough. */
	async beforeSendingAgain(why: string): Promise<undefined> {
		return await this.pauseOr('unknown', (reference) => outcomeUnknown(why, reference));
	}

	/** The fault of a refusal that nothing more is done about; it says nothing of a request that went before it. */
	gaveUp(refusal: Refusal): Error {
		const sent = this.maybeSent;
		return new GaveUp((externalReference) =>
			sent
				? outcomeUnknown(inWords(refusal), externalReference)
				: refused(refusal, { externalReference }),
		);
	}

	/** Undefined sends the same request again. */
	private async act(verdict: Verdict): Promise<Delivered | undefined> {
		switch (verdict.is) {
			case 'token':
				return await this.token(verdict.refusal);
			case 'busy':
				return await this.busy(verdict.refusal);
			case 'notSent':
				if (this.maybeSent) return verdict;
				return await this.pauseOr('notSent', (reference) => nothingSent(verdict.why, reference));
			case 'noToken':
				throw this.withoutToken(verdict.why);
			case 'stopped':
				throw new GaveUp((reference) => stopped(true, reference));
			case 'unknown':
				this.maybeSent = true;
				return verdict;
			default:
				return verdict;
		}
	}

	private withoutToken(why: string): Error {
		const sent = this.maybeSent;
		return new GaveUp((reference) => (sent ? outcomeUnknown(why, reference) : noToken(why)));
	}

	/** A new token is used once; when there is none to be had, the request did not leave. */
	private async token(refusal: Refusal): Promise<Delivered | undefined> {
		if (this.counts.token > 0) throw this.gaveUp(refusal);
		const renewed = await this.world.service.renewToken();
		if (renewed.is !== 'answer') return await this.act(judgeFault(renewed));
		this.counts.token++;
		return undefined;
	}

	private async busy(refusal: Refusal): Promise<undefined> {
		const asked = refusal.retryAfterSeconds;
		const pause = asked
			? asked * 1000 * (1 + this.world.random() / 4)
			: growingPause(this.world, this.counts.busy, 1000, 30_000);
		this.counts.busy++;
		if (this.world.now() + pause > this.deadline) throw this.gaveUp(refusal);
		await this.world.sleep(pause);
	}

	private async pauseOr(
		kind: 'notSent' | 'unknown',
		faultFor: (reference: string) => Fault,
	): Promise<undefined> {
		const times = this.counts[kind]++;
		if (times >= limits[kind] || this.world.now() > this.deadline) throw new GaveUp(faultFor);
		await this.world.sleep(growingPause(this.world, times, 500, 8000));
	}
}
