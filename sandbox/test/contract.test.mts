import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { CONTRACT, ERROR_CODES, routeOf } from '../contract.mts';
import { OCCASIONS, OPERATION_IDS } from '../Occasion.mts';
import { Validator } from '../Validator.mts';

describe('the contract', () => {
	it('has the documented error codes with their statuses', () => {
		assert.deepEqual(
			[...ERROR_CODES.values()].map(({ code, status }) => `${status} ${code}`),
			[
				'500 0.0.1',
				'500 0.0.2',
				'500 0.0.3',
				'500 0.0.4',
				'500 0.0.5',
				'500 0.0.6',
				'409 0.0.7',
				'409 0.0.10',
				'401 1.1.0',
				'401 1.1.1',
				'409 1.1.2',
				'409 1.1.3',
				'400 1.1.4',
				'403 1.2.0',
				'403 1.3.0',
			],
		);
	});

	it('has a path for every occasion, and no other paths', () => {
		const paths = OCCASIONS.map((on) => routeOf(OPERATION_IDS[on]).path);
		assert.deepEqual(paths.toSorted(), Object.keys(CONTRACT.paths ?? {}).toSorted());
	});
});

describe('the validator', () => {
	let validator: Validator;
	before(async () => {
		validator = await Validator.create(structuredClone(CONTRACT));
	});

	it('accepts an answer with more or fewer properties than are listed', () => {
		const body = { id: 1, status: 'EXECUTED', more: { than: 'known' } };
		assert.deepEqual(validator.violations('sign', 200, body), []);
	});

	it('finds what breaks the contract, in answers of every kind', () => {
		const document = { externalReference: 'R', signStatus: 'SINGED' };
		const broken = [
			['sign', 200, { id: 1, status: 'EXECUTED', documentList: [document] }],
			['status', 200, { id: '1', status: 'EXECUTED' }],
			['status', 200, { id: 1, status: 'EXECUTED', creationDate: 'yesterday' }],
			['lookup', 200, { id: 1 }],
			['token', 200, {}],
			['detail', 500, { errorCode: 2 }],
		] as const;
		for (const [on, status, body] of broken) {
			assert.notDeepEqual(validator.violations(on, status, body), [], `${on} ${status}`);
		}
	});
});
