import { AnswerReader } from '../../nodes/SignStash/service/AnswerReader';
import type { Operation } from '../../nodes/SignStash/service/Operation';
import { operationOf } from '../../nodes/SignStash/service/readOperation';

/** An operation from the text of its answer. */
function read(text: string): Operation | undefined {
	const reader = new AnswerReader(0);
	reader.add(Buffer.from(text));
	return operationOf(reader.end());
}

test.each([
	['a number', '7', '7'],
	['text', '"7"', '7'],
	['the last number without loss', '9007199254740991', '9007199254740991'],
	['one more, without losing a digit', '9007199254740993', '9007199254740993'],
	['as text', '"18446744073709551615"', '18446744073709551615'],
])('an id that is %s is kept as %s', (_, id, digits) => {
	expect(read(`{"id":${id}}`)?.id).toBe(digits);
});

test.each(['0', '-1', '1.5', 'null', '"x"', '[7]', '{}'])('%s is not an id', (id) => {
	expect(read(`{"id":${id}}`)).toBeUndefined();
});

test('values that are null, zero or empty are left out', () => {
	const document = { contentLength: 0, additionalContentLength: null, name: '', signError: null };
	const operation = read(
		JSON.stringify({ id: 1, status: null, documentList: [document], deliveryInfo: null }),
	);
	expect(operation?.status).toBeUndefined();
	expect(operation?.documents).toEqual([{ externalReference: '' }]);
	expect(operation?.receivers).toEqual([]);
});

test.each<[written: unknown, count: number | undefined]>([
	[12, 12],
	['12', 12],
	[' 12\n', 12],
	['12 bytes', undefined],
	['', undefined],
	[1.5, undefined],
	[-3, undefined],
	[true, undefined],
	[[12], undefined],
])('the length %j is read as %s', (contentLength, count) => {
	const text = JSON.stringify({ id: 1, documentList: [{ contentLength }] });
	expect(read(text)?.documents[0]?.contentLength).toBe(count);
});

test.each([
	'on 2025-03-01T10:00:00Z',
	'2025-03-01T10:00:00Z, or so',
	'x2025-03-01T10:00:00',
	'2025-03-01T10:00:00h',
])('%j is no date, and stays as it is', (creationDate) => {
	const operation = read(JSON.stringify({ id: 1, creationDate }));
	expect([operation?.creationDate, operation?.createdAt]).toEqual([creationDate, undefined]);
});

test.each<[deliveryInfo: unknown, emails: string[]]>([
	[{ personReceiver: [{ email: 'a@b.pt', deliveryStatus: 'SENT' }] }, ['a@b.pt']],
	[{ personReceiver: { email: 'a@b.pt' } }, ['a@b.pt']],
	[{ personReceiver: ['a@b.pt'] }, ['a@b.pt']],
	[{ personReceiver: [null, 7, {}] }, []],
	[{ personReceiver: 'a@b.pt' }, ['a@b.pt']],
	['by email', []],
	[[], []],
])('the receivers in %j', (deliveryInfo, emails) => {
	const operation = read(JSON.stringify({ id: 1, deliveryInfo }));
	expect(operation?.receivers.map(({ email }) => email)).toStrictEqual(emails);
});

test.each<[content: string, bytes: string | undefined]>([
	['c2lnbmVk', 'signed'],
	['c2ln\\r\\nbmVk', 'signed'],
	['c2ln bmVk', 'signed'],
	['data:application/pdf;base64,c2lnbmVk', 'signed'],
	['-_-_', Buffer.from('+/+/', 'base64').toString('latin1')],
	['**corrupt**', undefined],
	['c2lnbmVk=c2ln', undefined],
])('the content in %s', (content, bytes) => {
	const answer = `{"id":1,"documentList":[{"externalReference":"R","signedContent":"${content}"}]}`;
	const [document] = read(answer)?.documents ?? [];
	expect(document?.content?.toString('latin1')).toBe(bytes);
	expect(document?.contentFlaw === undefined).toBe(bytes !== undefined);
});

test.each([
	['2025-03-01T10:00:00Z', '2025-03-01T10:00:00.000Z'],
	['2025-03-01T10:00:00+02:00', '2025-03-01T08:00:00.000Z'],
	['2025-03-01T10:00:00.000+0000', '2025-03-01T10:00:00.000Z'],
])('a date with a zone: %s', (given, date) => {
	const { creationDate = '' } = read(JSON.stringify({ id: 1, creationDate: given })) ?? {};
	expect(new Date(creationDate).toISOString()).toBe(date);
});

test('a date without a zone is read as Lisbon time, in winter and in summer', () => {
	const dateOf = (creationDate: string): string =>
		new Date(read(JSON.stringify({ id: 1, creationDate }))?.creationDate ?? '').toISOString();
	expect(dateOf('2025-01-15T10:00:00')).toBe('2025-01-15T10:00:00.000Z');
	expect(dateOf('2025-07-15T10:00:00')).toBe('2025-07-15T09:00:00.000Z');
});

test.each([
	['folderExternalReference', { folderExternalReference: 'Q' }],
	['folder', { folder: { externalReference: 'Q' } }],
	['both', { folderExternalReference: 'Q', folder: { externalReference: 'Q' } }],
])("the request's own reference is read from %s", (_, shown) => {
	expect(read(JSON.stringify({ id: 1, ...shown }))?.requestReferences).toEqual(['Q']);
});
