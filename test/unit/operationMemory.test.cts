import fc from 'fast-check';
import { blockOf } from '../../nodes/SignStash/bytes/blocks';
import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import type { Reply } from '../../nodes/SignStash/service/Reply';
import { OperationMemory, remembering } from '../../nodes/SignStash/signing/OperationMemory';
import type { Picked } from '../../nodes/SignStash/signing/Ports';
import { fileOf, jobOf, play } from '../support/playRequest.cts';
import { answer, lost, operation, ScriptedPorts } from '../support/ScriptedPorts.cts';

const least = 64 * 1024;

/** An operation whose documents `0`, `1` … are signed, with contents of the given lengths. */
function signedOnes(sizes: number[], more: Partial<Operation> = {}): Operation {
	const documents = sizes.map((size, index) => ({
		externalReference: String(index),
		content: blockOf(size).fill(index),
	}));
	return operation(documents, more);
}

const pick =
	(...references: string[]): Picked =>
	({ documents }) =>
		references.map((reference) =>
			documents.find(({ externalReference }) => externalReference === reference),
		);

const bodyOf = (reply: Reply<Operation>): Operation => {
	if (reply.is !== 'answer') throw new Error('it is no answer');
	return reply.body;
};

const contentIn = ({ documents }: Operation, index: number) => documents[index]?.content;

/** A service with a memory, which answers with the given operations. */
function serviceWith(...replies: Array<Reply<Operation>>) {
	const ports = new ScriptedPorts({ detail: [...replies] });
	return { service: remembering(ports.service, new OperationMemory()), calls: ports.calls };
}

/** The references of the documents that an operation shows with content. */
const withContent = ({ documents }: Operation): string[] =>
	documents.flatMap((one) => (one.content ? [one.externalReference] : []));

test('a finished operation is read once, and each document takes its own content', async () => {
	const { service, calls } = serviceWith(answer(signedOnes([least, least, least])));
	for (const index of [0, 1, 2]) {
		const shown = bodyOf(await service.detail('7', true, pick(String(index))));
		expect(withContent(shown)).toEqual([String(index)]);
		expect(contentIn(shown, index)?.every((byte) => byte === index)).toBe(true);
	}
	expect(bodyOf(await service.detail('7', false, pick('1'))).documents).toHaveLength(3);
	expect(calls).toEqual(['detail 7 true']);
});

test('documents that ask at the same time wait for one reading', async () => {
	const { service, calls } = serviceWith(answer(signedOnes([9, 9, 9, 9])));
	const replies = await Promise.all(
		[0, 1, 2, 3].map(async (index) => await service.detail('7', true, pick(String(index)))),
	);
	expect(replies.map((reply) => withContent(bodyOf(reply)))).toEqual([['0'], ['1'], ['2'], ['3']]);
	expect(calls).toHaveLength(1);
});

describe('it is read again', () => {
	const again = async (first: Reply<Operation>, asked: string[], content: boolean) => {
		const { service, calls } = serviceWith(first, answer(signedOnes([9, 9])));
		await service.detail('7', true, pick('0'));
		await service.detail('7', content, pick(...asked));
		return calls.length;
	};
	const one = (more: Partial<OperationDocument>) => ({ externalReference: '1', ...more });
	const twoOf = (second: Partial<OperationDocument>, more: Partial<Operation> = {}) =>
		answer(operation([{ externalReference: '0', content: Buffer.from('0') }, one(second)], more));

	test.each<
		[name: string, reads: number, first: Reply<Operation>, asked: string[], content: boolean]
	>([
		[
			'while it is not finished',
			2,
			answer(signedOnes([9, 9], { status: 'PENDING_EXECUTION' })),
			['1'],
			true,
		],
		['when it could not be read', 2, lost(), ['1'], true],
		['for a content that was already taken', 2, answer(signedOnes([9, 9])), ['0'], true],
		[
			'for several documents, one of which was already taken',
			2,
			answer(signedOnes([9, 9])),
			['0', '1'],
			true,
		],
		['for a document that it did not show', 2, answer(signedOnes([9, 9])), ['2'], true],
		['for such a document, when no content is wanted', 2, answer(signedOnes([9, 9])), ['2'], false],
		['for a content that was missing', 2, twoOf({}), ['1'], true],
		['when it has only one document', 2, answer(signedOnes([9])), ['0'], false],
		['but not for a document that failed', 1, twoOf({ signStatus: 'ERROR_SIGNING' }), ['1'], true],
		[
			'but not for a document that failed for good',
			1,
			twoOf({ signStatus: 'ERROR_SIGNING', signError: 'CONFIGURATION_SIGN_ERROR' }),
			['1'],
			true,
		],
		['but not for facts alone', 1, answer(signedOnes([9, 9])), ['0'], false],
	])('%s: %i in all', async (_, reads, first, asked, content) => {
		expect(await again(first, asked, content)).toBe(reads);
	});

	test('when the shared reading has failed', async () => {
		const { service, calls } = serviceWith(lost(), answer(signedOnes([9, 9])));
		const replies = [0, 1].map(async () => await service.detail('7', true, pick('0')));
		expect((await Promise.all(replies)).map(({ is }) => is)).toEqual(['broken', 'answer']);
		expect(calls).toHaveLength(2);
	});
});

