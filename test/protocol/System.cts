import type { End, Event, Rules } from '../../nodes/SignStash/signing/state';
import { baseReference } from '../../nodes/SignStash/signing/references';
import { cannotTellWhen } from '../../nodes/SignStash/signing/verdicts';
import { checkEnd } from './promises.cts';
import { firstState, newMemory, remembered } from './memory.cts';
import type { Protocol } from './Protocol.cts';
import type { Client, Course, Plan, Scenario, System, Transition } from './states.cts';
import { broughtBy, type Brought } from './calls.cts';
import {
	executed,
	finished,
	memberOf,
	register,
	type Doc,
	type Op,
	type World,
} from './Service.cts';

/** Moments on the client's clock: before every deadline, and after all of them. */
const early = 0;
const late = 2e9;
const deadline = 1e9;

export class Walkable {
	constructor(
		readonly scenario: Scenario,
		private readonly protocol: Protocol,
	) {}

	/** Everything that may happen next. */
	*transitions(system: System): Generator<Transition> {
		yield* this.ofService(system);
		for (const index of system.clients.keys()) yield* this.ofClient(system, index);
		const { runs, atOnce } = this.scenario;
		const { started, clients } = system;
		// n8n retries an execution only when its earlier try has ended.
		const isBusy = clients.some(({ run }) => run === runs[started]?.retries);
		if (started < runs.length && clients.length < atOnce && !isBusy)
			yield { label: `run ${started + 1} starts`, to: this.started(system, started) };
	}

	started(system: System, plan: number, run = plan): System {
		const { documents: docs, retries } = this.plan(plan);
		const documents = docs.map((_, index) => index);
		// Running everything again later starts a new execution.
		const execution = this.protocol.forgetful || run !== plan ? run : (retries ?? run);
		const memory = system.memories[execution] ?? newMemory(system.ops.length);
		const state = firstState(this.protocol, docs, execution, memory);
		const client = { run: execution, plan, courses: [{ documents, state }] };
		return {
			...system,
			started: run + 1,
			clients: [...system.clients, client],
			memories: { ...system.memories, [execution]: memory },
		};
	}

	/** What an execution additionally knows after a call, if it may be retried. */
	private remembering(system: System, client: Client, brought: Brought, course: Course): System {
		const { run } = client;
		const memory = system.memories[run];
		const isRetried = this.scenario.runs.some(({ retries }) => retries === run);
		if (!memory || !isRetried || course.state.doing !== 'send') return system;
		const row = course.documents.flatMap((at) => this.rowOf(client, course, at));
		const after = remembered(memory, brought, row);
		return { ...system, memories: { ...system.memories, [run]: after } };
	}

	/** What an execution reported as signed counts as its own in its next try. */
	private owning(system: System, { run }: Client, { op, state }: Course, ends: End[]): System {
		const memory = system.memories[run];
		const isNew =
			!cannotTellWhen(state) && ends.some((end) => end.is === 'signed' && !end.recovered);
		if (!memory || op === undefined || !isNew || memory.own.includes(op)) return system;
		const after = { ...memory, own: [...memory.own, op].sort() };
		return { ...system, memories: { ...system.memories, [run]: after } };
	}

	/** What is no longer needed is forgotten. */
	private left(system: System): System {
		const runs = this.scenario.runs.slice(system.started);
		const needed = new Set([
			...system.clients.map(({ run }) => run),
			...runs.flatMap(({ retries }) => retries ?? []),
		]);
		const kept = Object.entries(system.memories).filter(([run]) => needed.has(Number(run)));
		return { ...system, memories: Object.fromEntries(kept) };
	}

	private rowOf({ plan, run }: Client, { state }: Course, at: number): string[] {
		const doc = this.plan(plan).documents[at];
		return doc ? [memberOf(doc, { ...state, attempt: 1 }, run)] : [];
	}

