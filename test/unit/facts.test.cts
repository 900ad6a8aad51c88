import { datesOf } from '../../nodes/SignStash/service/dates';
import { errorCodes, signErrors } from '../../nodes/SignStash/service/errorCodes';
import { isRecord, parseJson, property } from '../../nodes/SignStash/service/json';
import { operationOf } from '../../nodes/SignStash/service/readOperation';
import type { RefusalClass } from '../../nodes/SignStash/service/Reply';

const read = (value: unknown, contents: Array<Buffer | 'not base64'> = []) =>
	operationOf({ json: JSON.stringify(value), contents });
const signed = Buffer.from('signed');

test('an operation is read as it is, and its raw answer contains no content', () => {
	const deliveryInfo = { personReceiver: [{ email: 'a@b.pt', deliveryStatus: 'SENT' }] };
	const rest = { id: 7, status: 'EXECUTED', deliveryInfo };
	const document = {
		externalReference: 'R',
		name: 'a.pdf',
		contentType: 'application/pdf',
		contentLength: '600',
		additionalContentLength: 400,
		signStatus: 'SIGNED',
		signError: 'E',
	};
	expect(read({ ...rest, documentList: [{ ...document, signedContent: 0 }] }, [signed])).toEqual({
		id: '7',
		status: 'EXECUTED',
		requestReferences: [],
		documents: [{ ...document, contentLength: 600, content: signed }],
		receivers: [{ email: 'a@b.pt', deliveryStatus: 'SENT' }],
		raw: { ...rest, documentList: [document] },
	});
});

test('an answer without documents stays as it arrived', () => {
	expect(read({ id: 7 })?.raw).toEqual({ id: 7 });
	expect(read({ id: 7, documentList: [] })?.raw).toEqual({ id: 7, documentList: [] });
	expect(read({ id: 7, documentList: [null] })?.raw).toEqual({ id: 7, documentList: [{}] });
});

test.each([[7], [null], ['text'], [[{ id: 7 }]], [{ id: 7, documentList: {} }]])(
	'%j is not an operation',
	(value) => {
		expect(read(value)).toBeUndefined();
	},
);

/** A number in place of a content says which content is meant; a number from the service itself would point to another's. */
test.each<[name: string, indexes: unknown[], contents: number, isRead: boolean]>([
	['each in its place', [0, 1], 2, true],
	['with some missing', [undefined, 0, null], 1, true],
	['in reverse order', [1, 0], 2, false],
	['used twice', [0, 0], 2, false],
	['with a number that has no content', [0, 1], 1, false],
	['with one content outside the documents', [0], 2, false],
	['without any document', [], 1, false],
])('contents %s', (_, indexes, contents, isRead) => {
	const documentList = indexes.map((signedContent) => ({ externalReference: 'R', signedContent }));
	const all = Array.from({ length: contents }, (__, at) => Buffer.from(`${at}`));
	const documents = read({ id: 7, documentList }, all)?.documents;
	const expected = indexes.map((index) => (typeof index === 'number' ? all[index] : undefined));
	expect(documents?.map(({ content }) => content)).toEqual(isRead ? expected : undefined);
});

test('a content that is empty or not base64 is left out', () => {
	const documentList = [{ signedContent: 0 }, { signedContent: 1 }];
	expect(read({ id: 7, documentList }, [Buffer.alloc(0), 'not base64'])?.documents).toEqual([
		{ externalReference: '' },
		{ externalReference: '', contentFlaw: 'is not base64' },
	]);
});

test.each<[value: unknown, length: number | undefined]>([
	[7, 7],
	['7', 7],
	[0, undefined],
	[-7, undefined],
	[1.5, undefined],
	['x', undefined],
	[true, undefined],
	[null, undefined],
])('a length of %j is %s', (contentLength, length) => {
	expect(read({ id: 7, documentList: [{ contentLength }] })?.documents[0]?.contentLength).toBe(
		length,
	);
});

test.each<[value: unknown, isOne: boolean]>([
	[{}, true],
	[[], false],
	[null, false],
	['text', false],
	[7, false],
	[undefined, false],
])('%j is a record: %s', (value, isOne) => {
	expect(isRecord(value)).toBe(isOne);
});

test('a property of a value without properties is undefined', () => {
	expect([{ a: 1 }, {}, null, undefined, 'a', 7].map((value) => property(value, 'a'))).toEqual([
		1,
		...Array.from({ length: 5 }, () => undefined),
	]);
});

