/** Something that `npm run docs` can do. */
interface Verb {
	/** What it does, for the help text. */
	does: string;
	/** Node's arguments. */
	args: string[];
	env?: Record<string, string>;
}

/** Everything that `npm run docs` can do, by the word that follows it. */
export const verbs: Readonly<Record<string, Verb>> = {
	write: {
		does: 'writes the pages that come from the node itself (after npm run build)',
		args: ['tools/docs/pages.mts'],
	},
	check: {
		does: 'finds stale pages, dead links, and commands that no longer exist (after npm run build)',
		args: ['tools/docs/pages.mts', '--check'],
	},
	pictures: {
		does: 'takes the pictures of the editor in docs/images, in a real n8n and a browser',
		args: ['--test', 'test/e2e/editor.test.mts'],
		env: { SIGNSTASH_PICTURES: 'docs/images' },
	},
	worlds: {
		does: 'writes docs/worlds.md from contract/worlds.yaml',
		args: ['tools/contract/worlds.mts'],
	},
	matrix: {
		does: 'plays every fault at every moment, and puts the results into docs/internals/checks.md',
		args: ['tools/docs/report.mts', 'matrix'],
	},
	scaling: {
		does: 'plays many workers against a limited service, and puts the table into docs/scaling.md',
		args: ['tools/docs/report.mts', 'scaling'],
	},
};
