import { Readable } from 'node:stream';
import { readAnswer, readText } from '../../nodes/SignStash/service/readAnswer';

const far = () => ({ bytes: 10, deadline: performance.now() + 60_000 });
const read = async (pieces: AsyncIterable<Buffer>) => await readText(pieces);
const answerOf = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body });
const bodyOf = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));

test('a body in pieces is read completely, and its connection closed', async () => {
	const body = bodyOf('12345', '67890');
	expect(await readAnswer(answerOf(body), far(), read)).toEqual({
		is: 'answer',
		body: '1234567890',
	});
	expect(body.destroyed).toBe(true);
});

test('a body that is too long is not read to the end', async () => {
	const body = bodyOf('12345', '678901', 'more');
	const why = 'the answer is too long';
	expect(await readAnswer(answerOf(body), far(), read)).toEqual({
		is: 'unreadable',
		status: 200,
		why,
	});
	expect(body.destroyed).toBe(true);
});

test('a body that does not end in time is abandoned', async () => {
	const body = new Readable({ read: () => undefined });
	const limits = { ...far(), deadline: performance.now() + 20 };
	const why = 'the answer did not end in time';
	expect(await readAnswer(answerOf(body), limits, read)).toEqual({
		is: 'unreadable',
		status: 200,
		why,
	});
	expect(body.destroyed).toBe(true);
});

describe('the watch on a deadline', () => {
	beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
	afterEach(() => void jest.useRealTimers());

	test('ends soon after the body', async () => {
		await readAnswer(answerOf(bodyOf('1')), far(), read);
		await jest.advanceTimersByTimeAsync(1000);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('gives up immediately on what is already late', async () => {
		const body = new Readable({ read: () => undefined });
		await jest.advanceTimersByTimeAsync(5000);
		const limits = { ...far(), deadline: performance.now() - 1 };
		expect(await readAnswer(answerOf(body), limits, read)).toMatchObject({ is: 'unreadable' });
	});
});

test('a body without a way to close it is read all the same', async () => {
	const body = {
		async *[Symbol.asyncIterator]() {
			yield Buffer.from('1');
		},
	};
	expect(await readAnswer(answerOf(body), far(), read)).toEqual({ is: 'answer', body: '1' });
});

test.each([
	[
		'is cut',
		new Error('aborted'),
		{ is: 'unreadable', status: 200, why: 'the answer was cut off' },
	],
	[
		'ends with the execution',
		Object.assign(new Error('stop'), { httpCode: 'ERR_CANCELED' }),
		{ is: 'stopped' },
	],
])('the result for a body that %s', async (_, error, reply) => {
	const fail = async (): Promise<never> => await Promise.reject(error);
	expect(await readAnswer(answerOf(bodyOf('1')), far(), fail)).toEqual(reply);
});

test.each([undefined, null, 'text', {}])('a body that is %j is empty', async (body) => {
	expect(await readAnswer(answerOf(body), far(), read)).toEqual({ is: 'answer', body: '' });
});

test('an answer that differs from what the call promises counts as unreadable', async () => {
	const why = 'the answer is not what the service sends';
	const reply = await readAnswer(answerOf(bodyOf('1'), 201), far(), async () => undefined);
	expect(reply).toEqual({ is: 'unreadable', status: 201, why });
});

test('a refusal is read with its headers, even when its body is too long', async () => {
	const answer = { ...answerOf(bodyOf('12345678901'), 429), headers: { 'retry-after': '7' } };
	const told = { is: 'refusal', status: 429, form: 'empty', retryAfter: 7000 };
	expect(await readAnswer(answer, far(), read)).toMatchObject(told);
});
