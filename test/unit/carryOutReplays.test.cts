import { requestReference } from '../../nodes/SignStash/signing/evidence';
import { answer, found, operation } from '../support/ScriptedPorts.cts';
import {
	duplicate,
	faultIn,
	fileOf,
	isOurs,
	jobOf,
	play,
	signedBytes,
} from '../support/playRequest.cts';

const earlier = answer(operation([{ content: signedBytes }], { ...isOurs, createdAt: -3_600_000 }));

describe('when a service replays the earlier operation', () => {
	const other = answer(
		operation([{ content: signedBytes }], { requestReferences: ['R.n8n-0123456789abcdef'] }),
	);

	test("nothing is returned whose mark is another's", async () => {
		const played = await play({ sign: [other] });
		expect(faultIn(played).message).toContain("is not 'a.pdf' as it is now");
	});

	test('what is ours is returned as recovered, judging by its date', async () => {
		const played = await play({ sign: [earlier] });
		expect(fileOf(played).recovered).toBe(true);
	});

	test('the document does not count as signed now when only a date points to it', async () => {
		const bare = answer(operation([{ content: signedBytes }], { createdAt: -3_600_000 }));
		const played = await play({ sign: [bare], detail: [bare] });
		expect(faultIn(played).message).toContain("does not show whether its document is 'a.pdf'");
	});

	test('names alone do not make the operation of another request ours', async () => {
		const names = ['a.pdf', 'b.pdf'];
		const jobs = (...references: string[]) =>
			references.map((reference, index) =>
				jobOf({ reference, derived: true, name: names[index] ?? '' }),
			);
		const bare = answer(
			operation(
				names.map((name) => ({ externalReference: '', name, content: signedBytes })),
				{ requestReferences: [requestReference('R', jobs('R', 'T'))] },
			),
		);
		const played = await play({ sign: [bare], detail: [bare] }, jobs('S', 'T'));
		for (const index of names.keys())
			expect(faultIn(played, index).message).toContain('does not show whether its document is');
	});
});

describe('contents', () => {
	const jobs = ['R', 'S'].map((reference) =>
		jobOf({
			reference,
			derived: true,
			shows: async (signed) => (signed.toString() === reference ? 'mine' : "another's"),
		}),
	);
	const both = (first: string, second: string) =>
		answer(
			operation([
				{ externalReference: 'R', content: Buffer.from(first) },
				{ externalReference: 'S', content: Buffer.from(second) },
			]),
		);

	test('that were swapped are fetched once, in case only the answer mixed them up', async () => {
		const played = await play({ sign: [both('S', 'R')], detail: [both('R', 'S')] }, jobs);
		expect(played.ports.calls).toEqual(['sign R S', 'detail 7 true']);
		expect([fileOf(played).content, fileOf(played, 1).content].map(String)).toEqual(['R', 'S']);
	});

	test('that stay swapped are not returned', async () => {
		const played = await play({ sign: [both('S', 'R')], detail: [both('S', 'R')] }, jobs);
		for (const index of [0, 1]) {
			expect(faultIn(played, index).message).toContain("What came back as 'a.pdf' is another");
			expect(faultIn(played, index).remedy).toContain('do not sign it again');
		}
	});

	test('that nobody asked for are fetched as evidence when there is no other', async () => {
		const job = jobOf({ wantContent: false, shows: async () => 'mine' });
		const bare = answer(operation([{}]));
		const full = answer(operation([{ content: signedBytes }]));
		const script = { sign: [duplicate], find: [found('7')], detail: [bare, full] };
		const played = await play(script, [job]);
		expect(played.ports.calls.slice(2)).toEqual(['detail 7 false', 'detail 7 true']);
		expect(fileOf(played)).toMatchObject({ content: undefined, recovered: true });
	});
});
