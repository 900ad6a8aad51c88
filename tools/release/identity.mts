/**
 * Sets the package's owner: `npm run identity -- --name NAME --email ADDRESS --repository OWNER/NAME` replaces
 * the placeholders with these values. With `--check` it fails while a placeholder is left, so that the package
 * is not published without an owner.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const files = [
	'LICENSE',
	'package.json',
	'credentials/SignStashOAuth2Api.credentials.ts',
	'nodes/SignStash/SignStash.node.json',
];
const placeholders = {
	name: 'n8n-nodes-signstash contributors',
	email: 'maintainers@n8n-nodes-signstash.example',
	repository: 'n8n-nodes-signstash/n8n-nodes-signstash',
} as const;
const usage =
	'usage: npm run identity -- --name NAME --email ADDRESS --repository OWNER/NAME, or --check';

const { values } = parseArgs({
	options: {
		name: { type: 'string' },
		email: { type: 'string' },
		repository: { type: 'string' },
		check: { type: 'boolean', default: false },
	},
});

/** The files in which a placeholder is left. */
function unowned(): string[] {
	return files.filter((file) => {
		const text = readFileSync(file, 'utf8');
		return Object.values(placeholders).some((placeholder) => text.includes(placeholder));
	});
}

function own(name: string, email: string, repository: string): void {
	const given = { name, email, repository };
	for (const file of files) {
		let text = readFileSync(file, 'utf8');
		for (const part of ['name', 'email', 'repository'] as const)
			text = text.replaceAll(placeholders[part], given[part]);
		writeFileSync(file, text);
	}
}

const { name, email, repository } = values;
if (values.check) {
	const left = unowned();
	for (const file of left) console.error(`${file} still has a placeholder. ${usage}`);
	process.exitCode = left.length > 0 ? 1 : 0;
} else if (name && email?.includes('@') && repository && /^[\w.-]+\/[\w.-]+$/.test(repository)) {
	own(name, email, repository);
	console.log(`The owner is ${name}. Rebuild, and publish with a tag.`);
} else {
	console.error(usage);
	process.exitCode = 2;
}
