import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ContentJsonFault, ContentNames, parseContentJson } from '../wire/contentJson.mts';

/** The value with every content back in place of its name. */
function restored(json: string | Buffer): unknown {
	const { value, contents } = parseContentJson(Buffer.from(json));
	const text = JSON.stringify(value, (key, part: unknown) =>
		key === 'base64Content' && typeof part === 'string'
			? contents.get(part)?.toString('base64')
			: part,
	);
	return JSON.parse(text);
}

describe('a body with contents', () => {
	it('is parsed the way JSON.parse does it, whatever else it contains', () => {
		const bytes = fc
			.uint8Array({ maxLength: 40 })
			.map((raw) => Buffer.from(raw).toString('base64'));
		const text = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.constantFrom('base64Content', '"base64Content":"AAAA"', '\\"base64Content\\":"'),
		);
		const body = fc.array(
			fc.record(
				{ base64Content: bytes, name: text, tags: fc.array(text), [`"base64Content"`]: text },
				{ requiredKeys: [], noNullPrototype: true },
			),
		);
		fc.assert(
			fc.property(body, fc.constantFrom(undefined, '\t'), (value, indent) => {
				assert.deepEqual(restored(JSON.stringify(value, null, indent)), value);
			}),
		);
	});

	it('may have escaped and folded content', () => {
		const json = '{"base64Content" : "YW\\/\\/\\r\\nYQ=="}';
		const { contents } = parseContentJson(Buffer.from(json));
		assert.deepEqual([...contents.values()], [Buffer.from('YW//YQ==', 'base64')]);
	});

	it('may have something else in place of the content', () => {
		const value = [{ base64Content: null }, { base64Content: 5 }, 'base64Content'];
		assert.deepEqual(restored(JSON.stringify(value)), value);
	});

	it('is refused when its content is not base64 or the body is not JSON', () => {
		for (const content of ['a*c=', 'ab cd', 'a']) {
			const json = Buffer.from(JSON.stringify({ base64Content: content }));
			assert.throws(() => parseContentJson(json), ContentJsonFault, content);
		}
		for (const json of ['', '{', '{"base64Content":"AAAA', '{"base64Content":"AAAA"']) {
			assert.throws(() => parseContentJson(Buffer.from(json)), SyntaxError, json);
		}
	});
});

describe('an answer with contents', () => {
	it('is written the way JSON.stringify does it', () => {
		const content = fc.uint8Array({ maxLength: 40 }).map((raw) => Buffer.from(raw));
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), content)), (documents) => {
				const names = new ContentNames();
				const named = documents.map(([name, bytes]) => ({ name, signed: names.name(bytes) }));
				const plain = documents.map(([name, bytes]) => ({
					name,
					signed: bytes.toString('base64'),
				}));
				const written = Buffer.concat(names.stringify(named)).toString();
				assert.equal(written, JSON.stringify(plain));
			}),
		);
	});
});
