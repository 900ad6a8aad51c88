import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation } from '../../../nodes/SignStash/service/Operation';
import type { Reply } from '../../../nodes/SignStash/service/Reply';
import type { FindAnswer } from '../../../nodes/SignStash/service/SignStashService';
import type { Service } from '../../../nodes/SignStash/signing/Ports';
import type { VirtualTime } from '../../support/VirtualTime.cts';

/** What the service allows; a property that is left out is not limited. */
export interface Limit {
	/** Requests at the same time. */
	atATime?: number;
	/** Requests that may begin within a second. */
	perSecond?: number;
}

/** Milliseconds to the service and back. */
const way = 10;

/** A service that signs what it accepts, and throttles (429) what exceeds its limit. */
export class LimitedService {
	signed = 0;
	refused = 0;
	/** The highest number of requests in progress at the same time. */
	most = 0;
	private open = 0;
	private working = 0;
	private begun: number[] = [];

	constructor(
		private readonly time: VirtualTime,
		private readonly limit: Limit,
		/** Milliseconds that a document takes. */
		private readonly perDocument: number,
	) {}

	/** The calls as signing sees them: after a final refusal the document is looked up, and nothing is found. */
	get calls(): Service {
		const never = async (): Promise<never> => await Promise.reject(new Error('an unexpected call'));
		const sign = async (request: SignRequest) => await this.sign(request);
		const find = async (): Promise<Reply<FindAnswer>> => {
			await this.time.sleep(way);
			return { is: 'answer', body: { is: 'nothing', words: 'none' } };
		};
		return { sign, find, status: never, detail: never, resend: never, renewToken: never };
	}

	private async sign(request: SignRequest): Promise<Reply<Operation>> {
		this.open++;
		this.most = Math.max(this.most, this.open);
		try {
			await this.time.sleep(way);
			return this.isTooMany() ? this.refuse() : await this.work(request);
		} finally {
			this.open--;
		}
	}

	private isTooMany(): boolean {
		const { atATime = Infinity, perSecond = Infinity } = this.limit;
		this.begun = this.begun.filter((at) => at > this.time.now() - 1000);
		return this.working >= atATime || this.begun.length >= perSecond;
	}

	private refuse(): Reply<Operation> {
		this.refused++;
		return { is: 'refusal', class: 'busy', status: 429, form: 'empty' };
	}

	private async work({ documents }: SignRequest): Promise<Reply<Operation>> {
		this.begun.push(this.time.now());
		this.working++;
		await this.time.sleep(this.perDocument * documents.length);
		this.working--;
		this.signed += documents.length;
		const body: Operation = {
			id: String(this.signed),
			status: 'EXECUTED',
			requestReferences: [],
			documents: documents.map(({ documentRequest: { externalReference, name } }) => ({
				externalReference,
				name,
				signStatus: 'SIGNED',
			})),
			receivers: [],
			raw: {},
		};
		return { is: 'answer', body };
	}
}
