/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.cts'],
	transform: {
		'^.+\\.[cm]?ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/harness/n8n', '<rootDir>/.cache'],
	testTimeout: 60000,
};
