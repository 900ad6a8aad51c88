const { transform } = require('../../../jest.config.js');

/**
 * The tests that run against mutants of the pure rooms: those that need no engine and no sandbox, and as much of
 * the walk and the simulation as can be run a thousand times. Their random seed is fixed, so that a score can be
 * repeated.
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '../../..',
	testEnvironment: require.resolve('./FirstFailure.mts'),
	testSequencer: require.resolve('./LikeliestFirst.mts'),
	transform,
	testMatch: ['<rootDir>/test/unit/**/*.test.cts', '<rootDir>/tools/mutation/jest/*.promises.cts'],
	testPathIgnorePatterns: ['panel.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/n8n/install', '<rootDir>/.cache'],
	setupFiles: ['<rootDir>/tools/mutation/jest/fixedChance.cts'],
	testTimeout: 60000,
};
