import { Warnings } from '../../nodes/SignStash/operations/sign/Warnings';
import { usageIn } from '../../nodes/SignStash/service/usage';

const now = Date.parse('2026-12-01T12:00:00Z');
const day = 24 * 60 * 60 * 1000;

const certificate = (daysLeft: number, more = {}) => {
	const validUntilMs = now + daysLeft * day;
	const validUntil = new Date(validUntilMs).toISOString();
	return { signer: 'Example Lda', validUntil, validUntilMs, selfSigned: false, ...more };
};

test.each([
	['31 days before its end', 31, []],
	['30 days before its end', 30, ["The certificate of 'Example Lda' expires on 2026-12-31."]],
	['after its end', -1, ["The certificate of 'Example Lda' expires on 2026-11-30."]],
])('a certificate %s', (_, daysLeft, expected) => {
	const warnings = new Warnings();
	warnings.signedBy(certificate(daysLeft), true);
	expect(warnings.messages(now)).toEqual(
		expected.map((words): unknown => expect.stringContaining(words)),
	);
});

test('among several certificates, the one that ends first is reported, once', () => {
	const warnings = new Warnings();
	for (const days of [20, 10, 25]) warnings.signedBy(certificate(days), true);
	expect(warnings.messages(now)).toEqual([expect.stringContaining('expires on 2026-12-11')]);
});

test.each([
	[true, true, 1],
	[true, false, 0],
	[false, true, 0],
])(
	'the warning for a certificate that is self-signed: %s, in Production: %s',
	(selfSigned, isProduction, count) => {
		const warnings = new Warnings();
		warnings.signedBy(certificate(300, { selfSigned }), isProduction);
		expect(warnings.messages(now)).toHaveLength(count);
	},
);

const company = (more: object) => ({ issuerCompany: more });

test.each<[what: string, raw: unknown, said: string | undefined]>([
	['nothing', {}, undefined],
	['nulls', company({ limitUsageCount: null, limitCurrentConsumption: null }), undefined],
	['no limit', company({ limitUsageCount: 0, limitCurrentConsumption: 5 }), undefined],
	['a word', company({ limitUsageCount: 'many', limitCurrentConsumption: 5 }), undefined],
	['less than 90 %', company({ limitUsageCount: 1000, limitCurrentConsumption: 899 }), undefined],
	['90 %', company({ limitUsageCount: 1000, limitCurrentConsumption: 900 }), '900 of the 1000'],
	['texts', company({ limitUsageCount: '10', limitCurrentConsumption: '10' }), '10 of the 10'],
	[
		'a period',
		company({
			limitUsageCount: 10,
			limitCurrentConsumption: 9,
			limitPeriodEndDate: '2026-12-31T23:59:59.000+00:00',
		}),
		'in the period that ends on 2026-12-31',
	],
])('the warning for a subscription that says %s', (_, raw, said) => {
	const warnings = new Warnings();
	warnings.used(usageIn(raw));
	const expected = said === undefined ? [] : [expect.stringContaining(said)];
	expect(warnings.messages(now)).toEqual(expected);
});
