import type { Doc, World } from './Service.cts';
import type { Plan, Scenario } from './System.cts';

const derived = (name: string): Doc => ({ reference: name, content: name, derived: true });
const given = (reference: string, content: string): Doc => ({ reference, content, derived: false });

const plan = (documents: Doc[], ifAlreadySigned: Plan['ifAlreadySigned'] = 'return'): Plan => ({
	documents,
	ifAlreadySigned,
});

/** What two runs want, one after the other or at the same time. */
const wishes: Array<[name: string, ...runs: [Plan, Plan]]> = [
	['one document', plan([derived('A')]), plan([derived('A')])],
	['a given reference', plan([given('R', 'A')]), plan([given('R', 'A')])],
	['a given reference, corrected', plan([given('R', 'A')]), plan([given('R', 'B')])],
	['a gathered request', plan([derived('A'), derived('B')]), plan([derived('A'), derived('B')])],
	['groups that overlap', plan([derived('A'), derived('B')]), plan([derived('B'), derived('C')])],
	['gathered, then alone', plan([given('R', 'A'), given('S', 'B')]), plan([given('S', 'B')])],
	['Fail', plan([derived('A')]), plan([derived('A')], 'fail')],
	['Sign Again', plan([derived('A')]), plan([derived('A')], 'signAgain')],
];

const worlds: World[] = (['documents', 'request', 'both'] as const).flatMap((unique) =>
	[false, true].flatMap((spentFree) =>
		(['mark', 'nothing', 'length'] as const).map((evidence) => ({ unique, spentFree, evidence })),
	),
);

/**
 * Where only the request's reference is unique, a document in another group, or in none, is a new one to the
 * service, and so is another document under the same reference: there the promises hold for one document
 * per request (the default) and a reference for each.
 */
const onlyWithUniqueDocuments = new Set([
	'a given reference, corrected',
	'a gathered request',
	'groups that overlap',
	'gathered, then alone',
]);

const promised = (name: string, { unique }: World): boolean =>
	unique !== 'request' || !onlyWithUniqueDocuments.has(name);

export interface Bounds {
	atOnce: number;
	faults: number;
	crashes: number;
}

/** Every wish in every world in which it is promised. */
export const scenarios = ({ atOnce, faults, crashes }: Bounds): Scenario[] =>
	wishes.flatMap(([name, ...runs]) =>
		worlds
			.filter((world) => promised(name, world))
			.map((world) => ({
				name: `${name}; unique: ${world.unique}, spent ${world.spentFree ? 'free again' : 'taken'}, evidence: ${world.evidence}`,
				world,
				runs,
				atOnce,
				faults,
				crashes,
			})),
	);
