import type { Operation } from '../../nodes/SignStash/service/Operation';
import { Execution, executionOf, type Made } from '../../nodes/SignStash/signing/Execution';

const began = Date.parse('2025-03-01T10:00:00Z');

const after = (milliseconds: number): Pick<Operation, 'id' | 'createdAt' | 'zoneGiven'> => ({
	id: '7',
	createdAt: began + milliseconds,
	zoneGiven: true,
});

/** The clocks of a gateway, which dates answers, and of the service, which dates operations, may differ by this much. */
const unnoticed = 60_000;
/** A date without a zone may be Lisbon time or UTC, an hour apart in summer; with a small margin. */
const zoneDoubt = 4_000_000;

describe('when an operation was made', () => {
	test.each<[milliseconds: number, made: Made]>([
		[-3_600_000, 'before'],
		[-unnoticed - 1, 'before'],
		[-unnoticed, undefined],
		[-1, undefined],
		[0, 'now'],
		[3_600_000, 'now'],
	])('%i ms after the execution began: %s', (milliseconds, made) => {
		expect(new Execution('1', began).madeWhen(after(milliseconds))).toBe(made);
	});

	test("'own' when it answered a request of the execution, whatever its date", () => {
		const execution = new Execution('1', began);
		execution.made('7');
		for (const one of [after(-3_600_000), { ...after(0), createdAt: undefined }])
			expect(execution.madeWhen(one)).toBe('own');
		expect(execution.madeWhen({ ...after(-3_600_000), id: '8' })).toBe('before');
	});

	test('unknown without a date', () => {
		expect(new Execution('1', began).madeWhen({ id: '7' })).toBeUndefined();
	});

	test.each<[milliseconds: number, made: Made]>([
		[-zoneDoubt - unnoticed - 1, 'before'],
		[-zoneDoubt - unnoticed, undefined],
		[-3_600_000, undefined],
		[3_600_000, undefined],
		[zoneDoubt - 1, undefined],
		[zoneDoubt, 'now'],
	])('%i ms after the execution began, by a date without a zone: %s', (milliseconds, made) => {
		const shown = { ...after(milliseconds), zoneGiven: false };
		expect(new Execution('1', began).madeWhen(shown)).toBe(made);
	});

	test.each<[ahead: number, milliseconds: number, made: Made]>([
		[600_000, 600_000 + unnoticed, 'now'],
		[600_000, 600_000 + unnoticed - 1, undefined],
		[600_000, 600_000 - unnoticed, undefined],
		[600_000, 600_000 - unnoticed - 1, 'before'],
		[600_000, 1000, 'before'],
		[-600_000, -600_000 + unnoticed, 'now'],
		[-600_000, -600_000 - unnoticed - 1, 'before'],
		[-600_000, -300_000, 'now'],
		[unnoticed, 2 * unnoticed, 'now'],
		[unnoticed, 0, undefined],
		[-unnoticed, -1000, undefined],
		[unnoticed + 1, 0, 'before'],
		[NaN, 0, 'now'],
	])('by a clock that is %i ms ahead, %i ms after the execution began: %s', (ahead, ms, made) => {
		const execution = new Execution('1', began);
		execution.hearTime(began + ahead, began);
		expect(execution.madeWhen(after(ms))).toBe(made);
	});

	test('the last answer sets the clock difference, and one without a date is ignored', () => {
		const execution = new Execution('1', began);
		execution.hearTime(began + 90_000, began);
		execution.hearTime(NaN, began);
		expect(execution.madeWhen(after(0))).toBe('before');
		execution.hearTime(began - 90_000, began);
		expect(execution.madeWhen(after(0))).toBe('now');
	});
});

describe('an execution', () => {
	test('has not used a reference before it is sent', () => {
		const execution = new Execution('1', began);
		expect([execution.hasUsed('R'), execution.hasLost('R')]).toEqual([false, false]);
	});

	test('has used a reference that was answered, and has not lost it', () => {
		const execution = new Execution('1', began);
		execution.used('R');
		expect([execution.hasUsed('R'), execution.hasLost('R')]).toEqual([true, false]);
		expect(execution.hasUsed('S')).toBe(false);
	});

	test.each([
		['before an answer', ['lost', 'used']],
		['after an answer', ['used', 'lost']],
	] as const)('keeps a reference as lost that was lost %s', (_, order) => {
		const execution = new Execution('1', began);
		for (const call of order) execution[call]('R');
		expect([execution.hasUsed('R'), execution.hasLost('R')]).toEqual([true, true]);
	});

	test('doubts a reference whose request was perhaps turned away, and nothing else', () => {
		const execution = new Execution('1', began);
		execution.doubted('R');
		expect([execution.hasDoubted('R'), execution.hasUsed('R'), execution.hasLost('R')]).toEqual([
			true,
			false,
			false,
		]);
	});

	test.each(['used', 'lost'] as const)(
		'counts a doubted reference as %s once it is, before or after the doubt',
		(call) => {
			const execution = new Execution('1', began);
			execution.doubted('R');
			execution[call]('R');
			execution.doubted('R');
			expect([execution.hasDoubted('R'), execution.hasUsed('R')]).toEqual([false, true]);
		},
	);

	test('remembers how long its slowest request took', () => {
		const execution = new Execution('1', began);
		for (const milliseconds of [10, 70, 30]) execution.took(milliseconds);
		expect(execution.slowest).toBe(70);
	});
});

describe('a retry', () => {
	test('finds the execution of its first try, with its start time', () => {
		const first = executionOf('retried', began);
		const second = executionOf('retried', began + 3_600_000);
		expect(second).toBe(first);
		expect(second.madeWhen(after(0))).toBe('now');
		expect(executionOf('another', began)).not.toBe(first);
	});

	test('finds its execution among the last two hundred used', () => {
		const [first, second] = [executionOf('first', 0), executionOf('second', 0)];
		for (let number = 0; number < 198; number++) executionOf(`other ${number}`, 0);
		expect(executionOf('first', 0)).toBe(first);
		executionOf('one more', 0);
		expect(executionOf('first', 0)).toBe(first);
		expect(executionOf('second', 0)).not.toBe(second);
	});

	test('finds its own execution whatever its size, but not one that was dropped to make room for others', () => {
		const large = executionOf('large', 0);
		for (let number = 0; number < 150_000; number++) large.made(String(number));
		expect(executionOf('beside it', 0)).toBeDefined();
		expect(executionOf('large', 0)).toBe(large);
		for (let number = 0; number < 60_000; number++) large.lost(`R${number}`);
		expect(executionOf('large', 0)).toBe(large);
		expect(executionOf('large', 0)).toBe(large);
		const other = executionOf('other', 0);
		expect(executionOf('large', 0)).not.toBe(large);
		expect(executionOf('other', 0)).toBe(other);
	});

	test('finds its execution when dropping an older one has made enough room', () => {
		const [large, later] = [executionOf('older', 0), executionOf('later', 0)];
		for (let number = 0; number < 210_000; number++) large.made(String(number));
		executionOf('newest', 0);
		expect(executionOf('later', 0)).toBe(later);
		expect(executionOf('older', 0)).not.toBe(large);
	});
});
