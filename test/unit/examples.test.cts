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
	test('has a note that says what to set: the credential too', () => {
		expect(noteOf(steps)).toMatch(/\bSet .*\bcredential\b|To add a company: a credential/);
	});

	test('a note names only steps that there are', () => {
		const bold = [...noteOf(steps).matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name);
		const known = [...steps.map(({ name }) => name), ...elsewhere];
		expect(bold.filter((name) => !known.includes(name))).toEqual([]);
	});

	test('a step that finds no file hands on an item, so that Sign can say so', () => {
		const reading = steps.filter(
			({ type, parameters }) =>
				type === 'n8n-nodes-base.readWriteFile' && parameters.operation === 'read',
		);
		expect(reading.filter(({ alwaysOutputData }) => alwaysOutputData !== true)).toEqual([]);
	});

	test('a note tells the word that has to be in the PDF', () => {
		for (const { parameters } of steps)
			expect(noteOf(steps)).toContain(parameters.visiblePlaceholder ?? '');
	});
});

/** What notes name in bold, and what is no step of the example: steps to add, and the credential's type. */
const elsewhere = ['SELO', 'Sign', 'Send Email', 'Get Operation', 'SignStash OAuth2 API'];