	private plan(run: number): Plan {
		const plan = this.scenario.runs[run];
		if (!plan) throw new Error(`no run ${run}`);
		return plan;
	}

	private *ofService(system: System): Generator<Transition> {
		const { ops, wire, faults } = system;
		for (const [index, request] of wire.entries()) {
			const after = register(ops, request, this.scenario.world) ?? ops;
			const rest = wire.filter((_, at) => at !== index);
			yield { label: 'a late request arrives', to: { ...system, ops: after, wire: rest } };
		}
		for (const [index, op] of ops.entries()) {
			if (finished(op)) continue;
			const to = (...result: Parameters<typeof executed>[2]) => ({
				...system,
				ops: executed(ops, index, result),
			});
			yield { label: `operation ${index + 1} is signed`, to: to('signed') };
			if (faults === 0) continue;
			const spend = (next: System): System => ({ ...next, faults: faults - 1 });
			yield { label: `operation ${index + 1} fails`, to: spend(to('failed')) };
			if (op.documents.some(({ held }) => held === 'waiting'))
				yield { label: `operation ${index + 1} will be tried again`, to: spend(to('error')) };
			if (op.documents.length > 1)
				yield { label: `operation ${index + 1}: one fails`, to: spend(to('failed', 'signed')) };
		}
	}

	/** The usual things come first: the first one is free of faults. */
	*ofClient(system: System, index: number): Generator<Transition> {
		const client = system.clients[index];
		const [course] = client?.courses ?? [];
		if (!client || !course) return;
		const name = `run ${client.plan + 1}`;
		for (const brought of this.brought(system, client, course)) {
			const { label, cost, event, ops, wire, op, swapped = 0 } = brought;
			if (cost > system.faults) continue;
			const after = this.with(
				{
					...this.remembering(system, client, brought, course),
					ops: ops ?? system.ops,
					wire: wire ?? system.wire,
					faults: system.faults - cost,
				},
				index,
				op === undefined ? course : { ...course, op },
			);
			for (const now of [early, late])
				for (const one of this.after(after, index, event, now, `${name}: ${label}`))
					yield one.handsOut?.some((place) => place < swapped)
						? { ...one, broken: 'what came back is another document' }
						: one;
		}
		if (system.crashes === 0) return;
		const spent = { ...system, crashes: system.crashes - 1 };
		const clients = system.clients.filter((_, at) => at !== index);
		yield { label: `${name} is killed`, to: this.left({ ...spent, clients }) };
		yield* this.after(spent, index, { is: 'stopped' }, early, `${name} is stopped`);
	}

	private *after(
		system: System,
		index: number,
		event: Event,
		now: number,
		label: string,
	): Generator<Transition> {
		const client = system.clients[index];
		const [course, ...others] = client?.courses ?? [];
		if (!client || !course) return;
		const rules = this.rules(client, course);
		const [state, step] = this.protocol.next(course.state, event, rules, now);
		if (now === late && step.do !== 'end') return;
		const told = now === late ? `${label}; time is over` : label;
		if (step.do === 'pause') {
			yield* this.after(
				this.with(system, index, { ...course, state }),
				index,
				{ is: 'rested' },
				now,
				told,
			);
			return;
		}
		if (step.do === 'renew') {
			yield* this.renewed(this.with(system, index, { ...course, state }), index, now, told);
			return;
		}
		if (step.do !== 'end') {
			yield { label: told, to: this.with(system, index, { ...course, state }) };
			return;
		}
		const plan = this.plan(client.plan);
		const broken = course.documents
			.map((document, place) => {
				const end = step.ends[place];
				const doc = plan.documents[document];
				if (!end || !doc) return 'a document without an end';
				const again = plan.ifAlreadySigned === 'signAgain';
				const own = { ...doc, reference: this.referenceOf(doc, client) };
				const { world } = this.scenario;
				return checkEnd({ system, world, doc: own, state, run: client.run, again }, end);
			})
			.find((one) => one !== undefined);
		const alone = course.documents.flatMap((document, place) =>
			this.alone(document, step.ends[place]),
		);
		const courses = [...others, ...alone];
		const clients = system.clients.flatMap((one, at) =>
			at !== index ? [one] : courses.length > 0 ? [{ ...one, courses }] : [],
		);
		const words = step.ends.map((end) => (end.is === 'fault' ? end.fault : end.is)).join(', ');
		const lost = course.documents
			.map((document, place) =>
				lostBy(plan, plan.documents[document], step.ends[place], system.ops, this.scenario.world),
			)
			.find((one) => one !== undefined);
		const handsOut = step.ends.flatMap((end, place) => (end.is === 'signed' ? [place] : []));
		yield {
			label: `${told} → ${words}`,
			to: this.left(this.owning({ ...system, clients }, client, { ...course, state }, step.ends)),
			broken,
			lost,
			handsOut,
		};
	}

