import { Pressure } from '../../nodes/SignStash/bytes/Pressure';

const { ArrayBuffer: original } = globalThis;
let blocks: ArrayBuffer[];
let room: boolean;
beforeEach(() => {
	blocks = [];
	room = true;
	jest.spyOn(globalThis, 'ArrayBuffer').mockImplementation((bytes) => {
		if (!room) throw new RangeError('no room');
		const block = new original(bytes);
		blocks.push(block);
		return block;
	});
});
afterEach(() => jest.restoreAllMocks());

/** Bytes that are held while a call is under way. */
const held = async (): Promise<number> =>
	await Promise.resolve(blocks.reduce((sum, { byteLength }) => sum + byteLength, 0));

test('one call in a thousand presses V8 to collect, and no longer than it takes', async () => {
	const pressure = new Pressure();
	const during: number[] = [];
	for (let call = 0; call < 2001; call++) during.push(await pressure.during(held));
	const pressed = during.flatMap((bytes, call) => (bytes === 130_000_000 ? [call] : []));
	expect(pressed).toEqual([999, 1999]);
	expect(await held()).toBe(0);
});

test('a call that fails fails, and presses no longer', async () => {
	const pressure = new Pressure();
	const failing = async (): Promise<never> => await Promise.reject(new Error('no answer'));
	for (let call = 0; call < 1000; call++)
		await expect(pressure.during(failing)).rejects.toThrow('no answer');
	expect(blocks).toHaveLength(1);
	expect(await held()).toBe(0);
});

test('where there is no room for it, a call is made all the same', async () => {
	room = false;
	const pressure = new Pressure();
	for (let call = 0; call < 1000; call++) expect(await pressure.during(held)).toBe(0);
});
