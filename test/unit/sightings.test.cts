import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import { operationOf } from '../../nodes/SignStash/service/readOperation';
import { documentIn, outcomeOf } from '../../nodes/SignStash/signing/sightings';

function read(value: object): Operation {
	const operation = operationOf({ json: JSON.stringify({ id: 7, ...value }), contents: [] });
	if (!operation) throw new Error('it does not read as an operation');
	return operation;
}

const withDocument = (status: string | undefined, document: object): Operation =>
	read({ status, documentList: [{ externalReference: 'R', ...document }] });

const states: Array<[status: string | undefined, document: object, outcome: string]> = [
	['EXECUTED', { signStatus: 'SIGNED' }, 'signed'],
	['PENDING_EXECUTION', { signStatus: 'SIGNED' }, 'signed'],
	[undefined, { signStatus: 'SIGNED' }, 'signed'],
	['EXECUTED', { signStatus: 'ERROR_SIGNING' }, 'failed'],
	['EXECUTED', { signStatus: 'ERROR_SIGNING', signError: 'toString' }, 'failed'],
	[
		'EXECUTED',
		{ signStatus: 'ERROR_SIGNING', signError: 'CONFIGURATION_SIGN_ERROR' },
		'failedForGood',
	],
	[
		'EXECUTED',
		{ signStatus: 'ERROR_SIGNING', signError: 'STORAGE_SERVICE_GLOBAL_ERROR' },
		'unclear',
	],
	['EXECUTION_ERROR', { signStatus: 'ERROR_SIGNING' }, 'pending'],
	['EXECUTION_ERROR', { signStatus: 'RECEIVED' }, 'pending'],
	['PENDING_EXECUTION', { signStatus: 'ERROR_SIGNING' }, 'pending'],
	['PENDING_EXECUTION', { signStatus: 'RECEIVED' }, 'pending'],
	['A_WORD_OF_TOMORROW', { signStatus: 'RECEIVED' }, 'pending'],
	[undefined, { signStatus: 'RECEIVED' }, 'pending'],
	['EXECUTION_FAILED', { signStatus: 'RECEIVED' }, 'failed'],
	['EXECUTION_FAILED', {}, 'failed'],
	['EXECUTION_FAILED', { signStatus: null }, 'failed'],
	['EXECUTION_FAILED', { signStatus: 'A_WORD_OF_TOMORROW' }, 'unclear'],
	['EXECUTED', { signStatus: 'RECEIVED' }, 'unclear'],
	['EXECUTED', {}, 'unclear'],
	['EXECUTED', { signStatus: 'A_WORD_OF_TOMORROW' }, 'unclear'],
];

test.each(states)(
	'in an operation that is %s, a document with %j is %s',
	(status, document, outcome) => {
		const operation = withDocument(status, document);
		expect(outcomeOf(operation, operation.documents[0])).toBe(outcome);
	},
);

test('a document with content and no status is signed', () => {
	const document: OperationDocument = { externalReference: 'R', content: Buffer.from('signed') };
	expect(outcomeOf(read({ status: 'EXECUTED' }), document)).toBe('signed');
});

test.each([
	['RECEIVED', 'unclear'],
	['ERROR_SIGNING', 'failed'],
])('a document with content is not signed when it is %s', (signStatus, outcome) => {
	const document = { externalReference: 'R', signStatus, content: Buffer.from('signed') };
	expect(outcomeOf(read({ status: 'EXECUTED' }), document)).toBe(outcome);
});

test('a document is absent when the operation shows only others, finished or not', () => {
	expect(outcomeOf(withDocument('PENDING_EXECUTION', {}), undefined)).toBe('absent');
});

test.each([
	['EXECUTED', 'absent'],
	['PENDING_EXECUTION', 'pending'],
])('in an operation without documents that is %s, a document is %s', (status, outcome) => {
	expect(outcomeOf(read({ status, documentList: [] }), undefined)).toBe(outcome);
});

const named = (...references: string[]): Operation =>
	read({ documentList: references.map((externalReference) => ({ externalReference })) });

test.each<[documents: string[], reference: string, document: string | undefined]>([
	[['b', 'A'], 'A', 'A'],
	[['ft_1'], 'FT_1', 'ft_1'],
	[['x', ' FT%201'], 'ft 1', ' FT%201'],
	[['other'], 'R', undefined],
	[['', 'other'], 'R', ''],
	[['FT', 'other'], 'FT_1', 'FT'],
	[['FT', ''], 'FT_1', undefined],
	[['', 'FT_1'], 'FT_1', 'FT_1'],
	[['FT_12'], 'FT_1', undefined],
])('among %j, the document of %s is %s', (documents, reference, document) => {
	expect(documentIn(named(...documents), reference)?.externalReference).toBe(document);
});

/** Two tries of one document in one operation, each with its own state, in any order. */
test.each<[tries: object[], best: string]>([
	[[{ signStatus: 'ERROR_SIGNING' }, { signStatus: 'SIGNED' }], 'signed'],
	[[{ signStatus: 'SIGNED' }, { signStatus: 'ERROR_SIGNING' }], 'signed'],
	[[{ signStatus: 'ERROR_SIGNING' }, { signStatus: 'A_WORD_OF_TOMORROW' }], 'unclear'],
	[
		[
			{ signStatus: 'ERROR_SIGNING' },
			{ signStatus: 'ERROR_SIGNING', signError: 'CONFIGURATION_SIGN_ERROR' },
		],
		'failedForGood',
	],
	[[{ signStatus: 'A_WORD_OF_TOMORROW' }, { signStatus: 'SIGNED' }], 'signed'],
	[
		[
			{ signStatus: 'ERROR_SIGNING', signError: 'CONFIGURATION_SIGN_ERROR' },
			{ signStatus: 'SIGNED' },
		],
		'signed',
	],
])('among the tries %j, the best counts: %s', (tries, best) => {
	const documentList = tries.map((one) => ({ externalReference: 'R', ...one }));
	const operation = read({ status: 'EXECUTED', documentList });
	expect(outcomeOf(operation, documentIn(operation, 'R'))).toBe(best);
});

test('among tries of an operation that is not finished, a signature counts rather than what may still come', () => {
	const tries = [{ signStatus: 'RECEIVED' }, { signStatus: 'SIGNED' }];
	const documentList = tries.map((one) => ({ externalReference: 'R', ...one }));
	const operation = read({ status: 'PENDING_EXECUTION', documentList });
	expect(outcomeOf(operation, documentIn(operation, 'R'))).toBe('signed');
});
