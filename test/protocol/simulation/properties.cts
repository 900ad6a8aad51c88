import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Fault } from '../../../nodes/SignStash/Fault';
import { recover } from '../../../nodes/SignStash/signing/recover';
import type { Settled } from '../../../nodes/SignStash/signing/carryOut';
import type { SigningJob } from '../../../nodes/SignStash/signing/SigningJob';
import {
	Adversary,
	executions,
	Killed,
	notFoundForms,
	readingFates,
	signingFates,
	type History,
} from './Adversary.cts';
import type { Client, Jobs } from './clients.cts';
import { Held, signedForm } from './Model.cts';

/** Most calls and most waiting (in milliseconds of the simulated clock) that one run may take. */
const bounds = { calls: 250, waiting: 20 * 60_000 };

const signatureInfo = { signatureType: 'PAdES' } as const;

export const contentOf = (reference: string): Buffer => Buffer.from(`document ${reference}`);

function jobOf(reference: string): SigningJob {
	const content = new Held(contentOf(reference));
	const name = `${reference}.pdf`;
	return {
		reference,
		derived: true,
		name,
		contentLength: content.length,
		document: (externalReference) => ({
			documentRequest: { externalReference, name, contentType: 'application/pdf', content },
			signatureInfo,
		}),
		settings: {},
		ifAlreadySigned: 'return',
		wantContent: true,
		patience: { call: 120_000, completion: 60_000 },
		fingerprint: createHash('sha256').update(reference).digest('hex'),
		shows: async () => undefined,
		flaw: () => undefined,
	};
}

export const jobSets: Record<number, Jobs> = {
	1: [jobOf('A')],
	2: [jobOf('A'), jobOf('B')],
	3: [jobOf('A'), jobOf('B'), jobOf('C')],
};

/** The number of an await, or none. */
const sometimes = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 40 }));

export const histories: fc.Arbitrary<History> = fc.record({
	signing: fc.array(
		fc.record({
			fate: fc.constantFrom(...signingFates),
			execution: fc.constantFrom(...executions),
			lag: fc.integer({ min: 0, max: 8 }),
		}),
		{ maxLength: 6 },
	),
	reading: fc.array(fc.constantFrom(...readingFates), { maxLength: 24 }),
	notFound: fc.constantFrom(...notFoundForms),
	showsMarks: fc.boolean(),
	kills: fc.array(sometimes, { maxLength: 3 }),
	stops: fc.array(sometimes, { maxLength: 3 }),
});

const copyOf = ({ signing, reading, notFound, showsMarks, kills, stops }: History): History => ({
	signing: [...signing],
	reading: [...reading],
	notFound,
	showsMarks,
	kills: [...kills],
	stops: [...stops],
});

/** A broken promise, in words that a reader of a failing history understands. */
class Broken extends Error {}

function hold(promise: boolean, words: string): void {
	if (!promise) throw new Broken(words);
}

const signatures = (adversary: Adversary, reference: string): number =>
	adversary.model.signatures(contentOf(reference), signatureInfo);

/** A new reference follows only when the last look-up found an operation under the one before it. */
function heldOnToDoubt(log: string[]): boolean {
	const last = new Map<string, string>();
	for (const line of log) {
		const [call, reference = '', said = ''] = line.split(' ');
		if (call === 'find') last.set(reference, said);
		const [base = '', attempt] = reference.split('~');
		if (call !== 'sign' || attempt === undefined) continue;
		const before = attempt === '2' ? base : `${base}~${Number(attempt) - 1}`;
		if (last.get(before) !== 'id') return false;
	}
	return true;
}

/** Lets the client run once and checks what it did and said; returns what it settled, or that it was killed. */
async function runOnce(
	adversary: Adversary,
	client: Client,
	jobs: Jobs,
	run: number,
): Promise<Settled | 'killed'> {
	const since = { time: adversary.time, log: adversary.log.length };
	try {
		const going = client(adversary.client(run), jobs, run);
		const settled = await adversary.untilKilled(run, going);
		for (const [index, job] of jobs.entries()) check(adversary, job, settled[index]);
		return settled;
	} catch (error) {
		if (error instanceof Killed) return 'killed';
		throw error;
	} finally {
		const log = adversary.log.slice(since.log);
		hold(log.length <= bounds.calls, `${log.length} calls in one run`);
		hold(adversary.time - since.time <= bounds.waiting, 'waited too long in one run');
		hold(heldOnToDoubt(log), 'a new reference followed a look-up without an answer');
	}
}

