import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
	name: string;
	type: string;
	parameters: { content?: string; operation?: string; visiblePlaceholder?: string };
	alwaysOutputData?: boolean;
}

const folder = join(__dirname, '../../examples');
const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file): [file: string, steps: Step[]] => {
		const { nodes }: { nodes: Step[] } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		return [file, nodes];
	});

const noteOf = (steps: Step[]): string =>
	steps.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters.content ?? '';

describe.each(examples)('%s', (_, steps) => {
	test('has a note that says what to set, including the credential', () => {
		expect(noteOf(steps)).toMatch(/\bSet .*\bcredential\b|To add a company: a credential/);
	});

	test('has notes that name only existing steps', () => {
		const bold = [...noteOf(steps).matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name);
		const known = [...steps.map(({ name }) => name), ...elsewhere];
		expect(bold.filter((name) => !known.includes(name))).toEqual([]);
	});

	test('passes on an item when a step finds no file, so that Sign can say so', () => {
		const reading = steps.filter(
			({ type, parameters }) =>
				type === 'n8n-nodes-base.readWriteFile' && parameters.operation === 'read',
		);
		expect(reading.filter(({ alwaysOutputData }) => alwaysOutputData !== true)).toEqual([]);
	});

	test('has a note that names the word that must be in the PDF', () => {
		for (const { parameters } of steps)
			expect(noteOf(steps)).toContain(parameters.visiblePlaceholder ?? '');
	});
});

/** Names that notes set in bold although the example has no such step: steps to add, and the credential's type. */
const elsewhere = ['SELO', 'Sign', 'Send Email', 'Get Operation', 'SignStash OAuth2 API'];
