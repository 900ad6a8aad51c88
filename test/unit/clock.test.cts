import { clock, sleepUntilStop } from '../../nodes/SignStash/operations/clock';

test("the clock keeps going forward when the machine's clock is set back", () => {
	const before = clock.now();
	const set = jest.spyOn(Date, 'now').mockReturnValue(0);
	expect(clock.now()).toBeGreaterThanOrEqual(before);
	expect(clock.now()).toBeLessThan(before + 3_600_000);
	set.mockRestore();
});

describe('a pause', () => {
	const { sleep } = clock;
	/** Ends the pause that the clock makes. */
	let wake: () => void = () => undefined;
	let slept: number[] = [];
	let listeners: Array<() => void> = [];
	const onStop = (listener: () => void) => {
		listeners.push(listener);
		return () => {
			listeners = listeners.filter((one) => one !== listener);
		};
	};
	const isRunning = () => false;

	beforeEach(() => {
		slept = [];
		listeners = [];
		clock.sleep = async (milliseconds) => {
			slept.push(milliseconds);
			await new Promise<void>((go) => (wake = go));
		};
	});
	afterAll(() => {
		clock.sleep = sleep;
	});

	test('ends when its time is over, and stops listening', async () => {
		const pause = sleepUntilStop(onStop, isRunning, 3000);
		expect([slept, listeners.length]).toEqual([[3000], 1]);
		wake();
		await pause;
		expect(listeners).toEqual([]);
	});

	test('ends immediately when the execution is stopped, however long it was meant to last', async () => {
		const pause = sleepUntilStop(onStop, isRunning, 3_600_000);
		for (const listener of listeners) listener();
		await pause;
		expect(slept).toEqual([3_600_000]);
	});

	test('does not begin when the execution has already been stopped', async () => {
		await sleepUntilStop(onStop, () => true, 3000);
		expect([slept, listeners]).toEqual([[], []]);
	});
});
