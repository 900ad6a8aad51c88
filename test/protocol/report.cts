import type { Bounds } from './scenarios.cts';
import type { Walk } from './walk.cts';

/** The walks of all scenarios within the same bounds. */
export interface Row {
	bounds: Bounds;
	walks: Walk[];
}

const sum = (walks: Walk[], of: (walk: Walk) => number): string =>
	walks.reduce((all, walk) => all + of(walk), 0).toLocaleString('en');

/** The walks, and how each wrong protocol was caught, as Markdown. */
export function report(rows: Row[], caught: Map<string, Walk>): string {
	const figures = rows.map(({ bounds: { atOnce, faults, crashes, users }, walks }) => {
		const depth = Math.max(...walks.map((walk) => walk.depth));
		const broken = walks.filter((walk) => walk.broken).length;
		return `| ${users ? 'yes' : 'no'} | ${atOnce} | ${faults} | ${crashes} | ${walks.length} | ${sum(walks, ({ states }) => states)} | ${sum(walks, ({ transitions }) => transitions)} | ${depth} | ${broken} |`;
	});
	const wrong = [...caught].map(
		([name, { broken }]) =>
			`| ${name} | ${broken?.promise ?? ''} | ${broken?.history.join('; ') ?? ''} |`,
	);
	return [
		'| Users change something | Runs at once | Faults | Kills and stops | Scenarios | States | Transitions | Depth | Broken promises |',
		'| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
		...figures,
		'',
		'| A protocol that is wrong in this | breaks this promise | Shortest history |',
		'| --- | --- | --- |',
		...wrong,
		'',
	].join('\n');
}
