import type { End, FaultName, State } from '../../nodes/SignStash/signing/state';
import { mayHaveArrived } from '../../nodes/SignStash/signing/begin';
import { baseReference, rowReference } from '../../nodes/SignStash/signing/references';
import { cannotTellWhen } from '../../nodes/SignStash/signing/verdicts';
import {
	finished,
	memberOf,
	register,
	signaturesOf,
	type Doc,
	type Op,
	type World,
} from './Service.cts';
import type { Plan, System } from './states.cts';

/** A reported outcome, and the document that it is about. */
export interface Said {
	system: System;
	world: World;
	doc: Doc;
	state: State;
	run: number;
	/** Whether another signature was asked for although there is one. */
	again: boolean;
}

const failed = (op: Op | undefined, reference: string): boolean =>
	op !== undefined &&
	finished(op) &&
	op.documents.some((one) => one.reference === reference && one.held.startsWith('failed'));

const holding = ({ ops }: System, reference: string): Op[] =>
	ops.filter(({ documents }) => documents.some((one) => one.reference === reference));

const member = ({ doc, state, run }: Said): string => memberOf(doc, state, run);

/** Whether a request of the run for this document is on its way, or led to an operation that did not fail. */
const mayBeSigned = ({ system: { ops, wire }, world, doc, run }: Said): boolean =>
	wire.some(
		(one) =>
			one.run === run &&
			one.documents.some(({ content }) => content === doc.content) &&
			register(ops, one, world) !== undefined,
	) ||
	ops.some(
		(op) =>
			op.run === run &&
			!op.twice &&
			op.documents.some(
				({ content, held }) =>
					content === doc.content && !(finished(op) && held.startsWith('failed')),
			),
	);

const notNow = (said: Said): boolean => !mayBeSigned(said);
const isSigned = ({ system, doc }: Said): boolean =>
	signaturesOf(system.ops, doc.content, doc.reference) > 0;
const inUse = (said: Said): boolean => holding(said.system, member(said)).length > 0;

/** What the words of each fault promise (see `signing/faults`), checked against the facts. */
const claims: Record<FaultName, (said: Said) => boolean> = {
	refused: notNow,
	busy: () => true,
	nothingSent: notNow,
	noToken: notNow,
	stopped: (said) => mayHaveArrived(said.state) || said.state.registered !== 'no' || notNow(said),
	unknown: () => true,
	unread: inUse,
	hidden: inUse,
	swapped: isSigned,
	foreign: (said) =>
		holding(said.system, member(said)).some(({ documents }) =>
			documents.some((one) => one.reference === member(said) && one.content !== said.doc.content),
		) &&
		(mayHaveArrived(said.state) || notNow(said)),
	cannotTell: inUse,
	notSigned: (said) =>
		holding(said.system, member(said)).some((op) => failed(op, member(said))) && notNow(said),
	pending: inUse,
	unclear: inUse,
	notFetched: isSigned,
	unusable: isSigned,
	alreadySigned: isSigned,
	rowSpent: (said) =>
		[1, 2, 3, 4, 5].every((attempt) => {
			const reference = rowReference(said.doc.reference, attempt);
			const held = holding(said.system, reference);
			return held.some((op) => said.again || failed(op, reference));
		}) && notNow(said),
};

/** The promise that an outcome breaks, if any. */
export function checkEnd(said: Said, end: End): string | undefined {
	const { doc, run, system } = said;
	if (end.is === 'alone') return undefined;
	if (end.is === 'fault')
		return claims[end.fault](said) ? undefined : `a false word: ${end.fault} of ${doc.content}`;
	const ops = holding(system, member(said)).filter(({ documents }) =>
		documents.some((one) => one.content === doc.content && one.held === 'signed'),
	);
	if (ops.length === 0) return `another document came back as ${doc.content}`;
	if (end.recovered && ops.every((op) => op.run === run && !op.twice))
		return `a false word: recovered, of ${doc.content}`;
	const since = system.memories[run]?.since ?? 0;
	const isEarlier = ops.every((op) => system.ops.indexOf(op) < since);
	if (!end.recovered && !cannotTellWhen(said.state) && isEarlier)
		return `a false word: new, of ${doc.content}`;
	return undefined;
}

/** The promise that the present state breaks, if any. */
export function checkSystem(system: System, runs: Plan[]): string | undefined {
	const wanted = runs.flatMap(({ documents }) => documents);
	for (const { reference, content, derived } of wanted) {
		const again = runs.filter(
			({ ifAlreadySigned, documents, retries }) =>
				ifAlreadySigned === 'signAgain' &&
				retries === undefined &&
				documents.some((one) => one.content === content),
		);
		const twice = again.length > 0 ? system.ops.filter((op) => op.twice).length : 0;
		// A derived reference identifies the bytes: under any other reference they would be signed a second time.
		const made = signaturesOf(system.ops, content, derived ? undefined : reference);
		if (made > 1 + again.length + twice) return `${content} was signed ${made} times`;
	}
	for (const { plan: number, courses } of system.clients) {
		const [course] = courses;
		const plan = runs[number];
		if (!course || !plan || course.state.attempt === 1 || course.state.doing !== 'send') continue;
		if (plan.ifAlreadySigned === 'signAgain') continue;
		const doc = plan.documents[course.documents[0] ?? 0];
		const before = doc && rowReference(doc.reference, course.state.attempt - 1);
		if (before !== undefined && !holding(system, before).some((op) => failed(op, before)))
			return `a new reference, though the operation under ${before} was not seen to have failed`;
	}
	return undefined;
}

/** Whether Recover by Reference reaches every signed document: its row has no gap before it. */
export function unreachable({ ops }: System): string | undefined {
	const held = new Set(ops.flatMap(({ documents }) => documents.map(({ reference }) => reference)));
	for (const { documents } of ops)
		for (const { reference, held: state } of documents) {
			if (state !== 'signed') continue;
			const base = baseReference(reference);
			for (let attempt = 1; rowReference(base, attempt) !== reference && attempt <= 5; attempt++)
				if (!held.has(rowReference(base, attempt))) return `${reference} cannot be recovered`;
		}
	return undefined;
}
