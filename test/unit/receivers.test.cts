import { operationIdOf, receiversOf } from '../../nodes/SignStash/operations/receivers';

test.each<[what: string, value: unknown, receivers: string[]]>([
	[
		'text',
		' a@example.com,b@example.com ; c@example.com, ',
		['a@example.com', 'b@example.com', 'c@example.com'],
	],
	[
		'a list of strings',
		['a@example.com', 'b@example.com, c@example.com'],
		['a@example.com', 'b@example.com', 'c@example.com'],
	],
	[
		"the node's own output",
		[{ email: 'a@example.com', deliveryStatus: 'SENT' }, { email: 'b@example.com' }],
		['a@example.com', 'b@example.com'],
	],
	['one receiver from it', { email: 'a@example.com', deliveryStatus: 'SENT' }, ['a@example.com']],
	['the same address twice', 'a@example.com, a@example.com', ['a@example.com']],
	['nothing', undefined, []],
])('receivers come from %s', (_, value, receivers) => {
	expect(receiversOf(value, false)).toEqual(receivers);
});

test.each<[value: unknown, words: string]>([
	['a@example.com, nobody', "'nobody' in 'Email Receivers'"],
	[[{ mail: 'a@example.com' }], `'{"mail":"a@example.com"}' in 'Email Receivers'`],
	[[{ email: null }], "'null' in 'Email Receivers'"],
	[7, "'7' in 'Email Receivers'"],
])('%j contains no address', (value, words) => {
	expect(() => receiversOf(value, false)).toThrow(words);
});

test.each([1042, ' 1042 ', '9007199254740993', '18446744073709551615'])(
	'%p is an operation id',
	(value) => {
		expect(operationIdOf(value)).toBe(String(value).trim());
	},
);

test.each<[value: unknown, words: string]>([
	[undefined, 'is empty'],
	[' ', 'is empty'],
	[0, "cannot be '0'"],
	[-1, "cannot be '-1'"],
	['1.5', "cannot be '1.5'"],
	[2 ** 53, "cannot be '9007199254740992'"],
	[{ operationId: 1 }, 'cannot be a list or an object'],
])('%j is not an operation id', (value, words) => {
	expect(() => operationIdOf(value)).toThrow(`'Operation ID' ${words}`);
});
