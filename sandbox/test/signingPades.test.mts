import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BaseBlock, fromBER } from 'asn1js';
import { PDFDict, PDFDocument, PDFHexString, PDFName } from 'pdf-lib';
import { ContentInfo, SignedData } from 'pkijs';
import { createSigningAuthority } from '../signing/index.mts';
import { SignFault } from '../signing/SignFault.mts';
import type { SignatureInfo } from '../types.mts';
import { drawnFields } from './render.mts';
import { makePdf } from './signables.mts';
import { pdfSignatures, tampered, verifyPdf, verifyTimestamp } from './verify.mts';

const SIGNING_TIME = '1.2.840.113549.1.9.5';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const TIME_STAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';

const authority = await createSigningAuthority();
const { caPem } = authority.certificates;

async function sign(pdf: Buffer, info: Partial<SignatureInfo> = {}): Promise<Buffer> {
	return await authority.sign(pdf, 'application/pdf', { signatureType: 'PAdES', ...info });
}

/** The signer of the last signature, as another library reads it. */
function signerOf(pdf: Buffer): SignedData['signerInfos'][number] {
	const message = pdfSignatures(pdf).at(-1)?.message ?? Buffer.alloc(0);
	const info = new ContentInfo({ schema: fromBER(new Uint8Array(message)).result });
	const [signer] = new SignedData({ schema: info.content }).signerInfos;
	assert(signer !== undefined);
	return signer;
}

/** The dictionary of the only signature. */
async function dictionaryOf(pdf: Buffer): Promise<PDFDict> {
	const form = (await PDFDocument.load(pdf, { updateMetadata: false })).catalog.getAcroForm();
	const value = form?.getAllFields()[0]?.[0].V();
	assert(value instanceof PDFDict);
	return value;
}

const WRITTEN = {
	'a cross-reference table': await makePdf(),
	'cross-reference and object streams': await makePdf({ streams: true }),
	'several pages and a field': await makePdf({ pages: 3, field: 'Seal', streams: true }),
	'something after its end': Buffer.concat([await makePdf(), Buffer.from('\r\n\0\0')]),
	'something before its start': Buffer.concat([Buffer.from('\r\n'), await makePdf()]),
	'no line end at its end': (await makePdf()).subarray(0, -1),
	'broken cross-references': Buffer.from(
		(await makePdf()).toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'),
		'latin1',
	),
};

describe('a PDF', () => {
	for (const [name, pdf] of Object.entries(WRITTEN)) {
		it(`with ${name} is signed, and a changed octet breaks the signature`, async () => {
			const signed = await sign(pdf);
			assert((await verifyPdf(signed, caPem)).ok);
			const text = tampered(signed, signed.indexOf('/Type') + 3);
			const date = tampered(signed, signed.lastIndexOf('/M (D:') + 8);
			for (const changed of [text, date]) assert(!(await verifyPdf(changed, caPem)).ok);
		});
	}

	it('keeps its octets when it is signed', async () => {
		const pdf = await makePdf({ streams: true });
		assert.deepEqual((await sign(pdf)).subarray(0, pdf.length), pdf);
	});

	it('is not completely signed once something is appended', async () => {
		const appended = Buffer.concat([await sign(await makePdf()), Buffer.from('more')]);
		assert(!(await verifyPdf(appended, caPem)).ok);
	});

	for (const streams of [false, true]) {
		it(`signed again keeps its signatures, streams: ${streams}`, async () => {
			let pdf = await makePdf({ streams });
			for (const reason of ['first', 'second', 'third']) pdf = await sign(pdf, { reason });
			const { ok, count } = await verifyPdf(pdf, caPem);
			assert.deepEqual([ok, count], [true, 3]);
			const form = (await PDFDocument.load(pdf)).catalog.getAcroForm();
			const names = form?.getAllFields().map(([field]) => field.getFullyQualifiedName());
			assert.deepEqual(names, ['Signature1', 'Signature2', 'Signature3']);
		});
	}

	it('of many megabytes is signed', async () => {
		const document = await PDFDocument.create();
		for (let page = 0; page < 20; page += 1) {
			const image = document.context.register(document.context.stream(randomBytes(1_000_000)));
			document.addPage().node.set(PDFName.of('Image'), image);
		}
		const signed = await sign(Buffer.from(await document.save({ useObjectStreams: false })));
		assert((await verifyPdf(signed, caPem)).ok);
	});
});

