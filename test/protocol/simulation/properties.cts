import fc from 'fast-check';
import { Execution } from '../../../nodes/SignStash/signing/Execution';
import type { Settled } from '../../../nodes/SignStash/signing/carryOut';
import { Adversary, Killed, type History } from './Adversary.cts';
import type { Client } from './clients.cts';
import { outcomes, readingFates, signingFates } from './fates.cts';
import {
	checkLog,
	checkNothingLost,
	checkSignatures,
	checkTold,
	checkWords,
	type Run,
} from './promises.cts';
import { jobsOf, plans, type Habits, type Plan } from './users.cts';

/** The number of an await, or none. */
const sometimes = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 40 }));

export const histories: fc.Arbitrary<History> = fc.record({
	signing: fc.array(
		fc.record({
			fate: fc.constantFrom(...signingFates),
			outcome: fc.constantFrom(...outcomes),
			lag: fc.integer({ min: 0, max: 8 }),
		}),
		{ maxLength: 6 },
	),
	reading: fc.array(fc.constantFrom(...readingFates), { maxLength: 24 }),
	world: fc.record({
		notFound: fc.constantFrom('in the same words', 'never clearly'),
		showsMarks: fc.boolean(),
		showsDates: fc.boolean(),
		shown: fc.constantFrom(
			'as sent',
			'as sent',
			'in capitals',
			'padded',
			'cut short',
			'not at all',
		),
		replays: fc.boolean(),
		spentFree: fc.boolean(),
	}),
	kills: fc.array(sometimes, { maxLength: 3 }),
	stops: fc.array(sometimes, { maxLength: 3 }),
});

const copyOf = ({ signing, reading, world, kills, stops }: History): History => ({
	signing: [...signing],
	reading: [...reading],
	world,
	kills: [...kills],
	stops: [...stops],
});

const habits = fc.record<Habits>({ derived: fc.boolean(), witness: fc.boolean() });

const stories = habits.chain((own) =>
	fc.record({ habits: fc.constant(own), plans: plans(own.derived) }),
);

/** Milliseconds between two runs. */
const between = 60_000;

/** Lets the client run once, and checks what it did and said. */
async function runOnce(
	adversary: Adversary,
	client: Client,
	{ plan, execution, habits: own, number }: Run,
): Promise<Settled | 'killed'> {
	const since = { time: adversary.time, log: adversary.log.length };
	try {
		const jobs = jobsOf(plan, own);
		const going = client(adversary.client(number, execution), jobs, number);
		return await adversary.untilKilled(number, going);
	} catch (error) {
		if (error instanceof Killed) return 'killed';
		throw error;
	} finally {
		checkLog(adversary.log.slice(since.log), adversary.time - since.time);
	}
}

/** The execution of a run: a retry shares that of the previous run, unless that was killed or stopped. */
function executionOf(adversary: Adversary, plan: Plan, before: Run | undefined): Execution {
	const goesOn = plan.isRetry && before?.settled !== undefined && before.settled !== 'killed';
	if (goesOn && !adversary.stopped.has(before.number)) return before.execution;
	return new Execution(`e${before === undefined ? 0 : before.number + 1}`, adversary.time);
}

/**
 * Milliseconds between two runs. Closer ones cannot be told apart by dates, because clocks may differ: where a
 * service replays and shows no marks, the earlier signature is then told as new.
 */
const betweenRuns = 61_000;

/** Faults that were injected over all histories, by kind. */
export const injected = new Map<string, number>();

const count = (fate: string, times = 1): void => {
	injected.set(fate, (injected.get(fate) ?? 0) + times);
};

/** The promises as a property: whatever the history, however often the client runs, and whatever its user changes. */
export const promises = (client: Client) =>
	fc.asyncProperty(histories, stories, async (history, story) => {
		const adversary = new Adversary(copyOf(history));
		const runs: Run[] = [];
		for (const [number, plan] of story.plans.entries()) {
			adversary.time += betweenRuns;
			const execution = executionOf(adversary, plan, runs.at(-1));
			const run: Run = { plan, execution, number, habits: story.habits };
			runs.push(run);
			run.settled = await runOnce(adversary, client, run);
			run.calls = adversary.calls;
			if (run.settled === 'killed') count('killed');
			else checkTold(adversary, history.world, run, run.settled);
			adversary.time += between;
		}
		adversary.calm();
		checkSignatures(adversary, runs);
		checkWords(adversary, runs);
		await checkNothingLost(adversary, history.world);
		for (const [fate, times] of adversary.injected) count(fate, times);
	});

/** Two clients with the same documents at the same time, whose awaits are interleaved as `order` says. */
export const promisesOfTwo = (client: Client) =>
	fc.asyncProperty(
		histories,
		stories,
		fc.array(fc.boolean(), { maxLength: 60 }),
		async (history, story, order) => {
			const adversary = new Adversary(copyOf(history));
			const [plan] = story.plans;
			if (!plan) return;
			const waiting: Array<() => void> = [];
			const turn = async () => await new Promise<void>((go) => waiting.push(go));
			const runs = [0, 1].map((number): Run => {
				const execution = new Execution(`e${number}`, adversary.time);
				return { plan, execution, number, habits: story.habits, isAccompanied: true };
			});
			const ends = runs.map(async ({ number, execution }) => {
				const ports = adversary.client(number, execution, turn);
				const going = client(ports, jobsOf(plan, story.habits), number);
				return await adversary.untilKilled(number, going);
			});
			const both = Promise.allSettled(ends);
			const state = { ended: false };
			const hasEnded = () => state.ended;
			void both.then(() => (state.ended = true));
			while (!hasEnded()) {
				const last = order.shift() === true;
				(last ? waiting.pop() : waiting.shift())?.();
				await new Promise((go) => setImmediate(go));
			}
			for (const [number, end] of (await both).entries()) {
				if (end.status === 'rejected' && !(end.reason instanceof Killed)) throw end.reason;
				const run = runs[number];
				if (run && end.status === 'fulfilled') checkTold(adversary, history.world, run, end.value);
			}
			adversary.calm();
			checkSignatures(adversary, runs);
			await checkNothingLost(adversary, history.world);
		},
	);
