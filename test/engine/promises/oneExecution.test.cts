import type { Shown } from '../../support/ruledRules.cts';
import { ruled, stopServices, xml } from '../../support/ruledRuns.cts';
import { goBy, skipPauses } from '../../support/skipPauses.cts';

/* Several steps and rounds within one execution, and clocks that differ. */

skipPauses();
afterEach(stopServices);

const file = xml('apple');
const refused = { status: 400, body: { errorCode: '2.0.9', errorCodeDescription: 'No.' } };

test('two steps with the credentials of two companies sign invoices of one number', async () => {
	const [first, second] = [await ruled(), await ruled()];
	second.service.credential.clientId = 'PRT.3-PRT.4-other';
	const given = { externalReference: 'FT 2025/1' };
	const execution = { id: 'two-companies' };
	expect((await first.sign([file], given, {}, execution)).words).toEqual(['']);
	const { words, lines } = await second.sign([xml('berry')], given, {}, execution);
	expect(words).toEqual(['']);
	expect(lines).toEqual(['berry.xml: berry.xml']);
	expect(second.service.count('lookup')).toBe(0);
});

test('an operation of another company with an equal ID does not count as made by this execution', async () => {
	const [first, second] = [await ruled(), await ruled()];
	second.service.credential.clientId = 'PRT.3-PRT.4-other';
	await second.sign([file]);
	const execution = { id: 'equal-ids' };
	await first.sign([xml('berry')], {}, {}, execution);
	const options = { ifAlreadySigned: 'fail' };
	const { words } = await second.sign([file], { options }, {}, execution);
	expect(words[0]).toContain('was signed before');
});

test('a loop signs a document after an outage', async () => {
	const runs = await ruled({ before: ({ on }) => (on === 'token' ? undefined : 'reset') });
	const execution = { id: 'loop' };
	const first = await runs.sign([file], {}, {}, execution);
	expect(first.words[0]).toContain('It is not known whether');
	runs.service.obey();
	goBy(3_600_000);
	expect((await runs.sign([file], {}, {}, execution)).lines).toEqual(['apple.xml: apple.xml']);
});

test('Retry On Fail signs a document after an outage', async () => {
	const runs = await ruled({
		before: ({ on, n }) =>
			(on === 'sign' && n === 1) || (on === 'lookup' && n <= 9) ? 'reset' : undefined,
	});
	const retrying = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 } as const;
	expect((await runs.sign([file], {}, retrying)).lines).toEqual(['apple.xml: apple.xml']);
});

test('Retry On Fail in an outage does not say that what the first try had signed was not sent', async () => {
	let outage = false;
	const runs = await ruled({
		before: ({ on, body }) => {
			if (outage) return on === 'token' ? undefined : { status: 502, body: 'later' };
			return on === 'sign' && body.includes('bad.xml') ? refused : undefined;
		},
		instead: ({ on, body }) => {
			if (on === 'sign' && body.includes('b6.xml')) outage = true;
			return undefined;
		},
	});
	const files = ['bad', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6'].map((name) => xml(name));
	const retrying = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;
	const { words } = await runs.sign(files, { options: { parallelRequests: 1 } }, retrying);
	expect(runs.service.signaturesOf('b6.xml')).toBe(1);
	expect(words[6]).toContain('It is not known whether');
});

describe('receivers of a signature that several items share', () => {
	const emailDelivery = { emailReceivers: '={{ $json.to }}' };
	const input = (...receivers: string[]) =>
		receivers.map((to) => ({ json: { to }, files: { data: file } }));

	test('are emailed once, however often n8n tries', async () => {
		const runs = await ruled({
			before: ({ on, body }) => (on === 'sign' && body.includes('bad.xml') ? refused : undefined),
		});
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
		const items = [
			{ json: { to: '' }, files: { data: xml('bad') } },
			...input('a@example.com', 'b@example.com'),
		];
		await runs.run({ operation: 'sign', emailDelivery }, items, retrying);
		expect(runs.service.mails).toHaveLength(1);
	});

	test('are not emailed again by a later run, which hints at it', async () => {
		const runs = await ruled();
		const items = input('a@example.com', 'b@example.com');
		await runs.run({ operation: 'sign', emailDelivery }, items);
		const { hints } = await runs.run({ operation: 'sign', emailDelivery }, items);
		expect(runs.service.mails).toHaveLength(1);
		expect(hints.join()).toContain('This run sent no email');
	});

	test('do not get the documents of others that were signed with it', async () => {
		const runs = await ruled();
		const [free, mailed] = input('', 'customer@example.com');
		const secret = { json: { to: '' }, files: { data: xml('secret') } };
		const parameters = { operation: 'sign', emailDelivery, options: { documentsPerRequest: 50 } };
		const items = [free, secret, mailed].flatMap((item) => item ?? []);
		const { hints } = await runs.run(parameters, items);
		expect(runs.service.mails).toEqual([]);
		expect(hints.join()).toContain('were not emailed, because it was signed together');
		expect(hints.join()).toContain('the email shows all documents that were signed together');
	});

	test('may have been emailed when that call got no answer', async () => {
		const runs = await ruled({ instead: ({ on }) => (on === 'resend' ? 'reset' : undefined) });
		const items = input('a@example.com', 'b@example.com');
		const { hints } = await runs.run({ operation: 'sign', emailDelivery }, items);
		expect(hints.join()).toContain('it is not certain that every receiver was emailed');
	});
});

/** Date headers come from a gateway, dates of operations from the service: their clocks are 10 s apart. */
describe('with two clocks that differ', () => {
	const show = (shown: Shown): Shown => ({
		...shown,
		creationDate: new Date(Date.parse(shown.creationDate ?? '') - 10_000).toISOString(),
	});
	test.each(['return', 'fail', 'signAgain'])(
		'a document that was never signed is signed once, and is new: %s',
		async (ifAlreadySigned) => {
			const runs = await ruled({ show });
			const { lines } = await runs.sign([file], { options: { ifAlreadySigned } });
			expect(lines).toEqual(['apple.xml: apple.xml']);
			expect(runs.service.signatures).toBe(1);
		},
	);
});
