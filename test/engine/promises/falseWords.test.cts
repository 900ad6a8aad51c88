import { ruled, stopServices, xml } from '../../support/ruledRuns.cts';
import type { Answer, Rules, Shown } from '../../support/ruledRules.cts';
import type { Call } from '../../support/ruledCalls.cts';
import { skipPauses } from '../../support/skipPauses.cts';

/* What the node says about a signature is true, in a third run as well: see docs/reliability.md. */

skipPauses();
afterEach(stopServices);

const file = xml('apple');
const own = 'apple.xml: apple.xml';
const given = { externalReference: 'FT_1' };
const failing: Partial<Rules> = { signError: () => 'CERT_SERVICE_GLOBAL_ERROR' };
const denials = /was not signed|was not sent|not signed this time|nothing was|is safe/i;

const only =
	(on: Call['on'], answer: Answer, times = Infinity): Rules['before'] =>
	(call) =>
		call.on === on && times-- > 0 ? answer : undefined;

describe('a document failed in run 1, was signed under the next reference in run 2, and its sending in run 3 is lost', () => {
	const third = async (rules: Partial<Rules>) => {
		const runs = await ruled(failing);
		await runs.sign([file], given);
		runs.service.obey();
		const second = await runs.sign([file], given);
		expect(second.lines).toEqual([own]);
		expect(second.items[0]?.json.externalReference).toBe('FT_1~2');
		runs.service.obey(rules);
		const outcome = await runs.sign([file], given);
		expect(runs.service.signatures).toBe(1);
		return { ...outcome, runs };
	};

	test('once: its file comes back', async () => {
		const { lines, items } = await third({ before: only('sign', 'reset', 1) });
		expect(lines).toEqual([`${own}, recovered`]);
		expect(items[0]?.json.externalReference).toBe('FT_1~2');
	});

	test('each time: its outcome is unknown, and Recover returns its file', async () => {
		const { words, runs } = await third({ before: only('sign', 'reset') });
		expect(words[0]).toContain('It is not known whether');
		expect(words[0]).not.toMatch(denials);
		runs.service.obey();
		const { items } = await runs.recover('FT_1');
		expect(items[0]?.json).toMatchObject({ result: 'signed', externalReference: 'FT_1~2' });
		expect(items[0]?.binary?.data).toBeDefined();
	});

	test.each([502, 500, 429])(
		'Recover does not say that it failed when the look-up of the next reference is answered %i',
		async (status) => {
			const { runs } = await third({});
			runs.service.obey({
				before: ({ on, subject }) =>
					on === 'lookup' && subject.endsWith('~2') ? { status, body: 'later' } : undefined,
			});
			const { items, words } = await runs.recover('FT_1');
			const said = `${words.join()} ${String(items[0]?.json.result)} ${String(items[0]?.json.next)}`;
			expect(said).not.toMatch(/failed|without a signature|Run the Sign step again/);
			expect(said).not.toMatch(denials);
			expect(items[0]?.binary).toBeUndefined();
		},
	);
});

test('a failed reference is free again, and a delayed request is signed a moment later: its file comes back', async () => {
	const runs = await ruled({ ...failing, failedIsFree: true });
	await runs.sign([file], given);
	runs.service.obey({
		failedIsFree: true,
		atWork: () => 20_000,
		instead: ({ on }) => (on === 'sign' ? { status: 504, body: 'later' } : undefined),
	});
	const { lines, items } = await runs.sign([file], given);
	expect(lines).toEqual([own]);
	expect(items[0]?.json.externalReference).toBe('FT_1');
	expect(runs.service.signatures).toBe(1);
});

