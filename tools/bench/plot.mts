import { delayName, loadName, systems, type Plan, type System } from './plan.mts';
import type { Cost, Results } from './Results.mts';

const colours: Readonly<Record<System, string>> = {
	chain: '#b0413e',
	node: '#2f6f9f',
	naive: '#c79a3a',
	'naive 4': '#8a6a1f',
	bare: '#8a8a8a',
};

interface Chart {
	title: string;
	unit: string;
	value(cost: Cost): number;
}

const charts: readonly Chart[] = [
	{ title: 'Wall time', unit: 's', value: ({ wallMs }) => wallMs / 1000 },
	{ title: 'Memory', unit: 'MB', value: ({ memoryBytes }) => memoryBytes / 1e6 },
];

const layout = { label: 250, bar: 12, gap: 10, width: 330, number: 70, top: 46 };

/** Bars have a logarithmic scale, because the slowest system takes a hundred times as long as the fastest. */
function scale(values: readonly number[]): (value: number) => number {
	const least = Math.min(...values) / 2;
	const span = Math.log(Math.max(...values) / least);
	return (value) => Math.max(1, (layout.width * Math.log(value / least)) / span);
}

const text = (x: number, y: number, words: string, more = ''): string =>
	`<text x="${x}" y="${y}" ${more}>${words}</text>`;

interface Bar {
	system: System;
	value: number;
}

interface Group {
	name: string;
	bars: Bar[];
}

function groupsOf(results: Results, { cases }: Plan, { value }: Chart): Group[] {
	return cases.map((one) => ({
		name: `${loadName(one.load)}, delay ${delayName(one.delay)}, ${one.documentsPerRequest} per request`,
		bars: systems.flatMap((system): Bar[] => {
			const cost = results.cost(system, one);
			return cost && value(cost) > 0 ? [{ system, value: value(cost) }] : [];
		}),
	}));
}

function drawGroup({ name, bars }: Group, y: number, long: (value: number) => number): string {
	const drawn = bars.map(({ system, value }, index) => {
		const top = y + index * layout.bar;
		const length = long(value);
		const shown = value >= 10 ? value.toFixed(0) : value.toFixed(2);
		return (
			`<rect x="${layout.label}" y="${top}" width="${length.toFixed(1)}" height="${layout.bar - 2}" fill="${colours[system]}"/>` +
			text(layout.label + length + 4, top + layout.bar - 3, shown)
		);
	});
	return text(layout.label - 8, y + layout.bar, name, 'text-anchor="end"') + drawn.join('');
}

function drawChart(groups: readonly Group[], chart: Chart, top: number): string {
	const long = scale(groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
	let y = top + 12;
	const drawn = groups.map((group) => {
		const shape = drawGroup(group, y, long);
		y += heightOf(group);
		return shape;
	});
	const title = `${chart.title} beyond an empty run, ${chart.unit} (logarithmic)`;
	return text(layout.label, top, title, 'font-weight="bold"') + drawn.join('\n');
}

function heightOf({ bars }: Group): number {
	return Math.max(bars.length, 1) * layout.bar + layout.gap;
}

function legend(): string {
	return systems
		.map((system, index) => {
			const x = layout.label + index * 80;
			return (
				`<rect x="${x}" y="10" width="10" height="10" fill="${colours[system]}"/>` +
				text(x + 14, 19, system)
			);
		})
		.join('');
}

/** Wall time and memory of every case as a bar chart (SVG). */
export function plot(results: Results, plan: Plan): string {
	let y = layout.top;
	const parts = charts.map((chart) => {
		const groups = groupsOf(results, plan, chart).filter(({ bars }) => bars.length > 0);
		const drawn = groups.length === 0 ? '' : drawChart(groups, chart, y);
		y += 40 + groups.reduce((sum, group) => sum + heightOf(group), 0);
		return drawn;
	});
	const width = layout.label + layout.width + layout.number;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="sans-serif" font-size="10">
<rect width="${width}" height="${y}" fill="#ffffff"/>
${legend()}
${parts.join('\n')}
</svg>
`;
}
