import fc from 'fast-check';
import type { SignRequest } from '../../nodes/SignStash/service/messages';
import { readContents } from '../../nodes/SignStash/service/readContents';
import { writeRequest } from '../../nodes/SignStash/service/writeRequest';

/** Text that tries to look like what the wire looks for. */
const trickyText = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.constantFrom(
		'"base64Content":""',
		'"signedContent"',
		'"signedContent":"AAAA"',
		'\\"',
		'ção €',
	),
);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const requests: fc.Arbitrary<SignRequest> = fc.record({
	externalReference: trickyText,
	description: trickyText,
	documents: fc.array(
		fc.record({
			documentRequest: fc.record({
				externalReference: trickyText,
				name: trickyText,
				contentType: fc.constantFrom('application/pdf' as const, 'text/xml' as const),
				content: bytes,
			}),
			signatureInfo: fc.record({
				signatureType: fc.constant('PAdES' as const),
				reason: trickyText,
			}),
		}),
		{ maxLength: 4 },
	),
});

test('a request is written as JSON with each content in base64', () => {
	fc.assert(
		fc.property(requests, (request) => {
			const documents = request.documents.map(({ documentRequest, signatureInfo }) => {
				const { content, ...rest } = documentRequest;
				return {
					documentRequest: { ...rest, base64Content: content.toString('base64') },
					signatureInfo,
				};
			});
			const body = writeRequest(request);
			expect(JSON.parse(body.toString())).toEqual({ ...request, documents });
		}),
	);
});

/** Content of more than one piece, at every length that base64 pads differently. */
test.each([196_607, 196_608, 196_609, 400_001])(
	'%i bytes survive the way there and back',
	(length) => {
		const content = Buffer.alloc(length, 'Sign');
		const documentRequest = {
			externalReference: 'R',
			name: 'n',
			contentType: 'text/xml',
			content,
		} as const;
		const signatureInfo = { signatureType: 'XAdES' } as const;
		const request = {
			externalReference: 'R',
			description: 'd',
			documents: [{ documentRequest, signatureInfo }],
		};
		const body = writeRequest(request).toString().replace('base64Content', 'signedContent');
		const { contents } = readContents(Buffer.from(body));
		expect(contents).toHaveLength(1);
		expect(contents[0]?.equals(content)).toBe(true);
	},
);

test('contents are taken out of an answer, and nothing else is changed', () => {
	const documents = fc.array(fc.record({ name: trickyText, signedContent: bytes }), {
		maxLength: 4,
	});
	fc.assert(
		fc.property(documents, trickyText, fc.boolean(), (list, text, indented) => {
			const answer = {
				text,
				list: list.map(({ name, signedContent }) => ({
					name,
					signedContent: signedContent.toString('base64'),
				})),
			};
			const { json, contents } = readContents(
				Buffer.from(JSON.stringify(answer, null, indented ? 1 : 0)),
			);
			const filled = list.filter(({ signedContent }) => signedContent.length > 0);
			let next = 0;
			expect(JSON.parse(json)).toEqual({
				text,
				list: list.map(({ name, signedContent }) => ({
					name,
					signedContent: signedContent.length > 0 ? next++ : '',
				})),
			});
			expect(contents).toEqual(filled.map(({ signedContent }) => signedContent));
		}),
	);
});

test.each([
	['escaped slashes', '{"signedContent":"ab\\/d"}'],
	['line breaks', '{"signedContent":"abcd\\r\\nabcd"}'],
	['no base64', '{"signedContent":"a-b!"}'],
	['a number', '{"signedContent":7}'],
	['a cut answer', '{"signedContent":"abcd'],
])('%s stay in the JSON', (_, text) => {
	expect(readContents(Buffer.from(text))).toEqual({ json: text, contents: [] });
});
