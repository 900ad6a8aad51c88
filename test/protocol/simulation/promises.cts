import { Fault } from '../../../nodes/SignStash/Fault';
import type { Settled } from '../../../nodes/SignStash/signing/carryOut';
import { Execution } from '../../../nodes/SignStash/signing/Execution';
import { recover } from '../../../nodes/SignStash/signing/recover';
import type { SignedDocument } from '../../../nodes/SignStash/signing/SigningJob';
import type { Adversary } from './Adversary.cts';
import { signedForm, type Signature, type World } from './Model.cts';
import { contentOf, type Doc, type Habits, type Plan } from './users.cts';

/** The most calls and the longest waiting (in milliseconds of the simulated clock) of one run. */
const bounds = { calls: 250, waiting: 20 * 60_000 };

/** One run of the workflow, and its results. */
export interface Run {
	plan: Plan;
	habits: Habits;
	/** Whether another run takes place at the same time: what that one has signed is as new as its own. */
	isAccompanied?: true;
	execution: Execution;
	number: number;
	settled?: Settled | 'killed';
	/** Number of calls at its end. */
	calls?: number;
}

/** A broken promise, in words that a reader of a failing history understands. */
class Broken extends Error {}

function hold(promise: boolean, words: string): void {
	if (!promise) throw new Broken(words);
}

const numbered = /^(.+)~([2-5])$/;
const again = /~run\w+$/;

/** The base reference of a member of a row. */
const rowOf = (reference: string): string => reference.replace(numbered, '$1');

/** The reference that a signature was asked for under; one more signature has a separate row. */
const askedOf = (reference: string): string => rowOf(reference).replace(again, '');

/** A new reference follows only when the last look-up, or answer, showed an operation under the one before it. */
function heldOnToDoubt(log: string[]): boolean {
	const last = new Map<string, string>();
	for (const line of log) {
		const [call, reference = '', said = ''] = line.split(' ');
		if (call === 'find' || call === 'answer') last.set(reference, said);
		const [, base = '', attempt] = numbered.exec(reference) ?? [];
		if (call !== 'sign' || attempt === undefined) continue;
		const before = attempt === '2' ? base : `${base}~${Number(attempt) - 1}`;
		if (last.get(before) !== 'id') return false;
	}
	return true;
}

/** What one run did. */
export function checkLog(log: string[], waited: number): void {
	hold(log.length <= bounds.calls, `${log.length} calls in one run`);
	hold(waited <= bounds.waiting, 'waited too long in one run');
	hold(heldOnToDoubt(log), 'a new reference followed a look-up without an answer');
}

/** What one run said about each document, at its end. */
export function checkTold(adversary: Adversary, world: World, run: Run, settled: Settled): void {
	for (const [index, doc] of run.plan.documents.entries()) {
		const one = settled[index];
		hold(one !== undefined, 'a document without a result');
		if (one?.status === 'fulfilled') checkFile(adversary, world, run, doc, one.value);
		if (one?.status === 'rejected') checkFault(doc, one.reason);
	}
}

function checkFault({ reference }: Doc, fault: unknown): void {
	if (!(fault instanceof Fault)) throw fault;
	hold(fault.remedy !== '', 'a fault without a remedy');
	const named = fault.details.externalReference ?? reference;
	hold(named.startsWith(reference), `the fault of ${reference} names ${named}`);
}

const namesAll = ({ shown }: World): boolean => shown !== 'cut short' && shown !== 'not at all';

/** Where neither mark, reference nor content shows whose a file is, a mix-up by the service cannot be noticed. */
function cannotBeNoticed(
	adversary: Adversary,
	world: World,
	{ witness, derived }: Habits,
): boolean {
	if (witness) return false;
	const isNamed = world.showsMarks || (derived && namesAll(world));
	return adversary.injected.has('contents swapped in answer') || (world.replays && !isNamed);
}

