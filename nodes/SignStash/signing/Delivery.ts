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

/**
 * Brings a signing request to the service: renews a token, waits when the service is busy, tries again
 * what never left. Whatever may have arrived is handed back, for only a look-up can tell.
 */
export class Delivery {
	private readonly deadline: number;
	private readonly counts = { notSent: 0, unknown: 0, busy: 0, token: 0 };

	constructor(
		private readonly world: World,
		/** External reference that faults name. */
		private readonly reference: string,
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

	/** @throws Fault once the user stopped the execution. */
	unlessStopped(): void {
		if (this.world.stopped()) throw stopped(this.maybeSent, this.reference);
	}

	/** Pauses before the same request goes out once more after an unknown outcome; a fault when that was often enough. */
	async beforeSendingAgain(why: string): Promise<undefined> {
		return await this.pauseOr('unknown', outcomeUnknown(why, this.reference));
	}

	/** The fault of a refusal that nothing more is done about; it says nothing of a request that went before it. */
	gaveUp(refusal: Refusal): Fault {
		return this.maybeSent
			? outcomeUnknown(inWords(refusal), this.reference)
			: refused(refusal, { externalReference: this.reference });
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
				return await this.pauseOr('notSent', nothingSent(verdict.why, this.reference));
			case 'noToken':
				throw this.maybeSent ? outcomeUnknown(verdict.why, this.reference) : noToken(verdict.why);
			case 'stopped':
				throw stopped(true, this.reference);
			case 'unknown':
				this.maybeSent = true;
				return verdict;
			default:
				return verdict;
		}
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

	private async pauseOr(kind: 'notSent' | 'unknown', fault: Fault): Promise<undefined> {
		const times = this.counts[kind]++;
		if (times >= limits[kind] || this.world.now() > this.deadline) throw fault;
		await this.world.sleep(growingPause(this.world, times, 500, 8000));
	}
}
