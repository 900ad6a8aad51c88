import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { cell } from './table.mts';

/** The values that a field can have, when it is one of a list. */
function choices({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	if (type !== 'options') return [];
	return options.filter((one): one is INodePropertyOptions => 'value' in one);
}

/** The fields within a collection. */
function inner({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type !== 'collection') return [];
	return options.filter((one): one is INodeProperties => 'displayName' in one && 'type' in one);
}

function isShown(field: INodeProperties, resource: string, operation: string): boolean {
	const { show = {} } = field.displayOptions ?? {};
	const fits = (name: string, value: string) => {
		const wanted: unknown[] | undefined = show[name];
		return wanted === undefined || wanted.includes(value);
	};
	return fits('resource', resource) && fits('operation', operation);
}

/** When a field is shown, in the panel's own words. */
function condition(field: INodeProperties, all: INodeProperties[]): string {
	const { show = {} } = field.displayOptions ?? {};
	return Object.entries(show)
		.filter(([name]) => name !== 'resource' && name !== 'operation')
		.map(([name, values]) => {
			const other = all.find((one) => one.name === name.replace(/^\//, ''));
			const named = (values ?? []).map(
				(value) =>
					(other && choices(other).find((one) => one.value === value)?.name) ?? onOff(value),
			);
			return `${other?.displayName ?? name}: ${named.join(', ')}`;
		})
		.join('; ');
}

function onOff(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return String(value);
}

function standard(field: INodeProperties): string {
	if (field.type === 'collection' || field.default === '') return '';
	const chosen = choices(field).find(({ value }) => value === field.default);
	return chosen?.name ?? `\`${onOff(field.default)}\``;
}

function words(field: INodeProperties): string {
	const named = choices(field).map(({ name, description }) =>
		description === undefined ? `_${name}_` : `_${name}_: ${description}`,
	);
	return cell(
		[field.description ?? field.hint ?? '', ...named]
			.filter((text) => text !== '')
			.map((text) => text.replace(/\.$/, ''))
			.join('. '),
	);
}

function row(field: INodeProperties, all: INodeProperties[], within = ''): string[] {
	const name = within === '' ? `**${field.displayName}**` : `${within} → ${field.displayName}`;
	const cells = [name, standard(field), condition(field, all), words(field)];
	return [
		`| ${cells.join(' | ')} |`,
		...inner(field).flatMap((one) => row(one, all, field.displayName)),
	];
}

/** Every parameter of every operation, as tables. */
export function parametersPage({ properties }: INodeTypeDescription): string {
	const resources = properties.find(({ name }) => name === 'resource');
	const sections = choices(
		resources ?? { displayName: '', name: '', type: 'options', default: '' },
	);
	const tables = sections.flatMap(({ value: resource }) => {
		const operations = properties.find(
			(one) => one.name === 'operation' && isShown(one, String(resource), ''),
		);
		return (operations ? choices(operations) : []).map(({ name, value, description }) => {
			const fields = properties.filter(
				(one) =>
					!['resource', 'operation'].includes(one.name) &&
					one.type !== 'notice' &&
					isShown(one, String(resource), String(value)),
			);
			return [
				`## ${name}\n\n${description ?? ''}.\n`,
				'| parameter | default | shown for | meaning |\n| --- | --- | --- | --- |',
				...fields.flatMap((one) => row(one, properties)),
			].join('\n');
		});
	});
	return [
		'# Parameters\n\nEvery parameter of every operation, as in the panel. Written by `npm run docs -- write` from the node itself; [Sign](sign.md) explains them.',
		...tables,
	].join('\n\n');
}
