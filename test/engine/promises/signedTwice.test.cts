import type { INodeParameters } from 'n8n-workflow';
import { ruled, stopServices, xml } from '../../support/ruledRuns.cts';
import type { Rules } from '../../support/ruledRules.cts';
import { goBy, skipPauses } from '../../support/skipPauses.cts';

/* A document is signed once, whatever n8n and the service do: see docs/reliability.md. */

skipPauses();
afterEach(stopServices);

const files = ['bad', 'berry', 'grape'].map((name) => xml(name));
const good = files.slice(1);
const file = xml('apple');
const signed = ['fault', 'berry.xml: berry.xml', 'grape.xml: grape.xml'];
const recovered = signed.map((line) => (line === 'fault' ? line : `${line}, recovered`));
const ifAlreadySigned = (value: string): INodeParameters => ({
	options: { ifAlreadySigned: value },
});
const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const refusal = { status: 400, body: { errorCode: '2.0.9', errorCodeDescription: 'No.' } };

describe("when n8n's Retry On Fail runs all items again because the first one failed", () => {
	/** In what way the first document is bad. */
	const bad: Record<string, Partial<Rules>> = {
		'cannot be signed': { signError: (name) => (name === 'bad.xml' ? 'X' : undefined) },
		'is refused': {
			before: ({ on, body }) => (on === 'sign' && body.includes('bad.xml') ? refusal : undefined),
		},
		'has no clear answer': {
			before: ({ on, body }) => (on === 'sign' && body.includes('bad.xml') ? 'reset' : undefined),
		},
	};
	const cases = Object.keys(bad).flatMap((how) =>
		['return', 'fail', 'signAgain'].map((choice) => ({ how, choice })),
	);

	test.each(cases)(
		'$choice, and the first one $how: the others are signed once, and not reported as recovered',
		async ({ how, choice }) => {
			const runs = await ruled(bad[how]);
			const { lines, hints } = await runs.sign(files, ifAlreadySigned(choice), retrying);
			expect(lines).toEqual(signed);
			expect(runs.service.signatures).toBe(2);
			expect(hints.join()).not.toContain('before this execution');
		},
	);

	test.each([
		['return', recovered, 2],
		['fail', ['fault', 'fault', 'fault'], 2],
		['signAgain', signed, 4],
	])(
		'%s still applies to signatures from before the execution',
		async (choice, lines, signatures) => {
			const runs = await ruled(bad['is refused']);
			await runs.sign(good);
			const outcome = await runs.sign(files, ifAlreadySigned(choice), retrying);
			expect(outcome.lines).toEqual(lines);
			if (choice === 'fail') expect(outcome.words[1]).toContain('was signed before');
			expect(runs.service.signatures).toBe(signatures);
		},
	);

	test('signed files come back even though the service no longer takes requests', async () => {
		const runs = await ruled({
			before: ({ on, body }) => {
				const isBad = body.includes('bad.xml') || runs.service.signatures === good.length;
				return on === 'sign' && isBad ? refusal : undefined;
			},
		});
		const { lines } = await runs.sign(files, {}, retrying);
		expect(lines).toEqual(signed);
		expect(runs.service.signatures).toBe(2);
	});

	test('documents that share a request are found again as well', async () => {
		const runs = await ruled(bad['cannot be signed']);
		const options = { documentsPerRequest: 50, ifAlreadySigned: 'signAgain' };
		const { lines } = await runs.sign(files, { options }, retrying);
		expect(lines).toEqual(signed);
		expect(runs.service.signatures).toBe(2);
	});
});

test('Sign Again signs once more in each execution', async () => {
	const runs = await ruled();
	for (const count of [1, 2, 3]) {
		const { lines } = await runs.sign([file], ifAlreadySigned('signAgain'));
		expect(lines).toEqual(['apple.xml: apple.xml']);
		expect(runs.service.signatures).toBe(count);
	}
});

describe('an operation that lists both tries of a document', () => {
	test.each(['failed first', 'signed first'])('counts as signed: %s', async (order) => {
		const runs = await ruled({
			instead: ({ on }) => (on === 'sign' ? 'reset' : undefined),
			show: (shown) => {
				const tries = shown.documentList.flatMap((one) => [
					{ ...one, signStatus: 'ERROR_SIGNING', signError: 'X', signedContent: undefined },
					one,
				]);
				return { ...shown, documentList: order === 'failed first' ? tries : tries.reverse() };
			},
		});
		expect((await runs.sign([file])).lines).toEqual(['apple.xml: apple.xml']);
		expect((await runs.sign([file])).lines).toEqual(['apple.xml: apple.xml, recovered']);
		expect(runs.service.signatures).toBe(1);
	});
});