test('parsed JSON keeps every digit of a whole number, and is undefined when it is not JSON', () => {
	const numbers = '[9007199254740993,-9007199254740993,1.5,1e300,7,"8"]';
	const kept = ['9007199254740993', '-9007199254740993', 1.5, 1e300, 7, '8'];
	expect(parseJson(numbers)).toEqual(kept);
	expect([parseJson('{'), parseJson('')]).toEqual([undefined, undefined]);
});

/** When Lisbon and UTC have the same time, and when Lisbon is an hour ahead. */
const [winter, summer] = [Date.UTC(2025, 0, 15, 10), Date.UTC(2025, 6, 15, 10)];
const hour = 3_600_000;

test.each<[given: string, date: string, at: number, zoneGiven: boolean]>([
	['2025-01-15 10:00:00.123', '2025-01-15T10:00:00.123+00:00', winter + 123, false],
	['2025-07-15 10:00:00', '2025-07-15T10:00:00+01:00', summer - hour, false],
	[' 2025-07-15T10:00:00 ', '2025-07-15T10:00:00+01:00', summer - hour, false],
	['2025-07-15T10:00:00Z', '2025-07-15T10:00:00Z', summer, true],
	['2025-07-15T10:00:00.5Z', '2025-07-15T10:00:00.5Z', summer + 500, true],
	['2025-07-15T10:00:00+02:00', '2025-07-15T10:00:00+02:00', summer - 2 * hour, true],
	['2025-07-15T10:00:00.000+0000', '2025-07-15T10:00:00.000+0000', summer, true],
])('the date %j is %j, at %i, zone given: %s', (given, creationDate, createdAt, zoneGiven) => {
	expect(datesOf(given)).toEqual({ creationDate, createdAt, zoneGiven });
});

test.each([
	'x2025-07-15T10:00:00',
	'x2025-07-15T10:00:00Z',
	'2025-13-15T10:00:00',
	'2025-13-15T10:00:00Z',
	'2025-07-15',
	'2025-07-15 10:00',
	'1752573600000',
	'soon',
])('%j stays as it is, and is not a point in time', (given) => {
	expect(datesOf(given)).toEqual({ creationDate: given });
});

test('an operation without a date has none', () => {
	expect(datesOf(undefined)).toEqual({});
	expect(read({ id: 7 })).not.toHaveProperty('createdAt');
	expect(read({ id: 7, creationDate: '2025-07-15T10:00:00Z' })).toMatchObject({
		createdAt: summer,
		zoneGiven: true,
	});
});

test('the catalogue contains the codes that are documented or were seen, and what each one means', () => {
	const classes: Record<string, RefusalClass> = {
		'0.0.1': 'unknown',
		'0.0.2': 'rejected',
		'0.0.3': 'rejected',
		'0.0.4': 'rejected',
		'0.0.5': 'unknown',
		'0.0.6': 'rejected',
		'0.0.7': 'duplicate',
		'0.0.10': 'token',
		'1.1.0': 'rejected',
		'1.1.1': 'rejected',
		'1.1.2': 'rejected',
		'1.1.3': 'rejected',
		'1.1.4': 'rejected',
		'1.2.0': 'rejected',
		'1.3.0': 'rejected',
		'2.2.1': 'rejected',
	};
	const codes = [...errorCodes.entries()];
	expect(Object.fromEntries(codes.map(([code, one]) => [code, one.class]))).toEqual(classes);
	const ofReference = codes.filter(([, one]) => one.ofReference).map(([code]) => code);
	expect(ofReference).toEqual(['0.0.1', '0.0.2', '0.0.6']);
	expect([...signErrors.entries()].map(([name, { of }]) => [name, of])).toEqual([
		['INVALID_CERT_SERVICE_CREDS', undefined],
		['INVALID_CERT_ACCESS_ACCOUNT', undefined],
		['CERT_SERVICE_GLOBAL_ERROR', undefined],
		['CONFIGURATION_SIGN_ERROR', 'document'],
		['TIMESTAMP_SIGN_ERROR', undefined],
		['INVALID_CERTIFICATE_SIGN_ERROR', undefined],
		['STORAGE_SERVICE_GLOBAL_ERROR', 'signed'],
		['SIGN_OPERATION_INTERNAL_ERROR', undefined],
	]);
});
