import { lookUp } from '../../nodes/SignStash/signing/reading';
import { nothing, refusal, ScriptedPorts, type Script } from '../support/ScriptedPorts.cts';

test.each<[what: string, find: Script['find'], found: object]>([
	['the words of the control', [nothing('a'), nothing('a')], { is: 'nothing' }],
	[
		'words that differ from those for the control',
		[nothing('a'), nothing('b')],
		{ is: 'unreadable', status: 200, why: 'the look-up was answered in a way of its own' },
	],
	['words, while the control is refused', [nothing('a'), refusal('token')], refusal('token')],
])('the result of a look-up that is answered with %s', async (_, find, found) => {
	expect(await lookUp(new ScriptedPorts({ find }), 'R', true)).toEqual(found);
});
