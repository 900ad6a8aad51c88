import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSigningAuthority } from '../../../sandbox/signing/index.mts';
import { root } from '../../n8n/root.mts';
import { verifyPdf } from '../pdf.mts';
import { standsUnderSignatureInformation, tamper, verifyXml } from '../xml.mts';

const examples = join(root, 'examples', 'documents');
const folder = mkdtempSync(join(tmpdir(), 'signstash-verify-'));
const pdf = join(folder, 'a.pdf');
const xml = join(folder, 'a.xml');
const xmlInstructed = join(folder, 'instructed.xml');
const ca = join(folder, 'ca.pem');
const foreignCa = join(folder, 'foreign.pem');

/** Makes a call as on a machine that has none of the tools. */
function withoutTools<Given extends unknown[], Out>(call: (...given: Given) => Out) {
	return (...given: Given): Out => {
		const { PATH: path } = process.env;
		process.env.PATH = folder;
		try {
			return call(...given);
		} finally {
			process.env.PATH = path;
		}
	};
}

before(async () => {
	const authority = await createSigningAuthority();
	const read = (name: string): Buffer => readFileSync(join(examples, name));
	const ubl = {
		signatureLocation: 'SignatureInformation',
		signatureTransform: 'ENVELOPED',
		canonicalTransform: 'EXCLUSIVE_WITH_COMMENTS',
	} as const;
	writeFileSync(ca, authority.certificates.caPem);
	writeFileSync(foreignCa, (await createSigningAuthority()).certificates.caPem);
	writeFileSync(
		pdf,
		await authority.sign(read('invoice.pdf'), 'application/pdf', { signatureType: 'PAdES' }),
	);
	const signXml = async (content: Buffer | string): Promise<Buffer> =>
		await authority.sign(Buffer.from(content), 'text/xml', {
			signatureType: 'XAdES',
			advancedSignatureInfo: ubl,
		});
	const plain = read('invoice-with-extension.xml');
	writeFileSync(xml, await signXml(plain));
	const styled = plain.toString().replace('?>', '?>\n<?style sheet="a.xsl"?>\n<!-- styled -->');
	writeFileSync(xmlInstructed, await signXml(`${styled}\n<?end of="file"?>\n`));
});
after(() => rmSync(folder, { recursive: true }));

describe('a signed file verifies, and one changed byte is found', () => {
	for (const [name, verify] of [
		['with the tools of this machine', verifyPdf],
		['where no tool is installed', withoutTools(verifyPdf)],
	] as const) {
		it(`PDF, ${name}`, async () => {
			const verdict = await verify(pdf, ca);
			assert.equal(verdict.ok, true, verdict.detail);
			const copy = join(folder, 'changed.pdf');
			tamper(pdf, '/MediaBox', copy);
			assert.equal((await verify(copy, ca)).ok, false);
		});
	}

	for (const [name, verify] of [
		['with the tools of this machine', verifyXml],
		['where no tool is installed', withoutTools(verifyXml)],
	] as const) {
		it(`XML, ${name}`, () => {
			assert.equal(verify(xml, ca).ok, true, verify(xml, ca).detail);
			assert.equal(standsUnderSignatureInformation(xml), true);
			const copy = join(folder, 'changed.xml');
			tamper(xml, 'FT 2025/123', copy);
			assert.equal(verify(copy, ca).ok, false);
		});
	}
});

describe('what a valid signature alone does not prove is checked too', () => {
	for (const [name, verify] of [
		['with the tools of this machine', verifyPdf],
		['where no tool is installed', withoutTools(verifyPdf)],
	] as const) {
		it(`bytes appended to a signed PDF are found, ${name}`, async () => {
			const copy = join(folder, 'appended.pdf');
			writeFileSync(copy, Buffer.concat([readFileSync(pdf), Buffer.from('\n% appended\n')]));
			assert.equal((await verify(copy, ca)).ok, false);
		});

		it(`a PDF signer from another authority is rejected, ${name}`, async () => {
			assert.equal((await verify(pdf, foreignCa)).ok, false);
		});
	}

	for (const [name, verify] of [
		['with the tools of this machine', verifyXml],
		['where no tool is installed', withoutTools(verifyXml)],
	] as const) {
		it(`instructions around the root of an XML document are signed too, ${name}`, () => {
			const verdict = verify(xmlInstructed, ca);
			assert.equal(verdict.ok, true, verdict.detail);
			const copy = join(folder, 'changed-instruction.xml');
			for (const text of ['a.xsl', 'of="file"']) {
				tamper(xmlInstructed, text, copy);
				assert.equal(verify(copy, ca).ok, false);
			}
		});

		it(`an XML signer from another authority is rejected, ${name}`, () => {
			assert.equal(verify(xml, foreignCa).ok, false);
		});
	}

	it('an unsigned PDF and an unsigned XML file do not pass', async () => {
		assert.equal((await verifyPdf(join(examples, 'invoice.pdf'), ca)).ok, false);
		assert.equal(verifyXml(join(examples, 'invoice.xml'), ca).ok, false);
		assert.equal(standsUnderSignatureInformation(join(examples, 'invoice.xml')), false);
	});

	it('a signature under a namesake of SignatureInformation does not count as the real one', () => {
		const copy = join(folder, 'namesake.xml');
		const text = readFileSync(xml, 'utf8');
		writeFileSync(copy, text.replaceAll('SignatureAggregateComponents-2', 'Another-2'));
		assert.equal(standsUnderSignatureInformation(copy), false);
	});
});
