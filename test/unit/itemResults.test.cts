import { NodeOperationError, type INode } from 'n8n-workflow';
import { Fault, Unsettled } from '../../nodes/SignStash/Fault';
import type { ItemContext } from '../../nodes/SignStash/operations/itemLoop';
import { ItemResults } from '../../nodes/SignStash/operations/sign/ItemResults';

const node: INode = {
	...{ id: '1', name: 'Sign', type: 'signStash', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};

const contextOf = (continues: boolean): ItemContext => ({
	continueOnFail: () => continues,
	getInputData: () => [],
	getNode: () => node,
});

const open = (externalReference: string): Fault =>
	new Unsettled('It is not known.', 'Recover it.', { externalReference });
const closed = new Fault('It was refused.', 'Fix it.', { externalReference: 'closed' });

/** What is thrown at the end, after these faults in this order. */
function thrownAfter(faults: Array<[item: number, fault: Fault]>, continues = false): unknown {
	const results = new ItemResults(contextOf(continues));
	for (const [order, [item, fault]] of faults.entries()) results.fail({ item, order }, fault);
	try {
		results.throwUnlessContinuing();
	} catch (error) {
		return error;
	}
	return undefined;
}

function wordsAfter(...faults: Array<[item: number, fault: Fault]>) {
	const error = thrownAfter(faults);
	if (!(error instanceof NodeOperationError)) throw new Error('it was not thrown');
	return [error.message, error.description];
}

describe('a run that ends at its first fault', () => {
	test('reports that fault, with its item', () => {
		expect(wordsAfter([3, closed], [1, new Fault('Another.', '')])).toEqual([
			'It was refused. [item 3]',
			'Fix it.',
		]);
	});

	test('names every other document whose outcome is unclear, in the order of the input', () => {
		expect(wordsAfter([5, closed], [7, open('C')], [2, open('A')], [2, open('B')])).toEqual([
			'It was refused. [item 5]',
			'Fix it. What became of these documents of the same run is not known either: A, B, C.',
		]);
	});

	test('names neither its own document twice nor documents whose outcome is known', () => {
		expect(wordsAfter([0, open('A')], [1, closed])).toEqual([
			'It is not known. [item 0]',
			'Recover it.',
		]);
		expect(wordsAfter([0, open('A')], [1, open('B')])[1]).toBe(
			'Recover it. What became of these documents of the same run is not known either: B.',
		);
	});

	test('keeps the failure cause for n8n', () => {
		const busy = new Fault('Busy.', '', {}, { cause: 'rate-limited' });
		expect(
			thrownAfter([
				[0, busy],
				[1, open('B')],
			]),
		).toMatchObject({
			failure: { cause: 'rate-limited' },
		});
	});
});

test('a run that continues on faults throws nothing', () => {
	expect(
		thrownAfter(
			[
				[0, open('A')],
				[1, closed],
			],
			true,
		),
	).toBeUndefined();
	expect(thrownAfter([])).toBeUndefined();
});

test('nothing new is started after a fault, unless the run continues', () => {
	for (const continues of [false, true]) {
		const results = new ItemResults(contextOf(continues));
		expect(() => results.endUnlessContinuing()).not.toThrow();
		results.fail({ item: 0, order: 0 }, closed);
		const ends = expect(() => results.endUnlessContinuing());
		if (continues) ends.not.toThrow();
		else ends.toThrow();
	}
});
