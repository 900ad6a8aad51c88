import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { arrows } from './tools/lint/rule.mts';

/**
 * Adds what n8n's stock file (eslint.config.mjs) leaves out: all code that is not published and, for all code, the
 * arrows between the rooms and the rules that need types. Comments cannot switch a rule off.
 */
export default tseslint.config(
	{
		ignores: [
			'dist/**',
			'.cache/**',
			'tools/{n8n,lint}/install/**',
			'nodes/SignStash/service/generated/**',
			'tools/demo/{output,home,files}/**',
		],
	},
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: { module: 'writable', exports: 'writable', require: 'readonly', Buffer: 'readonly' },
		},
	},
	{
		files: ['**/*.ts', '**/*.mts', '**/*.cts'],
		extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
		plugins: { house: { rules: { arrows } } },
		languageOptions: {
			parserOptions: {
				project: ['tsconfig.test.json', 'tsconfig.dev.json'],
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'house/arrows': 'error',
			eqeqeq: 'error',
			'max-lines': ['error', 300],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/prefer-includes': 'error',
			'@typescript-eslint/prefer-optional-chain': 'error',
			'@typescript-eslint/prefer-string-starts-ends-with': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// node:test itself waits for what test() returns.
			'@typescript-eslint/no-floating-promises': [
				'error',
				{
					allowForKnownSafeCalls: [
						{ from: 'package', package: 'node:test', name: ['test', 'describe', 'it'] },
					],
				},
			],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true },
			],
			// There are no enums and no interchangeable classes; these two rules take a quarter of the time.
			'@typescript-eslint/no-unsafe-enum-assignment': 'off',
			'@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
			// An early return may be written as one line, whatever it returns.
			'@typescript-eslint/no-confusing-void-expression': 'off',
			// A function may be async because its interface is.
			'@typescript-eslint/require-await': 'off',
			// The result of JSON.parse gets the type it is assigned to; a cast would say nothing more.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			// Methods are only taken from plain objects; a class has #fields, so it throws without `this`.
			'@typescript-eslint/unbound-method': 'off',
			// A parameter's value can be anything, and is deliberately converted to a string before it is checked.
			'@typescript-eslint/no-base-to-string': 'off',
		},
	},
);
