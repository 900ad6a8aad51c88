import { getHeapStatistics } from 'node:v8';
import { Pressure } from '../../nodes/SignStash/bytes/Pressure';

/** Bytes outside of V8's heap while a call is under way. */
const external = async (): Promise<number> => getHeapStatistics().external_memory;

test('one call in a thousand presses V8 to collect, and no longer than it takes', async () => {
	const pressure = new Pressure();
	const during: number[] = [];
	for (let call = 0; call < 2001; call++) during.push(await pressure.during(external));
	const pressed = during.flatMap((bytes, call) => (bytes > 130_000_000 ? [call] : []));
	expect(pressed).toEqual([999, 1999]);
});

test('a call that fails fails, and presses no longer', async () => {
	const pressure = new Pressure();
	const failing = async (): Promise<never> => await Promise.reject(new Error('no answer'));
	for (let call = 0; call < 1000; call++)
		await expect(pressure.during(failing)).rejects.toThrow('no answer');
	expect(await external()).toBeLessThan(130_000_000);
});

test('where there is no room for it, a call is made all the same', async () => {
	const pressure = new Pressure();
	for (let call = 0; call < 999; call++) await pressure.during(external);
	const made = jest.spyOn(globalThis, 'ArrayBuffer').mockImplementation(() => {
		throw new RangeError('no room');
	});
	expect(await pressure.during(external)).toBeLessThan(130_000_000);
	expect(made).toHaveBeenCalledTimes(1);
	made.mockRestore();
});
