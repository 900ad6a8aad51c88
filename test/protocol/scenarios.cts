import type { Doc, World } from './Service.cts';
import type { Plan, Scenario } from './states.cts';

const derived = (name: string): Doc => ({ reference: name, content: name, derived: true });
const given = (reference: string, content: string): Doc => ({ reference, content, derived: false });

const plan = (documents: Doc[], ifAlreadySigned: Plan['ifAlreadySigned'] = 'return'): Plan => ({
	documents,
	ifAlreadySigned,
});

const retry = (of: number, { documents, ifAlreadySigned }: Plan): Plan => ({
	documents,
	ifAlreadySigned,
	retries: of,
});

type Wish = [name: string, ...runs: Plan[]];

const one = plan([derived('A')]);
const both = plan([derived('A'), derived('B')]);
const three = plan([derived('A'), derived('B'), derived('C')]);
const again = plan([derived('A')], 'signAgain');
const fail = plan([derived('A')], 'fail');

/** What two runs want, one after the other or at the same time. */
const wishes: Wish[] = [
	['one document', one, one],
	['a given reference', plan([given('R', 'A')]), plan([given('R', 'A')])],
	['a given reference, corrected', plan([given('R', 'A')]), plan([given('R', 'B')])],
	['a gathered request', both, both],
	['groups that overlap', both, plan([derived('B'), derived('C')])],
	['three in one request', three, three],
	['groups of three that overlap', three, plan([derived('C'), derived('D')])],
	['gathered, then alone', plan([given('R', 'A'), given('S', 'B')]), plan([given('S', 'B')])],
	['Fail', one, fail],
	['Sign Again', one, again],
];

/** Users who change something between two runs, retries by n8n within one execution, and further runs. */
const changes: Wish[] = [
	['one document, four times', one, one, one, one],
	[
		'a given reference, corrected again and again',
		plan([given('R', 'A')]),
		plan([given('R', 'B')]),
		plan([given('R', 'A')]),
		plan([given('R', 'B')]),
	],
	[
		'an extra file shifts each reference to the next document',
		plan([given('R', 'A'), given('S', 'B')]),
		plan([given('R', 'X'), given('S', 'A'), given('T', 'B')]),
	],
	[
		'documents swap their references',
		plan([given('R', 'A'), given('S', 'B')]),
		plan([given('R', 'B'), given('S', 'A')]),
	],
	['a document taken away, then added again', both, one, both],
	['Return, Fail, Return', one, fail, one],
	['Sign Again, retried', one, again, retry(1, again)],
	['Fail, retried', fail, retry(0, fail)],
	['a retry', one, retry(0, one), one],
	['three tries of one execution', one, retry(0, one), retry(0, one)],
];

const dimensions = (['documents', 'request', 'both'] as const).flatMap((unique) =>
	[false, true].flatMap((spentFree) =>
		(['mark', 'content', 'nothing'] as const).map((evidence) => ({ unique, spentFree, evidence })),
	),
);
const worlds: World[] = [
	...dimensions.map((world) => ({ ...world, replays: false })),
	{ unique: 'both', spentFree: false, evidence: 'mark', replays: true },
	{ unique: 'both', spentFree: true, evidence: 'content', replays: true },
];

/**
 * Where only the request's reference is unique, a document in another group, or in none, is new to the
 * service, and so is another document under the same reference: there the promises hold only with one document
 * per request (the default) and a different reference for each.
 */
const onlyWithUniqueDocuments = new Set([
	'a given reference, corrected',
	'a gathered request',
	'three in one request',
	'groups that overlap',
	'groups of three that overlap',
	'gathered, then alone',
	'a given reference, corrected again and again',
	'an extra file shifts each reference to the next document',
	'documents swap their references',
	'a document taken away, then added again',
]);

const promised = (name: string, { unique }: World): boolean =>
	unique !== 'request' || !onlyWithUniqueDocuments.has(name);

export interface Bounds {
	atOnce: number;
	faults: number;
	crashes: number;
	/** Whether users change something between runs, of which there are up to four. */
	users?: true;
}

/** Every plan in every world in which the promises hold for it. */
export const scenarios = ({ atOnce, faults, crashes, users }: Bounds): Scenario[] =>
	(users ? changes : wishes).flatMap(([name, ...runs]) =>
		worlds
			.filter((world) => promised(name, world))
			.map((world) => ({
				name: `${name}; unique: ${world.unique}, spent ${world.spentFree ? 'free again' : 'taken'}, evidence: ${world.evidence}${world.replays ? ', replays' : ''}`,
				world,
				runs,
				atOnce,
				faults,
				crashes,
			})),
	);
