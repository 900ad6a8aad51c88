import { join } from 'node:path';
import { policies } from '../../nodes/SignStash/signing/policies';
import { leave } from '../support/leave.cts';
import { ours, type Protocol } from './Protocol.cts';
import { report, type Row } from './report.cts';
import { scenarios, type Bounds } from './scenarios.cts';
import type { Scenario } from './states.cts';
import { variants } from './variants.cts';
import { Walker, type Walk } from './walk.cts';

/** Tries of each kind in a walk: further ones lead through the same states again. */
const tries = { notSent: 1, busy: 1, look: 1, sendAgain: 1, read: 1, wait: 1, settle: 1, token: 1 };
for (const name of Object.keys(tries) as Array<keyof typeof tries>)
	policies[name].tries = tries[name];

/** How far the walk goes in `npm test` and in `npm run explore`. */
const short: Bounds[] = [
	{ atOnce: 1, faults: 1, crashes: 1 },
	{ atOnce: 2, faults: 1, crashes: 0 },
	{ atOnce: 1, faults: 1, crashes: 1, users: true },
	{ atOnce: 2, faults: 0, crashes: 0, users: true },
];
const wide: Bounds[] = [
	{ atOnce: 2, faults: 2, crashes: 0 },
	{ atOnce: 2, faults: 1, crashes: 1 },
	{ atOnce: 1, faults: 3, crashes: 1 },
	{ atOnce: 1, faults: 2, crashes: 1, users: true },
	{ atOnce: 2, faults: 1, crashes: 0, users: true },
];
const ofUsers: Bounds = { atOnce: 1, faults: 2, crashes: 0, users: true };
const isWide = process.env.EXPLORE === 'wide';

/** More states than any walk within these bounds has. */
const most = 5_000_000;

const rows: Row[] = [];

test.each(isWide ? wide : short)(
	'no state breaks a promise, within %j',
	(bounds) => {
		const walks = scenarios(bounds).map((scenario) => new Walker(scenario, ours).walk(most));
		rows.push({ bounds, walks });
		expect(walks.filter(({ broken, whole }) => broken !== undefined || !whole)).toEqual([]);
	},
	3_600_000,
);

const caught = new Map<string, Walk>();

/** Whether a scenario has what a wrong protocol's mistake needs to show. */
const fits = ({ needs }: Protocol, { world, runs }: Scenario): boolean =>
	(needs?.spentFree !== true || world.spentFree) &&
	(needs?.gathered !== true || runs.some(({ documents }) => documents.length > 1));

function boundsFor({ needs }: Protocol): Array<Bounds | undefined> {
	if (needs?.users) return [ofUsers];
	return needs?.twoFaults ? [wide[0]] : [short[0], wide[0]];
}

/** The first suitable scenario in which a wrong protocol breaks a promise, with the shortest history. */
function walkUntilBroken(protocol: Protocol): Walk | undefined {
	for (const bounds of boundsFor(protocol))
		for (const scenario of bounds ? scenarios(bounds) : []) {
			if (!fits(protocol, scenario)) continue;
			const walk = new Walker(scenario, protocol).walk(200_000);
			if (walk.broken) return walk;
		}
	return undefined;
}

test.each(variants)('a wrong protocol is caught: $name', (protocol) => {
	const walk = walkUntilBroken(protocol);
	if (walk) caught.set(protocol.name, walk);
	expect(walk?.broken?.promise).toBeDefined();
});

afterAll(() => {
	if (isWide)
		leave(join(__dirname, '..', '..', '.cache', 'explore', 'walks.md'), report(rows, caught));
});
