import { classify } from '../../nodes/SignStash/service/refusals';
import type { RefusalClass } from '../../nodes/SignStash/service/Reply';
import { readRefusal } from '../../nodes/SignStash/service/transport';

const table: Array<[status: number, code: string | undefined, means: RefusalClass]> = [
	...['0.0.2', '0.0.3', '0.0.4', '0.0.6'].map((code): [number, string, RefusalClass] => [
		500,
		code,
		'rejected',
	]),
	[500, '2.2.1', 'rejected'],
	[500, '2.9.9', 'rejected'],
	[500, '9.9.9', 'unknown'],
	[500, '0.0.5', 'unknown'],
	[500, 'constructor', 'unknown'],
	[500, '__proto__', 'unknown'],
	[400, 'toString', 'rejected'],
	[400, '9.9.9', 'rejected'],
	[401, '9.9.9', 'token'],
	[401, '1.1.0', 'rejected'],
	[401, undefined, 'token'],
	[403, undefined, 'rejected'],
	[408, undefined, 'unknown'],
	[409, undefined, 'unknown'],
	[409, '1.1.3', 'rejected'],
	[409, '0.0.7', 'duplicate'],
	[409, '0.0.10', 'token'],
	[500, '0.0.10', 'token'],
	[302, undefined, 'unknown'],
	[409, '9.9', 'duplicate'],
	[409, '2.0.3', 'duplicate'],
	[400, '2.0.3', 'rejected'],
	[409, '0.0.6', 'rejected'],
	[429, undefined, 'busy'],
	[500, undefined, 'unknown'],
	[500, '0.0.1', 'unknown'],
	[502, undefined, 'unknown'],
	[503, undefined, 'unknown'],
	[504, undefined, 'unknown'],
];

test.each(table)('HTTP %i with the code %s is %s', (status, code, means) => {
	expect(classify(status, code)).toBe(means);
});

test('503 with Retry-After may come from a gateway, after the document was signed', () => {
	expect(readRefusal(503, '', { 'retry-after': '3' })).toMatchObject({
		class: 'unknown',
		retryAfter: 3000,
	});
});

test.each([
	['in seconds', '7', 7000],
	['in a minute or two', ' 120.25 ', 120_250],
	['as a number', 7, 7000],
	['as a negative number', '-7', 0],
	['that is missing', undefined, undefined],
	['as another type', [], undefined],
	['as a past date', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
	['in words', 'soon', undefined],
])('Retry-After %s', (_, header, milliseconds) => {
	expect(readRefusal(429, '', { 'retry-after': header }).retryAfter).toBe(milliseconds);
});

test('Retry-After as a future date is the time until then', () => {
	const date = new Date(Date.now() + 60_000).toUTCString();
	const { retryAfter = 0 } = readRefusal(429, '', { 'retry-after': date });
	expect(retryAfter).toBeGreaterThan(50_000);
	expect(retryAfter).toBeLessThanOrEqual(60_000);
});