	private alone(document: number, end: End | undefined): Course[] {
		if (end?.is !== 'alone') return [];
		return [{ documents: [document], state: this.protocol.begin({ sent: end.sent }) }];
	}

	private *renewed(
		system: System,
		index: number,
		now: number,
		label: string,
	): Generator<Transition> {
		yield* this.after(system, index, { is: 'renewed' }, now, `${label}, renewed`);
		if (system.faults === 0) return;
		const spent = { ...system, faults: system.faults - 1 };
		yield* this.after(spent, index, { is: 'noToken' }, now, `${label}, no token`);
	}

	private with(system: System, index: number, course: Course): System {
		const clients = system.clients.map((one, at) =>
			at === index ? { ...one, courses: [course, ...one.courses.slice(1)] } : one,
		);
		return { ...system, clients };
	}

	private rules({ plan }: Client, { documents }: Course): Rules {
		const { ifAlreadySigned } = this.plan(plan);
		return {
			documents: documents.length,
			ifAlreadySigned,
			deadline,
			completion: deadline,
			atWork: 0,
		};
	}

	private referenceOf({ reference }: Doc, { run }: Client): string {
		return this.protocol.reference?.(reference, run) ?? reference;
	}

	private *brought(system: System, client: Client, course: Course): Generator<Brought> {
		const { state, documents, op } = course;
		const plan = this.plan(client.plan);
		const docs = documents.flatMap((at) => {
			const doc = plan.documents[at];
			return doc ? [{ ...doc, reference: this.referenceOf(doc, client) }] : [];
		});
		const { hasty, bySet } = this.protocol;
		const { since = 0, own = [] } = system.memories[client.run] ?? {};
		const { world } = this.scenario;
		yield* broughtBy({ system, world, run: client.run, docs, state, op, since, own, hasty, bySet });
	}
}

/** Outcomes without a file that are correct even when nothing fails. */
function lostBy(
	plan: Plan,
	doc: Doc | undefined,
	end: End | undefined,
	ops: Op[],
	{ evidence }: World,
): string | undefined {
	if (!doc || end?.is !== 'fault') return undefined;
	const held = ops.flatMap(({ documents }) => documents);
	const mine = held.filter(({ reference }) => baseReference(reference) === doc.reference);
	if (end.fault === 'rowSpent' && plan.ifAlreadySigned === 'signAgain') return undefined;
	if (end.fault === 'alreadySigned' && plan.ifAlreadySigned === 'fail') return undefined;
	if (end.fault === 'notSigned' && mine.some((one) => one.held === 'failedForGood'))
		return undefined;
	const others = mine.some(({ content }) => content !== doc.content);
	if ((end.fault === 'foreign' || end.fault === 'cannotTell') && others) return undefined;
	// Only the given reference is known there: Recover by Reference returns what is under it.
	if (end.fault === 'cannotTell' && !doc.derived && evidence === 'nothing') return undefined;
	return `${doc.content} does not come back: ${end.fault}`;
}
