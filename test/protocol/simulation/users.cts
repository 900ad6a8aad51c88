import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { SigningJob } from '../../../nodes/SignStash/signing/SigningJob';
import type { Jobs } from './clients.cts';
import { Held, signedForm } from './Model.cts';

/** A document as it appears in a run of the workflow. */
export interface Doc {
	reference: string;
	content: string;
}

/** What one run of the workflow wants. */
export interface Plan {
	documents: [Doc, ...Doc[]];
	ifAlreadySigned: SigningJob['ifAlreadySigned'];
	/** Whether it is n8n's retry of the previous run, within the same execution. */
	isRetry: boolean;
}

/** How the user's documents get their references, and what a signed content shows. */
export interface Habits {
	/** References that number the documents in their order, or that identify the bytes. */
	derived: boolean;
	/** Whether a signed content shows whose it is: a detached signature does not. */
	witness: boolean;
}

/** What users do between two runs. */
const changes = {
	nothing: (contents) => contents,
	swap: ([first, second, ...others]) =>
		second === undefined ? [first] : [second, first, ...others],
	// Equal documents in one run share a signature before any request is made: none is added twice.
	'one file more, in front': (contents) => (contents.includes('X') ? contents : ['X', ...contents]),
	'one file more, at the end': (contents) =>
		contents.includes('Z') ? contents : [...contents, 'Z'],
	correct: ([first, ...others]) => [`${first}'`, ...others],
	'correct, and back': ([first, ...others]) => [first.replace("'", ''), ...others],
	'take the first away': ([first, second, ...others]) =>
		second === undefined ? [first] : [second, ...others],
} satisfies Record<string, (contents: [string, ...string[]]) => [string, ...string[]]>;

const choices = fc.constantFrom<SigningJob['ifAlreadySigned']>(
	'return',
	'return',
	'fail',
	'signAgain',
);

/** What the user wants in each of up to three runs. */
export const plans = (derived: boolean): fc.Arbitrary<Plan[]> =>
	fc
		.tuple(
			fc.constantFrom<[string, ...string[]]>(['A'], ['A', 'B'], ['A', 'B', 'C']),
			choices,
			fc.array(
				fc.record({
					change: fc.constantFrom(...Object.values(changes)),
					ifAlreadySigned: choices,
					isRetry: fc.boolean(),
				}),
				{ maxLength: 2 },
			),
		)
		.map(([contents, ifAlreadySigned, others]) => {
			let last: Plan = { documents: named(contents, derived), ifAlreadySigned, isRetry: false };
			let now = contents;
			return [
				last,
				...others.map((one) => {
					if (one.isRetry) return { ...last, isRetry: true };
					now = one.change(now);
					last = { ...last, ifAlreadySigned: one.ifAlreadySigned, documents: named(now, derived) };
					return last;
				}),
			];
		});

function named([first, ...others]: [string, ...string[]], derived: boolean): [Doc, ...Doc[]] {
	const doc = (content: string, index: number): Doc => ({
		content,
		reference: derived ? `client-${digest(content)}` : `FT_${index}`,
	});
	return [doc(first, 0), ...others.map((one, index) => doc(one, index + 1))];
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const contentOf = ({ content }: Doc): Buffer => Buffer.from(`document ${content}`);

const signatureInfo = { signatureType: 'PAdES' } as const;

function jobOf(doc: Doc, { ifAlreadySigned }: Plan, { derived, witness }: Habits): SigningJob {
	const content = new Held(contentOf(doc));
	const own = signedForm(content.bytes);
	const name = `${doc.content.replace("'", '')}.pdf`;
	return {
		reference: doc.reference,
		derived,
		name,
		contentLength: content.length,
		document: (externalReference) => ({
			documentRequest: { externalReference, name, contentType: 'application/pdf', content },
			signatureInfo,
		}),
		settings: { preservationInfo: { preserveContent: false } },
		ifAlreadySigned,
		wantContent: true,
		patience: { call: 120_000, completion: 60_000 },
		fingerprint: digest(doc.content),
		shows: async (signed) => (witness ? (signed.equals(own) ? 'mine' : "another's") : undefined),
		isIn: async (signed) => witness && signed.equals(own),
		flaw: () => undefined,
		misfit: '',
	};
}

export function jobsOf(plan: Plan, habits: Habits): Jobs {
	const [first, ...others] = plan.documents;
	return [jobOf(first, plan, habits), ...others.map((one) => jobOf(one, plan, habits))];
}