test('a call that picks no document is passed through', async () => {
	const whole = signedOnes([9, 9]);
	const { service, calls } = serviceWith(answer(whole), answer(whole));
	expect(bodyOf(await service.detail('7', true))).toBe(whole);
	expect(bodyOf(await service.detail('7', false))).toBe(whole);
	expect(calls).toEqual(['detail 7 true', 'detail 7 false']);
});

describe('the memory', () => {
	const third = 25_000_000;
	const lengths = ({ documents }: Operation) => documents.map(({ content }) => content?.length);

	test('of contents that nobody can ask for is released', async () => {
		const pending = signedOnes([least, least], { status: 'PENDING_EXECUTION' });
		const { service } = serviceWith(answer(pending));
		await service.detail('7', true, pick('0'));
		expect(lengths(pending)).toEqual([least, 0]);
	});

	test("keeps at most 64 MB of contents: the latest operation's, and within one operation the first ones", async () => {
		const [old, young] = [
			signedOnes([9, third]),
			signedOnes([9, third, third, third], { id: '8' }),
		];
		const { service, calls } = serviceWith(answer(old), answer(young), answer(signedOnes([9, 9])));
		await service.detail('7', true, pick('0'));
		expect(lengths(old)).toEqual([9, third]);
		await service.detail('8', true, pick('0'));
		expect(lengths(old)).toEqual([9, 0]);
		expect(lengths(young)).toEqual([9, third, third, 0]);
		await service.detail('8', true, pick('1', '2'));
		expect(calls).toHaveLength(2);
		await service.detail('7', true, pick('1'));
		expect(calls).toHaveLength(3);
	});

	test('keeps what was read for several operations while there is room', async () => {
		const { service, calls } = serviceWith(
			answer(signedOnes([9, least])),
			answer(signedOnes([9, least], { id: '8' })),
		);
		for (const id of ['7', '8']) await service.detail(id, true, pick('0'));
		const shown = bodyOf(await service.detail('7', true, pick('1')));
		expect(contentIn(shown, 1)).toHaveLength(least);
		expect(calls).toEqual(['detail 7 true', 'detail 8 true']);
	});

	test('has room again after contents were taken, and keeps no content twice', async () => {
		const [first, second] = [
			signedOnes([9, third, third, third]),
			signedOnes([9, third, third, third]),
		];
		const { service, calls } = serviceWith(answer(first), answer(second));
		await service.detail('7', true, pick('0'));
		await service.detail('7', true, pick('1'));
		expect(calls).toHaveLength(1);
		await service.detail('7', true, pick('0'));
		expect(lengths(second)).toEqual([9, 0, 0, third]);
		for (const reference of ['2', '3']) await service.detail('7', true, pick(reference));
		expect(calls).toHaveLength(2);
	});
});

test('documents that ask in any order each get their own content only, with as few readings as possible', async () => {
	const asked = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(asked, async (order) => {
			const replies = order.map(() => answer(signedOnes([1, 2, 3, 4, 5, 6])));
			const { service, calls } = serviceWith(...replies);
			for (const index of order) {
				const shown = bodyOf(await service.detail('7', true, pick(String(index))));
				expect(withContent(shown)).toEqual([String(index)]);
				expect(contentIn(shown, index)).toHaveLength(index + 1);
			}
			const repeated = order.length - new Set(order).size;
			expect(calls.length).toBeLessThanOrEqual(1 + repeated);
		}),
	);
});

test('a signed document keeps only its own content, and shares the facts of its operation with the others', async () => {
	const contents = ['one', 'two'].map((text) => Buffer.from(text));
	const documents = contents.map((content, index) => ({ externalReference: `R${index}`, content }));
	const jobs = documents.map(({ externalReference: reference }) => jobOf({ reference }));
	const played = await play({ sign: [answer(operation(documents))] }, jobs);
	for (const [index, content] of contents.entries()) {
		const signed = fileOf(played, index);
		expect(signed.content).toBe(content);
		expect(signed.document.content).toBeUndefined();
		expect(withContent(signed.operation)).toEqual([]);
		expect(signed.operation).toBe(fileOf(played).operation);
	}
});
