import { lookUp, readPatiently } from '../../nodes/SignStash/signing/reading';
import {
	found,
	nothing,
	operation,
	refusal,
	ScriptedPorts,
	type Script,
} from '../support/ScriptedPorts.cts';

test.each<[what: string, find: Script['find'], found: object]>([
	['the words of the control', [nothing('a'), nothing('a')], { is: 'nothing' }],
	[
		'words that differ from those for the control',
		[nothing('a'), nothing('b')],
		{ is: 'unreadable', status: 200, why: 'the look-up was answered in a way of its own' },
	],
	['words, while the control is refused', [nothing('a'), refusal('token')], refusal('token')],
])('the result of a look-up that is answered with %s', async (_, find, shown) => {
	expect(await lookUp(new ScriptedPorts({ find }), 'R', true)).toEqual(shown);
});

test('a look-up picks the document of its reference', async () => {
	const ports = new ScriptedPorts({ find: [found('7')] });
	await lookUp(ports, 'R', true);
	const [other, own] = ['S', 'R'].map((externalReference) => ({ externalReference }));
	expect(ports.picks[0]?.(operation([other ?? {}, own ?? {}]))).toMatchObject([own]);
});

test('a look-up that is stopped ends, although it has found an operation', async () => {
	const ports = new ScriptedPorts({ find: [found('7')] });
	expect(await lookUp(ports, 'R', true)).toEqual({ is: 'stopped' });
});

test.each([{ is: 'noToken', why: 'invalid_client' } as const, { is: 'stopped' } as const])(
	'reading is not repeated after %j',
	async (reply) => {
		const ports = new ScriptedPorts({});
		expect(await readPatiently(ports, async () => await Promise.resolve(reply))).toEqual(reply);
		expect(ports.slept).toEqual([]);
	},
);