describe('a look-up names an operation that cannot be read', () => {
	test.each([404, 410, 400, 500])(
		'its detail is answered %i: Recover says that the operation exists',
		async (status) => {
			const runs = await ruled();
			await runs.sign([file], given);
			runs.service.obey({ before: only('detail', { status, body: { errorCode: '9.9.9' } }) });
			for (const ifNotFound of ['fail', 'continue']) {
				const { words } = await runs.recover('FT_1', { ifNotFound });
				expect(words[0]).toContain('Operation 1001 holds the external reference');
				expect(words[0]).not.toMatch(/found nothing|no document/);
				expect(words[0]).not.toMatch(denials);
			}
		},
	);

	test('because it lags behind: Recover waits for it', async () => {
		const runs = await ruled();
		await runs.sign([file], given);
		runs.service.obey({ before: only('detail', { status: 404 }, 2) });
		expect((await runs.recover('FT_1')).lines).toEqual([own]);
	});

	test('Sign says the same about a request that got no answer, and sends it once', async () => {
		const runs = await ruled({
			before: only('detail', { status: 404 }),
			instead: ({ on }) => (on === 'sign' ? 'reset' : undefined),
		});
		const { words } = await runs.sign([file], given);
		expect(words[0]).toContain('Operation 1001 holds');
		expect(words[0]).not.toMatch(denials);
		expect(runs.service.count('sign')).toBe(1);
	});

	test('after its status said that it is finished: no message says that it is not', async () => {
		const runs = await ruled({
			before: only('detail', { status: 500 }),
			show: (shown: Shown, _, on) => (on === 'sign' ? pending(shown) : shown),
		});
		const { words } = await runs.sign([file], given);
		expect(words[0]).toContain('1001');
		expect(words[0]).not.toContain('has not finished');
		expect(words[0]).not.toMatch(denials);
	});
});

const pending = (shown: Shown): Shown => ({
	...shown,
	status: 'PENDING_EXECUTION',
	documentList: shown.documentList.map((one) => ({
		...one,
		signStatus: 'RECEIVED',
		signedContent: undefined,
	})),
});

describe('all look-ups are answered with an empty 404', () => {
	const noRoute: Rules['before'] = (call) => (call.on === 'lookup' ? { status: 404 } : undefined);

	test('Recover claims no more than was seen', async () => {
		const runs = await ruled();
		await runs.sign([file], given);
		runs.service.obey({ before: noRoute });
		const failed = await runs.recover('FT_1');
		const goesOn = await runs.recover('FT_1', { ifNotFound: 'continue' });
		const said = `${failed.words.join()} ${String(goesOn.items[0]?.json.next)}`;
		expect(said).toContain('answer for any reference that is not in use');
		expect(said).not.toMatch(/knows no/);
		expect(said).not.toMatch(denials);
	});

	test('Sign reports a request that got no answer as unknown', async () => {
		const runs = await ruled({
			before: noRoute,
			instead: ({ on }) => (on === 'sign' ? 'reset' : undefined),
		});
		const { words } = await runs.sign([file], given);
		expect(words[0]).toContain('It is not known whether');
		expect(words[0]).not.toMatch(denials);
		expect(runs.service.signatures).toBe(1);
	});
});

describe('a page in answer to a signing request does not count as the service’s refusal', () => {
	const pages = [400, 401, 403, 409, 413, 429].map((status) => ({
		status,
		body: '<html>Request blocked</html>',
	}));

	test.each(pages)('$status after it was signed: the file comes back', async (page) => {
		const runs = await ruled({ instead: ({ on }) => (on === 'sign' ? page : undefined) });
		expect((await runs.sign([file])).lines).toEqual([own]);
		expect(runs.service.signatures).toBe(1);
	});

	test.each(pages)(
		'$status each time, and no look-up is answered: the outcome is unknown',
		async (page) => {
			const runs = await ruled({
				instead: ({ on }) =>
					on === 'sign' ? page : on === 'lookup' ? { status: 502, body: 'later' } : undefined,
			});
			const { words } = await runs.sign([file]);
			expect(words[0]).toContain('It is not known whether');
			expect(words[0]).not.toMatch(denials);
			expect(runs.service.signatures).toBe(1);
		},
	);

	test.each(['3600', 'Wed, 01 Jan 2098 00:00:00 GMT'])(
		'503 with Retry-After: %s: the node looks up before it reports anything',
		async (asked) => {
			const answer = { status: 503, body: 'later', headers: { 'retry-after': asked } };
			const signedThen = await ruled({ instead: ({ on }) => (on === 'sign' ? answer : undefined) });
			expect((await signedThen.sign([file])).lines).toEqual([own]);
			const never = await ruled({ before: only('sign', answer) });
			const { words } = await never.sign([file]);
			expect(never.service.count('lookup')).toBeGreaterThan(0);
			expect(words[0]).not.toMatch(denials);
		},
	);
});
