import { Numbering } from './Numbering.cts';
import type { Op, Request } from './Service.cts';
import type { Client, System } from './states.cts';

const document = { reference: 'A', content: 'A' };
const request: Request = { run: 0, mark: 'A', documents: [document] };
const op: Op = { run: 0, mark: 'A', documents: [{ ...document, held: 'waiting' }] };
const client: Client = { run: 0, plan: 0, courses: [] };

const system = (changes: Partial<System> = {}): System => ({
	ops: [op],
	wire: [request],
	clients: [client],
	memories: {},
	started: 1,
	faults: 1,
	crashes: 1,
	...changes,
});

const others: Array<[what: string, system: System]> = [
	['an extra operation', system({ ops: [op, op] })],
	['a document signed', system({ ops: [{ ...op, documents: [{ ...document, held: 'signed' }] }] })],
	['nothing on the wire', system({ wire: [] })],
	['the wire and the operations swapped', system({ ops: [], wire: [request, request] })],
	['another client', system({ clients: [{ ...client, run: 1 }] })],
	['an extra client', system({ clients: [client, client] })],
	['no client', system({ clients: [] })],
	[
		'an execution with a memory',
		system({ memories: { 0: { since: 0, own: [], open: ['A'], answered: [], doubted: [] } } }),
	],
	['another run started', system({ started: 2 })],
	['a fault spent', system({ faults: 0 })],
	['a crash spent', system({ crashes: 0 })],
];

test('equal states have the same key, however they were made', () => {
	const numbering = new Numbering();
	const key = numbering.keyOf(system());
	expect(numbering.keyOf(system())).toBe(key);
	expect(numbering.keyOf(structuredClone(system()))).toBe(key);
});

test.each(others)('a different state has another key: %s', (_, other) => {
	const numbering = new Numbering();
	const keys = [system(), ...others.map(([, one]) => one)].map((one) => numbering.keyOf(one));
	expect(keys.filter((key) => key === numbering.keyOf(other))).toHaveLength(1);
});

test('a part that has a number cannot be changed', () => {
	const ops = [{ ...op }];
	new Numbering().keyOf(system({ ops }));
	expect(() => ops.push(op)).toThrow(TypeError);
});
