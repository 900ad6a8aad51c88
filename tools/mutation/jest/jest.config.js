const { transform, testEnvironment } = require('../../../jest.config.js');

/**
 * The tests that mutants of the pure rooms have to pass: those that need no engine and no sandbox, and of the
 * walk and of the simulation as much as can be run a thousand times. Their chance is fixed, so that a score is one.
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '../../..',
	testEnvironment,
	transform,
	testMatch: ['<rootDir>/test/unit/**/*.test.cts', '<rootDir>/tools/mutation/jest/*.promises.cts'],
	testPathIgnorePatterns: ['panel.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/n8n/install', '<rootDir>/.cache'],
	setupFiles: ['<rootDir>/tools/mutation/jest/fixedChance.cts'],
	testTimeout: 60000,
};