describe('when a reference is registered only at the end of signing, and a gateway does not wait for that', () => {
	const gateway = [502, 503, 504].map((status) => ({ status, body: '<html>later</html>' }));

	test.each(gateway)('but answers $status: one signature in one run', async (answer) => {
		const runs = await ruled({
			atWork: () => 59_000,
			instead: ({ on }) => (on === 'sign' ? answer : undefined),
		});
		const { lines } = await runs.sign([file]);
		expect(lines).toEqual(['apple.xml: apple.xml']);
		expect(runs.service.signatures).toBe(1);
	});

	test('a request may be in progress for as long as another one took in this run', async () => {
		const runs = await ruled({
			atWork: (name) => (name === 'apple.xml' ? 95_000 : 0),
			before: ({ on, body }) => {
				if (on === 'sign' && body.includes('slow.xml')) goBy(100_000);
				return undefined;
			},
			instead: ({ on, body }) =>
				on === 'sign' && !body.includes('slow.xml') ? gateway[0] : undefined,
		});
		const { lines } = await runs.sign([xml('slow'), file], { options: { parallelRequests: 1 } });
		expect(lines).toEqual(['slow.xml: slow.xml', 'apple.xml: apple.xml']);
		expect(runs.service.signaturesOf('apple.xml')).toBe(1);
	});

	test('and signing takes longer than a minute: the message makes no promise that depends on it', async () => {
		const runs = await ruled({
			atWork: () => 300_000,
			instead: ({ on }) =>
				on === 'sign' ? { status: 504, body: '<html>later</html>' } : undefined,
		});
		const { words } = await runs.sign([file]);
		expect(words[0]).toContain("'Recover by Reference'");
		expect(words[0]).not.toMatch(/never signed twice|was not signed|is safe/);
	});
});

describe('a service that signs and never answers clearly', () => {
	const many = Array.from({ length: 14 }, (_, index) => xml(`many ${index + 10}`));
	const silent: Partial<Rules> = {
		instead: ({ on }) =>
			on === 'sign' || on === 'lookup' ? { status: 500, body: { errorCode: '0.0.1' } } : undefined,
	};

	test.each([1, 4])(
		'%i at a time: the run stops sending, and reports the rest as not sent',
		async (parallelRequests) => {
			const runs = await ruled(silent);
			const { words } = await runs.sign(many, { options: { parallelRequests } });
			const notSent = words.filter((one) => one.includes('was not sent'));
			const open = words.filter((one) => one.includes('It is not known whether'));
			expect(notSent.length + open.length).toBe(many.length);
			expect(open.length).toBeGreaterThanOrEqual(5);
			expect(open.length).toBeLessThan(5 + parallelRequests);
			for (const [index, one] of words.entries()) {
				const isSent = runs.service.calls.some(({ body }) =>
					body.includes(`many ${index + 10}.xml`),
				);
				expect(one.includes('was not sent')).toBe(!isSent);
			}
			const named = notSent[0]?.match(/PRT[^ ,]+-\w{64}/g) ?? [];
			expect(named).toHaveLength(5);
			expect(open.map(referenceIn)).toEqual(expect.arrayContaining(named));
			runs.service.obey();
			const again = await runs.sign(many);
			expect(again.lines).not.toContain('fault');
			expect(runs.service.signatures).toBe(many.length);
		},
	);

	test('the run continues when some documents in between are answered', async () => {
		const runs = await ruled({
			instead: ({ on, body, subject }) => {
				const isOdd = on === 'sign' && /many \d[13579]\.xml/.test(body);
				if (isOdd)
					odd.add(/"externalReference":"(PRT[^".]+\.[^".]+-\w{64})"/.exec(body)?.[1] ?? '');
				const { status, answer } = { status: 500, answer: { errorCode: '0.0.1' } };
				return isOdd || odd.has(subject) ? { status, body: answer } : undefined;
			},
		});
		const odd = new Set<string>();
		const { words } = await runs.sign(many, { options: { parallelRequests: 1 } });
		expect(words.join()).not.toContain('was not sent');
	});
});

const referenceIn = (words: string): string =>
	/'Recover by Reference' with '([^']+)'/.exec(words)?.[1] ?? 'no reference is named';
