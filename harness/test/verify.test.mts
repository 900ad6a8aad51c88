import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSigningAuthority } from '../../sandbox/signing/index.mts';
import { root } from '../root.mts';
import { verifyPdf, verifyPdfByLibrary } from '../verify/pdf.mts';
import { signatureStandsUnder, tamper, verifyXml, verifyXmlByLibrary } from '../verify/xml.mts';

const examples = join(root, 'examples', 'documents');
const folder = mkdtempSync(join(tmpdir(), 'signstash-verify-'));
const [pdf, xml, ca] = ['a.pdf', 'a.xml', 'ca.pem'].map((name) => join(folder, name)) as [
	string,
	string,
	string,
];

before(async () => {
	const authority = await createSigningAuthority();
	const read = (name: string): Buffer => readFileSync(join(examples, name));
	const ubl = {
		signatureLocation: 'SignatureInformation',
		signatureTransform: 'ENVELOPED',
		canonicalTransform: 'EXCLUSIVE_WITH_COMMENTS',
	} as const;
	writeFileSync(ca, authority.certificates.caPem);
	writeFileSync(
		pdf,
		await authority.sign(read('invoice.pdf'), 'application/pdf', { signatureType: 'PAdES' }),
	);
	writeFileSync(
		xml,
		await authority.sign(read('invoice-with-extension.xml'), 'text/xml', {
			signatureType: 'XAdES',
			advancedSignatureInfo: ubl,
		}),
	);
});
after(() => rmSync(folder, { recursive: true }));

describe('a signed file verifies, and one changed byte is found', () => {
	for (const [name, verify] of [
		['as this machine can', verifyPdf],
		['by the library', verifyPdfByLibrary],
	] as const) {
		it(`PDF, ${name}`, async () => {
			assert.equal((await verify(pdf)).ok, true, (await verify(pdf)).detail);
			const copy = join(folder, 'changed.pdf');
			tamper(pdf, '/MediaBox', copy);
			assert.equal((await verify(copy)).ok, false);
		});
	}

	for (const [name, verify] of [
		['as this machine can', verifyXml],
		['by the library', verifyXmlByLibrary],
	] as const) {
		it(`XML, ${name}`, () => {
			assert.equal(verify(xml, ca).ok, true, verify(xml, ca).detail);
			assert.equal(signatureStandsUnder(xml, 'SignatureInformation'), true);
			const copy = join(folder, 'changed.xml');
			tamper(xml, 'FT 2025/123', copy);
			assert.equal(verify(copy, ca).ok, false);
		});
	}
});
