import fc from 'fast-check';
import { contentOf } from '../../nodes/SignStash/bytes/Content';
import {
	againReference,
	baseReference,
	comparable,
	derivedReference,
	digestOf,
	referenceRow,
	rowReference,
	safeReference,
} from '../../nodes/SignStash/signing/references';
import type { SignatureInfo } from '../../nodes/SignStash/service/messages';

const info: SignatureInfo = { signatureType: 'PAdES', applyTimestamp: false };

describe('external references', () => {
	test.each([
		['FT 2025/123', 'FT_2025_123'],
		['  a\tb ', 'a_b'],
		['50%;x?y#z\\w', '50__x_y_z_w'],
		['NC-1.pdf', 'NC-1.pdf'],
		['.', '_'],
		['..', '__'],
		['...', '...'],
		['.a', '.a'],
		['a.', 'a.'],
		['a\u0000\ud800b', 'a__b'],
	])('%j becomes %j', (given, safe) => {
		expect(safeReference(given)).toBe(safe);
	});

	test('are made safe for a URL path, and stay unchanged when they are safe already', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 1 }), (given) => {
				const safe = safeReference(given);
				const { pathname } = new URL(`http://service/id/${encodeURIComponent(safe)}/end`);
				expect(decodeURIComponent(pathname)).toBe(`/id/${safe}/end`);
				expect(safe).not.toMatch(/[\s/\\%;?#]/);
				expect(safeReference(safe)).toBe(safe);
			}),
		);
	});

	test('derived: the same request gets the same reference, whatever the order of its settings', () => {
		const same = { applyTimestamp: false, signatureType: 'PAdES' } as const;
		expect(derivedReference('client', 'digest', same)).toEqual(
			derivedReference('client', 'digest', info),
		);
	});

	test('derived: another client, content or setting makes another reference', () => {
		const base = derivedReference('client', 'a', info);
		const others = [
			derivedReference('client2', 'a', info),
			derivedReference('client', 'b', info),
			derivedReference('client', 'a', { ...info, reason: 'r' }),
		];
		const references = [base, ...others].map(({ reference }) => reference);
		expect(new Set(references).size).toBe(4);
	});

	test('derived: exactly as earlier versions of the node did, or a document would be signed again', () => {
		const fingerprint = '2f56122add792a275c4969bcfefaab73416511b7d21f6802bb1843d3044643dc';
		const ubl = {
			signatureTransform: 'ENVELOPED',
			signatureLocation: 'SignatureInformation',
			canonicalTransform: 'EXCLUSIVE',
		} as const;
		const settings = { signatureType: 'XAdES', applyTimestamp: true } as const;
		expect(
			derivedReference('client', 'a'.repeat(64), { ...settings, advancedSignatureInfo: ubl }),
		).toEqual({ reference: `client-${fingerprint}`, fingerprint });
		expect(derivedReference('a client', '', info).reference).toMatch(/^a_client-[0-9a-f]{64}$/);
	});

	test('the digest of a content is that of its bytes, whatever pieces they arrive in', async () => {
		const content = {
			...contentOf(Buffer.from('abc')),
			async *pieces() {
				yield Buffer.from('a');
				yield Buffer.from('bc');
			},
		};
		expect(await digestOf(content)).toBe(
			'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
		);
	});

	test.each([
		['R', 'r'],
		['FT 2025', ' FT%202025\n'],
		['50%', ' 50% '],
		['ÁÇ', '%C3%81%C3%A7'],
		['R', '%20R%20'],
		['50%X', '50%x'],
		['a', 'A'],
	])('%j and %j count as the same', (one, other) => {
		expect(comparable(one)).toBe(comparable(other));
	});

	test.each([
		['R', 'R1'],
		['R_1', 'R-1'],
		['R', ''],
	])('%j and %j do not count as the same', (one, other) => {
		expect(comparable(one)).not.toBe(comparable(other));
	});

	test('one more signature has a separate row for each execution', () => {
		const own = againReference('R', '12.ab');
		expect([own, againReference('R', '13.ab')]).toEqual(['R~run12.ab', 'R~run13.ab']);
		expect(referenceRow(own)).not.toContain('R');
		expect(baseReference(rowReference(own, 2))).toBe(own);
		expect(safeReference(own)).toBe(own);
	});

	test('form the row of attempts', () => {
		expect(referenceRow('R')).toEqual(['R', 'R~2', 'R~3', 'R~4', 'R~5']);
		expect(referenceRow('R~3')).toEqual(['R~3', 'R', 'R~2', 'R~4', 'R~5']);
		expect(referenceRow('R~2b')).toEqual(['R~2b', 'R~2b~2', 'R~2b~3', 'R~2b~4', 'R~2b~5']);
		expect(referenceRow('R~1')[1]).toBe('R~1~2');
		expect(referenceRow('R~6')).toEqual(['R~6', 'R~6~2', 'R~6~3', 'R~6~4', 'R~6~5']);
	});
});
