import type { INodeParameters } from 'n8n-workflow';
import { ruled, stopServices, thrownBy, xml } from '../../support/ruledRuns.cts';
import type { Answer, Rules, Shown } from '../../support/ruledRules.cts';
import { skipPauses } from '../../support/skipPauses.cts';

/* Tokens, dates, references and codes as some services write them: what the node says stays true. */

skipPauses();
afterEach(stopServices);

const file = xml('apple');
const own = 'apple.xml: apple.xml';
const given = { externalReference: 'FT_1' };
const denials = /was not signed|was not sent|not signed this time|nothing was|is safe/i;
const choosing = (ifAlreadySigned: string): INodeParameters => ({
	...given,
	options: { ifAlreadySigned },
});

describe('when a token is refused', () => {
	const refused: Answer = { status: 401 };
	const withToken = async (rules: Partial<Rules>) => {
		const runs = await ruled();
		await runs.recover('first token', { ifNotFound: 'continue' });
		runs.service.obey(rules);
		return runs;
	};
	const tokenCalls: Answer[] = ['reset', { status: 500 }, { status: 429 }, { status: 404 }];

	test.each(tokenCalls)(
		'after the document was signed, and the token call is answered %j: nothing false is said',
		async (answer) => {
			const runs = await withToken({
				before: ({ on }) => (on === 'token' ? answer : undefined),
				instead: ({ on }) => (on === 'sign' ? refused : undefined),
			});
			const { words, lines } = await runs.sign([file], given);
			if (lines[0] === 'fault') expect(words[0]).not.toMatch(denials);
			else expect(lines).toEqual([own]);
			expect(runs.service.signatures).toBe(1);
		},
	);

	test('and its renewal is answered 429 twice: the renewal is tried again', async () => {
		let isRefused = true;
		let busy = 2;
		const runs = await withToken({
			before: ({ on }) => {
				if (on === 'token' && busy-- > 0) return { status: 429, headers: { 'retry-after': '1' } };
				if (on === 'token') isRefused = false;
				return on === 'sign' && isRefused ? refused : undefined;
			},
		});
		const { lines, words } = await runs.sign([file], given);
		expect({ lines, words }).toEqual({ lines: [own], words: [''] });
	});

	const inWords = { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };

	test.each([{}, inWords])(
		'with %j, and every renewal is answered 429: the Client ID is not blamed',
		async (more) => {
			const answers: Record<string, Answer> = {
				token: { status: 429 },
				sign: { status: 401, ...more },
			};
			const runs = await withToken({ before: ({ on }) => answers[on] });
			const { words } = await runs.sign([file], given);
			expect(words[0]).not.toContain("'Client ID'");
			expect(words[0]).not.toContain('was not sent');
		},
	);
});

describe('when the sending is lost, and the document was signed by an earlier run', () => {
	const lost: Rules['before'] = ({ on }) => (on === 'sign' ? 'reset' : undefined);
	const undated = (shown: Shown): Shown => ({ ...shown, creationDate: null });
	const again = async (choice: string, show?: Rules['show']) => {
		const runs = await ruled(show && { show });
		await runs.sign([file], given);
		runs.service.obey({ before: lost, ...(show && { show }) });
		const outcome = await runs.sign([file], choosing(choice));
		expect(runs.service.signatures).toBe(1);
		return outcome;
	};

	test('Return reports it as recovered', async () => {
		expect((await again('return')).lines).toEqual([`${own}, recovered`]);
	});

	test('Fail fails', async () => {
		expect((await again('fail')).words[0]).toContain("'apple.xml' was signed before");
	});

	test('and the service shows no date: Return hints that the time of signing is unknown', async () => {
		const { lines, hints } = await again('return', undated);
		expect(lines).toEqual([own]);
		expect(hints.join()).toContain('does not show whether 1 document was signed');
	});

	test('and the service shows no date: Fail says that the time of signing is unknown', async () => {
		const { words } = await again('fail', undated);
		expect(words[0]).toContain('does not show whether that was before this execution');
		expect(words[0]).not.toMatch(denials);
	});
});

describe('dates from a service', () => {
	const dates: Record<string, (date: string) => string> = {
		'have whole seconds': (date) => date.replace(/\.\d+Z$/, 'Z'),
		'are a second late': (date) => new Date(Date.parse(date) - 1500).toISOString(),
		'are a second early': (date) => new Date(Date.parse(date) + 1500).toISOString(),
		'have no zone': (date) => date.replace('T', ' ').replace('Z', ''),
	};

	test.each(Object.keys(dates))(
		'that %s: what this run signed does not count as recovered',
		async (how) => {
			const runs = await ruled({
				show: (shown) => ({
					...shown,
					creationDate: dates[how]?.(shown.creationDate ?? '') ?? null,
				}),
			});
			expect((await runs.sign([file], given)).lines).toEqual([own]);
			const again = await runs.sign([file], choosing('signAgain'));
			expect(again.lines).toEqual([own]);
			expect(runs.service.signatures).toBe(2);
			expect((await runs.sign([xml('berry')], choosing('fail'))).lines).toEqual(['fault']);
			const other = { ...choosing('fail'), externalReference: 'FT_2' };
			expect((await runs.sign([xml('grape')], other)).lines).toEqual(['grape.xml: grape.xml']);
		},
	);
});

