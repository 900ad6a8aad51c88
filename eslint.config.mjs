import { config } from '@n8n/node-cli/eslint';

export default [
	{ ignores: ['harness/n8n/**', '**/generated/**', 'test/**', '**/*.mts'] },
	...config,
];