function check(adversary: Adversary, job: SigningJob, settled: Settled[number] | undefined): void {
	hold(settled !== undefined, 'a document without a result');
	if (settled?.status === 'fulfilled') {
		const right = settled.value.content?.equals(signedForm(contentOf(job.reference)));
		hold(right === true, `${job.reference} came back with another content`);
		hold(signatures(adversary, job.reference) === 1, `${job.reference} returned unsigned`);
		return;
	}
	const fault: unknown = settled?.reason;
	if (!(fault instanceof Fault)) throw fault;
	hold(fault.remedy !== '', 'a fault without a remedy');
	const named = fault.details.externalReference ?? job.reference;
	hold(named.startsWith(job.reference), `the fault of ${job.reference} names ${named}`);
}

const saysNothingHappened = (one: Settled[number] | undefined): boolean =>
	one?.status === 'rejected' &&
	one.reason instanceof Fault &&
	/was not (sent|signed)/i.test(`${one.reason.message} ${one.reason.remedy}`);

/** Whether the first word on a document was that nothing came of it, though a signature was on its way. */
function checkFirstWord(adversary: Adversary, jobs: Jobs, first: Settled | 'killed'): void {
	// Whoever hears only the second answer cannot tell its own request from an earlier one (docs/reliability.md).
	if (first === 'killed' || adversary.injected.has('duplicated')) return;
	for (const [index, { reference }] of jobs.entries())
		if (saysNothingHappened(first[index]))
			hold(signatures(adversary, reference) === 0, `${reference} is signed, and a fault denied it`);
}

/** In the end every document that has its signature can be had by its reference. */
async function checkNothingLost(adversary: Adversary, jobs: Jobs): Promise<void> {
	for (const { reference } of jobs) {
		const made = signatures(adversary, reference);
		hold(made <= 1, `${reference} was signed ${made} times`);
		if (made === 0) continue;
		const found = await recover(adversary.client(Infinity), reference, {
			completion: 60_000,
			content: true,
		});
		const content = found.is === 'signed' ? found.document?.content : undefined;
		hold(content !== undefined, `${reference} is signed and cannot be recovered`);
	}
}

/** Faults that were injected over all histories, by kind. */
export const injected = new Map<string, number>();

/** The promises as a property: whatever the history, however often the client is run. */
export const promises = (client: Client) =>
	fc.asyncProperty(
		histories,
		fc.integer({ min: 1, max: 3 }),
		fc.integer({ min: 1, max: 3 }),
		async (history, runs, documents) => {
			const adversary = new Adversary(copyOf(history));
			const jobs = jobSets[documents] ?? [jobOf('A')];
			const first = await runOnce(adversary, client, jobs, 0);
			if (first === 'killed') injected.set('killed', (injected.get('killed') ?? 0) + 1);
			if (runs === 1) {
				adversary.calm();
				checkFirstWord(adversary, jobs, first);
			}
			for (let run = 1; run < runs; run++) await runOnce(adversary, client, jobs, run);
			adversary.calm();
			await checkNothingLost(adversary, jobs);
			for (const [fate, count] of adversary.injected)
				injected.set(fate, (injected.get(fate) ?? 0) + count);
		},
	);

/** Two clients with the same documents at the same time, whose awaits are interleaved as `order` says. */
export const promisesOfTwo = (client: Client) =>
	fc.asyncProperty(
		histories,
		fc.array(fc.boolean(), { maxLength: 60 }),
		fc.integer({ min: 1, max: 3 }),
		async (history, order, documents) => {
			const adversary = new Adversary(copyOf(history));
			const jobs = jobSets[documents] ?? [jobOf('A')];
			const waiting: Array<() => void> = [];
			const turn = async () => await new Promise<void>((go) => waiting.push(go));
			const ends = [0, 1].map(
				async (run) =>
					await adversary.untilKilled(run, client(adversary.client(run, turn), jobs, run)),
			);
			const both = Promise.allSettled(ends);
			const state = { ended: false };
			const hasEnded = () => state.ended;
			void both.then(() => (state.ended = true));
			while (!hasEnded()) {
				const last = order.shift() === true;
				(last ? waiting.pop() : waiting.shift())?.();
				await new Promise((go) => setImmediate(go));
			}
			for (const end of await both) {
				if (end.status === 'rejected' && !(end.reason instanceof Killed)) throw end.reason;
				if (end.status === 'rejected') continue;
				for (const [index, job] of jobs.entries()) check(adversary, job, end.value[index]);
			}
			adversary.calm();
			await checkNothingLost(adversary, jobs);
		},
	);