describe('a duplicate reported in other words', () => {
	const told: Answer[] = [
		{ status: 409, body: { errorCode: '2.0.3', errorCodeDescription: 'Already exists' } },
		{ status: 409, body: { errorCodeDescription: 'Already exists' } },
		{ status: 409, body: '<html>Conflict</html>' },
		{ status: 409 },
		{ status: 500, body: { errorCode: '0.0.1', errorCodeDescription: 'Unhandled error' } },
	];

	test.each(told)('%j: the next run finds the signature', async (duplicate) => {
		const runs = await ruled({ duplicate });
		await runs.sign([file], given);
		expect((await runs.sign([file], given)).lines).toEqual([`${own}, recovered`]);
		expect(runs.service.signatures).toBe(1);
	});

	const afterFailure = async (duplicate: Answer) => {
		const runs = await ruled({ duplicate, signError: () => 'CERT_SERVICE_GLOBAL_ERROR' });
		await runs.sign([file], given);
		runs.service.obey({ duplicate });
		const outcome = await runs.sign([file], given);
		return { ...outcome, signatures: runs.service.signatures };
	};

	test.each(told.slice(0, 1))(
		'%j: after a failure the next reference in the row is used',
		async (duplicate) => {
			const { lines, items } = await afterFailure(duplicate);
			expect(lines).toEqual([own]);
			expect(items[0]?.json.externalReference).toBe('FT_1~2');
		},
	);

	// Such an answer may come before the document is signed after all: the next reference could then sign it twice.
	test.each(told.slice(1))(
		'%j: after a failure the outcome is unknown, and no next reference is promised',
		async (duplicate) => {
			const { words, signatures } = await afterFailure(duplicate);
			expect(words[0]).toContain('It is not known whether');
			expect(words[0]).toContain('Operation 1001 under the same reference failed');
			expect(words[0]).not.toContain('next');
			expect(words[0]).not.toMatch(denials);
			expect(signatures).toBe(0);
		},
	);
});

describe('references that the service shows', () => {
	const writings: Record<string, (reference: string) => string | undefined> = {
		'percent-encoded': (reference) => encodeURIComponent(reference),
		padded: (reference) => ` ${reference}  `,
		're-cased': (reference) => reference.toUpperCase(),
		'not at all': () => undefined,
	};
	const three = ['apple', 'berry', 'grape'].map((name) => xml(name));
	const cases = Object.keys(writings).flatMap((how) =>
		['', '=Fatura FT 2025/{{ $itemIndex }} ção'].flatMap((externalReference) =>
			[1, 50].map((perRequest) => ({ how, externalReference, perRequest })),
		),
	);

	test.each(cases)(
		'$how, reference "$externalReference", $perRequest per request: each is found in its own operation',
		async ({ how, externalReference, perRequest }) => {
			const show = (shown: Shown): Shown => ({
				...shown,
				folderExternalReference: writings[how]?.(shown.folderExternalReference ?? '') ?? null,
				documentList: shown.documentList.map((one) => ({
					...one,
					externalReference: writings[how]?.(String(one.externalReference)),
				})),
			});
			const runs = await ruled({
				show,
				instead: ({ on }) => (on === 'sign' ? 'reset' : undefined),
			});
			const options = { documentsPerRequest: perRequest };
			const { lines, items } = await runs.sign(three, { externalReference, options });
			expect(lines).toEqual(three.map(({ fileName }) => `${fileName}: ${fileName}`));
			const known = runs.service.operations.flatMap(({ documents }) =>
				documents.map((one) => one.externalReference),
			);
			expect(items.map(({ json }) => String(json.externalReference)).sort()).toEqual(known.sort());
			expect(runs.service.signatures).toBe(3);
		},
	);
});

describe('an operation that does not say clearly whether a document was signed', () => {
	const unclear = (shown: Shown): Shown => ({
		...shown,
		documentList: shown.documentList.map((one) => ({
			...one,
			signStatus: 'SOMETHING_NEW',
			signedContent: undefined,
		})),
	});

	test('is reported with advice that does not contradict itself', async () => {
		const runs = await ruled({ show: unclear });
		const { words } = await runs.sign([file], given);
		expect(words[0]).toContain('does not say clearly');
		expect(words[0]).not.toMatch(denials);
		expect(words[0]).not.toMatch(/Run the workflow again|step again/);
	});
});

test('a run that stops at its first fault names every document whose outcome is open', async () => {
	const runs = await ruled({
		before: ({ on }) => (on === 'sign' || on === 'lookup' ? 'reset' : undefined),
	});
	const four = ['a', 'b', 'c', 'd'].map((name) => xml(name));
	const externalReference = '=FT_{{ $itemIndex }}_open';
	const options = { parallelRequests: 4 };
	const stopping = { onError: 'stopWorkflow' } as const;
	const words = await thrownBy(runs.sign(four, { externalReference, options }, stopping));
	for (const index of four.keys()) expect(words).toContain(`FT_${index}_open`);
});

describe('a corrected invoice of the same name and length, when only the length is shown', () => {
	const plain = (shown: Shown): Shown => ({
		...shown,
		folderExternalReference: null,
		documentList: shown.documentList.map((one) => ({ ...one, signedContent: undefined })),
	});

	test('does not count as signed', async () => {
		const runs = await ruled({ show: plain });
		const parameters = { ...given, options: { returnSignedDocument: false } };
		await runs.sign([xml('total 100', 'a.xml')], parameters);
		const { lines, words } = await runs.sign([xml('total 900', 'a.xml')], parameters);
		expect(lines).toEqual(['fault']);
		expect(words[0]).toContain('does not show whether its document is');
		expect(words[0]).toContain('1001');
	});
});
