/** What the node says when something went wrong. */
export interface Words {
	message: string;
	remedy: string;
}

/** Parts of a message that only a run knows. */
const VALUE = '…';

/** A reply that is not an answer (`service/Reply.ts`). */
type Reply = { is: 'refusal' | 'broken' } & Record<string, unknown>;

/** The functions of the node that produce the words (`signing/`). */
export interface WordsOfTheNode {
	faultOf(name: string, told: object): Words;
	notRead(reply: Reply, what: string): Words;
	afterSigning(error: Error, told: object): Words;
	neverRegistered(reference: string): Words;
	resendMail(ports: object, id: string, attach: boolean, receivers: string[]): Promise<void>;
}

const told = {
	name: VALUE,
	reference: VALUE,
	sent: true,
	operation: { id: VALUE },
	last: { is: 'broken', sent: true, why: VALUE },
};

/** What is reported when a document ends without a file, the most frequent first; several where words differ. */
const samples: Record<string, object[]> = {
	refused: [{ ...told, last: refusal({ code: VALUE, class: 'rejected' }) }],
	notSigned: [told],
	unknown: [told],
	unread: [told],
	swapped: [told],
	pending: [told],
	nothingSent: [told],
	noToken: [told],
	busy: [told],
	alreadySigned: [told, { ...told, cannotTellWhen: true }],
	foreign: [told],
	hidden: [told],
	cannotTell: [told],
	unclear: [told],
	notFetched: [told, { ...told, document: { storageStatus: 'CONTENT_NOT_STORED' } }],
	unusable: [{ ...told, flaw: VALUE }],
	rowSpent: [told],
	stopped: [told, { ...told, sent: false }],
};

/** Faults whose meaning and remedy are those of their code. */
const byCode = ['refused', 'notSigned'];

function refusal(of: { class: string; status?: number; code?: string }): Reply {
	return { is: 'refusal', status: 500, form: 'words', ...of };
}

/**
 * The messages of Sign, except for bad input.
 * @param names of all faults
 * @throws if a fault has no sample here
 */
export function wordsOfSign({ faultOf, afterSigning }: WordsOfTheNode, names: string[]): Words[] {
	const missing = names.filter((name) => samples[name] === undefined);
	if (missing.length > 0) throw new Error(`tools/docs/faults.mts lacks ${missing.join(', ')}`);
	const ends = Object.entries(samples).flatMap(([name, all]) =>
		all.map((one): Words => {
			const { message, remedy } = faultOf(name, one);
			if (!byCode.includes(name)) return { message, remedy };
			return { message: `${message}, or the words of the code`, remedy: 'See the code below.' };
		}),
	);
	return [...ends, afterSigning(new Error(VALUE), told)];
}

/** The messages of the operations that read. */
export function wordsOfReading({ notRead, neverRegistered }: WordsOfTheNode): Words[] {
	const what = `'Operation ID' ${VALUE}`;
	return [
		neverRegistered(VALUE),
		notRead(refusal({ class: 'rejected', status: 404 }), what),
		notRead({ is: 'broken', sent: true, why: VALUE }, what),
	];
}

/** What Resend Email says about an email that may have been sent, and about one that cannot have been. */
export async function wordsOfResending({ resendMail }: WordsOfTheNode): Promise<Words[]> {
	const replies = [true, false].map((sent): Reply => ({ is: 'broken', sent, why: VALUE }));
	return await Promise.all(
		replies.map(async (reply): Promise<Words> => {
			const service = { resend: async () => await Promise.resolve(reply) };
			const fault: unknown = await resendMail({ service }, VALUE, false, []).catch(
				(error: unknown) => error,
			);
			if (fault instanceof Error && 'remedy' in fault)
				return { message: fault.message, remedy: String(fault.remedy) };
			throw new Error('Resend Email has no words for a call that broke');
		}),
	);
}