function checkFile(
	adversary: Adversary,
	world: World,
	run: Run,
	doc: Doc,
	{ content, recovered, cannotTellWhen, operation }: SignedDocument,
): void {
	if (cannotBeNoticed(adversary, world, run.habits)) return;
	hold(
		content?.equals(signedForm(contentOf(doc))) === true,
		`another document came back as ${doc.content}`,
	);
	const made = adversary.model.signatures.find(
		(one) => one.operation === operation.id && one.content.equals(contentOf(doc)),
	);
	hold(made !== undefined, `${doc.content} came back unsigned`);
	// A client that hears only the second answer cannot distinguish its own request from an earlier one (docs/reliability.md).
	const { injected } = adversary;
	const isOwn = made?.execution === run.execution.id;
	if (recovered)
		hold(!isOwn || injected.has('duplicated'), `${doc.content} is new, and told as recovered`);
	const canTell =
		(world.showsDates || !world.replays) && !run.isAccompanied && !injected.has('delayed');
	if (!recovered && !cannotTellWhen && canTell)
		hold(isOwn, `${doc.content} is of an earlier run, and told as new`);
}

/** Signatures of a document's bytes; each given reference asks for a separate signature. */
const of = ({ model }: Adversary, doc: Doc, { derived }: Habits): Signature[] =>
	model.signatures.filter(
		({ reference, content }) =>
			(derived || askedOf(reference) === doc.reference) && content.equals(contentOf(doc)),
	);

/** Each document is signed once, and once more for each execution that asks for it. */
export function checkSignatures(adversary: Adversary, runs: Run[]): void {
	const duplicated = adversary.injected.get('duplicated') ?? 0;
	const wanted = runs.flatMap(({ plan, habits }) => plan.documents.map((doc) => ({ doc, habits })));
	for (const { doc, habits } of wanted) {
		const wanting = runs.filter(({ plan }) =>
			plan.documents.some(
				({ reference, content }) => reference === doc.reference && content === doc.content,
			),
		);
		const asking = wanting.filter(({ plan }) => plan.ifAlreadySigned === 'signAgain');
		const more = new Set(asking.map(({ execution }) => execution.id)).size;
		const made = of(adversary, doc, habits).length;
		const most = 1 + more + (more > 0 ? duplicated : 0);
		hold(made <= most, `${doc.content} was signed ${made} times`);
	}
}

const denials = /was not (sent|signed)/i;

/** No run denies what it had sent. */
export function checkWords(adversary: Adversary, runs: Run[]): void {
	if (adversary.injected.has('duplicated')) return;
	for (const { plan, settled, calls = 0, execution, habits } of runs) {
		if (settled === undefined || settled === 'killed') continue;
		for (const [index, doc] of plan.documents.entries()) {
			const one = settled[index];
			if (one?.status !== 'rejected' || !(one.reason instanceof Fault)) continue;
			if (!denials.test(`${one.reason.message} ${one.reason.remedy}`)) continue;
			const made = of(adversary, doc, habits).filter(
				({ execution: of, call }) => of === execution.id && call < calls,
			);
			hold(
				made.length === 0,
				`${doc.content} is signed, and a fault denied it: ${one.reason.message}`,
			);
		}
	}
}

/** In the end every signed document can be recovered by its reference. */
export async function checkNothingLost(adversary: Adversary, world: World): Promise<void> {
	const { signatures } = adversary.model;
	for (const row of new Set(signatures.map(({ reference }) => rowOf(reference)))) {
		const ports = adversary.client(Infinity, new Execution('recovery', adversary.time));
		const found = await recover(ports, row, { completion: 60_000, content: true });
		const made = signatures.filter(({ reference }) => rowOf(reference) === row);
		if (found.is === 'unclear' && !namesAll(world)) {
			const shown = found.operation.id;
			hold(
				made.some(({ operation }) => operation === shown),
				`${row} is signed by another operation than ${shown}`,
			);
			continue;
		}
		const content = found.is === 'signed' ? found.document?.content : undefined;
		hold(content !== undefined, `${row} is signed and cannot be recovered`);
		hold(
			made.some((one) => content?.equals(signedForm(one.content)) === true),
			`${row} brings another document`,
		);
	}
}
