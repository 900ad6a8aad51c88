import { clock, sleepUnless } from '../../nodes/SignStash/operations/clock';

test('the clock goes on when someone sets that of the machine back', () => {
	const before = clock.now();
	const set = jest.spyOn(Date, 'now').mockReturnValue(0);
	expect(clock.now()).toBeGreaterThanOrEqual(before);
	expect(clock.now()).toBeLessThan(before + 3_600_000);
	set.mockRestore();
});

test('a pause ends soon after the execution was stopped, however long it was to be', async () => {
	const { sleep } = clock;
	const slept: number[] = [];
	clock.sleep = async (milliseconds) => {
		slept.push(milliseconds);
	};
	await sleepUnless(() => slept.length === 2, 3_600_000);
	clock.sleep = sleep;
	expect(slept).toEqual([500, 500]);
});
