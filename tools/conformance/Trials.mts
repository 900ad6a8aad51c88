import type { SignatureInfo } from '../../sandbox/types.mts';
import type { Answer, Message } from './Answer.mts';
import { WORD } from './drafts.mts';
import type { Draft } from './drafts.mts';
import { isOver } from './Lab.mts';
import type { Lab, Trial } from './Lab.mts';

/** Computes a value when it is first needed, and then keeps it. */
function kept<Value>(work: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return async () => await (made ??= work());
}

type Place = NonNullable<SignatureInfo['visibleSignatureInfo']>;

/** What an operation showed from its request to its end. */
export interface Course {
	trial: Trial;
	/** The whole operation, each time it was asked for until it was over. */
	details: readonly Answer[];
	/** The last answer that lists the documents. */
	whole: Answer | undefined;
	/** The operation itself, from the answer that says the most about it. */
	base: Message | undefined;
	/** Whether the last answer says that it is over. */
	over: boolean;
}

/** A name that a service may change in many ways: path, accent, blanks, more than 20 characters. */
export const NAME = 'Conformance 2025/março, a longer name.pdf';

/** A word that no page has. */
const NOWHERE = { locationType: 'PLACEHOLDER', locationValue: 'NoSuchWordAnywhere' } as const;

/** After this many look-ups a reference counts as not found. */
const LOOK_UPS = 16;

/** How a look-up found what had just been registered. */
export interface Search {
	trial: Trial;
	/** How many look-ups were needed; undefined: it was not found. */
	count: number | undefined;
	/** Whether it was over at the previous look-up, or before the first one; undefined: unknown. */
	overBefore: boolean | undefined;
}

function hasMost(answers: readonly (Answer | undefined)[]): Message | undefined {
	const messages = answers.map((answer) => answer?.message);
	return messages.find((message) => message !== undefined && 'creationDate' in message);
}

/** Whether an operation's own status says that it is over; undefined if it has none. */
export function toldOver(answer: Answer): boolean | undefined {
	return typeof answer.message?.['status'] === 'string' ? isOver(answer) : undefined;
}

/** The documents that are signed for the rows, and those that are refused. */
export class Trials {
	readonly lab: Lab;

	constructor(lab: Lab) {
		this.lab = lab;
	}

	/** Follows an operation to its end. */
	async course(trial: Trial): Promise<Course> {
		const details = await this.lab.details(trial);
		const told = [trial.answer, ...details].filter(({ documents }) => documents.length > 0);
		const whole = told.at(-1);
		const { id } = trial.answer;
		const status = whole || id === undefined ? undefined : await this.lab.status(id);
		const last = status?.message ? status : (whole ?? trial.answer);
		return {
			trial,
			details,
			whole,
			base: hasMost([whole, status, trial.answer]),
			over: last.message !== undefined && isOver(last),
		};
	}

	/** One document, signed. */
	readonly plain = kept(async () => await this.course(await this.lab.signNew({ name: NAME })));

	/** Two documents in one request, one a byte longer: the base64 of one of them needs padding. */
	readonly pair = kept(async () => {
		const [one, other] = [await this.lab.draft(), await this.lab.draft()];
		const longer = Buffer.concat([other.content, Buffer.from('\n')]);
		const drafts = [one, { ...other, content: longer }];
		return await this.course(await this.lab.sign(drafts));
	});

	/** Two visible signatures, one placed by coordinates and one by a word. */
	readonly drawn = kept(async () => {
		const at = { area: 'width=60,height=20' } as const;
		const by = async (visible: Place): Promise<Draft> =>
			await this.lab.draft({
				signature: { signatureType: 'PAdES', visibleSignatureInfo: { ...at, ...visible } },
			});
		const drafts = [
			await by({ locationType: 'COORDINATE', locationValue: 'page=1,x=20,y=30' }),
			await by({ locationType: 'PLACEHOLDER', locationValue: WORD.text }),
		];
		return await this.course(await this.lab.sign(drafts));
	});

	/** A document that cannot be signed. */
	readonly failed = kept(async () => {
		const signature = { signatureType: 'PAdES', visibleSignatureInfo: NOWHERE } as const;
		return await this.course(await this.lab.signNew({ signature }));
	});

	/** A document whose receiver has a delivery status. */
	readonly mailed = kept(async () => {
		const { email } = this.lab;
		if (email === undefined) return undefined;
		const preservationInfo = {
			preserveContent: false,
			deliveryInfo: { personReceiver: [{ email, deliveryStatus: 'SENT' as const }] },
		};
		return await this.course(await this.lab.signNew({}, { preservationInfo }));
	});

	/** A document whose receiver has no delivery status. */
	readonly mailedWithoutStatus = kept(async () => {
		const { email } = this.lab;
		if (email === undefined) return undefined;
		const preservationInfo = {
			preserveContent: false,
			deliveryInfo: { personReceiver: [{ email }] },
		};
		return await this.course(await this.lab.signNew({}, { preservationInfo }));
	});

	/** A document whose reference has letters beyond ASCII. */
	readonly letters = kept(
		async () =>
			await this.course(await this.lab.signNew({ reference: `${this.lab.reference()}ção` })),
	);

	/** The first request again, unchanged: whatever must be unique is held. */
	readonly repeated = kept(async () => {
		const { drafts, requestReference: externalReference } = (await this.plain()).trial;
		return await this.lab.sign(drafts, { externalReference });
	});

	/** A document whose request was sent again before it was executed; undefined: it was not seen waiting. */
	readonly hasty = kept(async () => {
		const trial = await this.lab.signNew();
		const { answer, drafts, requestReference: externalReference } = trial;
		if (toldOver(answer) !== false) return undefined;
		return { answer, again: (await this.lab.sign(drafts, { externalReference })).answer };
	});

	/** Shows whether there are look-ups: the answer to one that has to succeed. */
	readonly present = kept(async () => {
		const { id } = (await this.plain()).trial.answer;
		return id === undefined ? undefined : await this.lab.status(id);
	});

	readonly search = kept(async () => await this.find(await this.lab.signNew()));

	/** Looks a document up until it is found, and asks for the operation's status in between. */
	async find(trial: Trial): Promise<Search> {
		const { id } = trial.answer;
		const [draft] = trial.drafts;
		if (id === undefined || draft === undefined)
			return { trial, count: undefined, overBefore: undefined };
		let overBefore = toldOver(trial.answer);
		for (let count = 1; count <= LOOK_UPS; count += 1) {
			if ((await this.lab.lookUp(draft.reference)).id === id) return { trial, count, overBefore };
			const status = await this.lab.status(id);
			overBefore = toldOver(status);
			await this.lab.pause();
		}
		return { trial, count: undefined, overBefore };
	}
}
