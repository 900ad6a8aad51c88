import { Gate } from '../../nodes/SignStash/signing/Gate';

const busy = (reply: string): boolean => reply === 'busy';

/** Calls through a gate that end when told to. */
function calls(gate: Gate, count: number) {
	const under: Array<(reply: string) => void> = [];
	const all = Array.from({ length: count }, async () =>
		gate.pass(async () => await new Promise<string>((end) => under.push(end)), busy),
	);
	const settle = async () => await new Promise<void>((go) => setImmediate(go));
	return {
		under,
		all,
		async end(reply: string): Promise<void> {
			await settle();
			under.shift()?.(reply);
			await settle();
		},
	};
}

test('lets as many through as the user chose, half as many when busy, and more again when calm', async () => {
	const gate = new Gate(4);
	const { under, all, end } = calls(gate, 40);
	await end('calm');
	expect(under).toHaveLength(4);
	await end('busy');
	expect([gate.width, under.length]).toEqual([2, 3]);
	await end('busy');
	await end('busy');
	expect([gate.width, under.length]).toEqual([1, 1]);
	for (let answer = 0; answer < 8; answer++) await end('calm');
	expect([gate.width, under.length]).toEqual([2, 2]);
	for (let answer = 0; answer < 60; answer++) await end('calm');
	await Promise.all(all);
	expect(gate.width).toBe(4);
});

test('a call that throws gives its place up', async () => {
	const gate = new Gate(1);
	await expect(
		gate.pass(async () => await Promise.reject(new Error('gone')), busy),
	).rejects.toThrow();
	await expect(gate.pass(async () => 'calm', busy)).resolves.toBe('calm');
});