describe('a PAdES signature', () => {
	it('says why, where, when and by whom', async () => {
		const reason = 'Faturação – 請求';
		const dictionary = await dictionaryOf(
			await sign(await makePdf(), { reason, location: 'Lisboa' }),
		);
		const text = (key: string): string =>
			dictionary.lookup(PDFName.of(key), PDFHexString).decodeText();
		assert.equal(text('Reason'), reason);
		assert.equal(text('Location'), 'Lisboa');
		assert.match(text('Name'), /^Sandbox Seal of /);
		assert.equal(dictionary.get(PDFName.of('SubFilter')), PDFName.of('ETSI.CAdES.detached'));
		assert(dictionary.has(PDFName.of('M')));
	});

	it('has no reason and no location when none is given', async () => {
		const dictionary = await dictionaryOf(await sign(await makePdf()));
		assert(!dictionary.has(PDFName.of('Reason')));
		assert(!dictionary.has(PDFName.of('Location')));
	});

	it('names its certificate, and leaves the time to the dictionary', async () => {
		const attributes = signerOf(await sign(await makePdf())).signedAttrs?.attributes ?? [];
		const types = attributes.map(({ type }) => type);
		assert(types.includes(SIGNING_CERTIFICATE_V2));
		assert(!types.includes(SIGNING_TIME));
	});

	it('has a time stamp over its value if asked to', async () => {
		const signed = await sign(await makePdf(), { applyTimestamp: true });
		assert((await verifyPdf(signed, caPem)).ok);
		const { unsignedAttrs, signature } = signerOf(signed);
		const [attribute] = unsignedAttrs?.attributes ?? [];
		assert.equal(attribute?.type, TIME_STAMP_TOKEN);
		const [stamp]: unknown[] = attribute.values;
		assert(stamp instanceof BaseBlock);
		const token = Buffer.from(stamp.valueBeforeDecodeView);
		const value = Buffer.from(signature.valueBlock.valueHexView);
		assert((await verifyTimestamp(token, value, caPem)).ok);
		assert(!(await verifyTimestamp(token, tampered(value, 0), caPem)).ok);
	});
});

describe('an encrypted PDF', () => {
	const folder = new URL('../../test/fixtures/encrypted/', import.meta.url);
	for (const name of readdirSync(folder).filter((one) => one.endsWith('.pdf'))) {
		const pdf = readFileSync(new URL(name, folder));
		const opens = name.startsWith('restricted') && !name.includes('streams');
		it(`is signed if it opens without a password, else a configuration error: ${name}`, async () => {
			const visibleSignatureInfo = {
				locationType: 'COORDINATE',
				locationValue: 'page=1,x=1,y=1',
			} as const;
			const info = { reason: 'Encrypted', visibleSignatureInfo };
			if (!opens) {
				await assert.rejects(
					sign(pdf, info),
					(fault) => fault instanceof SignFault && fault.signError === 'CONFIGURATION_SIGN_ERROR',
				);
				return;
			}
			const signed = await sign(pdf, info);
			assert.deepEqual(signed.subarray(0, pdf.length), pdf);
			assert((await verifyPdf(signed, caPem)).ok);
			const [field] = await drawnFields(signed);
			assert.match(field?.text ?? '', /Digitally signed by Sandbox Seal[^]*Reason: Encrypted/);
		});
	}
});

describe('a PDF that cannot be signed', () => {
	const whole = WRITTEN['a cross-reference table'];
	const unreadable: Readonly<Record<string, Buffer>> = {
		nothing: Buffer.alloc(0),
		'half a file': whole.subarray(0, whole.length >> 1),
		'one whose encryption cannot be read': Buffer.from(
			whole.toString('latin1').replace('/Root', '/Encrypt << /Filter /Standard >> /Root'),
			'latin1',
		),
	};
	const changed = (from: RegExp, to: string): Buffer =>
		Buffer.from(whole.toString('latin1').replace(from, to), 'latin1');
	const circular: Readonly<Record<string, Buffer>> = {
		'pages that lead back to themselves': changed(/\/Kids \[ \d+ 0 R \]/, '/Kids [ 1 0 R ]'),
		'a page that is its own parent': changed(/\/Parent 1 0 R/, '/Parent 4 0 R'),
		'a form whose fields lead back to themselves': changed(
			/\/Type \/Catalog/,
			'/Type /Catalog /AcroForm << /Fields [ 2 0 R ] >> /Kids [ 2 0 R ]',
		),
	};
	for (const [name, pdf] of Object.entries(circular)) {
		it(`is signed, or a configuration error: ${name}`, async () => {
			const outcome = await sign(pdf).then(
				() => 'signed',
				(fault: unknown) => (fault instanceof SignFault ? fault.signError : fault),
			);
			assert(outcome === 'signed' || outcome === 'CONFIGURATION_SIGN_ERROR', String(outcome));
		});
	}
	for (const [name, pdf] of Object.entries(unreadable)) {
		it(`is a configuration error: ${name}`, async () => {
			await assert.rejects(
				sign(pdf),
				(fault) => fault instanceof SignFault && fault.signError === 'CONFIGURATION_SIGN_ERROR',
			);
		});
	}
});
