/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	runtime: '<rootDir>/test/support/PlainRuntime.mts',
	testMatch: ['<rootDir>/test/**/*.test.cts'],
	transform: {
		'^.+\\.[cm]?ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/.*/install', '<rootDir>/.cache'],
	// The tests mostly wait for their own sandboxes, so Jest's default would leave one of two cores idle.
	maxWorkers: '100%',
	testTimeout: 60000,
};
