import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PDFDocument } from 'pdf-lib';
import type { Sandbox } from '../Sandbox.mts';
import type { OperationDocument, SignatureInfo } from '../types.mts';
import { open, SIGN, signRequest, type Caller } from './Caller.mts';

const UBL = `<?xml version="1.0"?>
<Invoice xmlns="urn:example:invoice"><SignatureInformation/><ID>FT 2025/1</ID></Invoice>`;

const XADES: SignatureInfo = {
	signatureType: 'XAdES',
	advancedSignatureInfo: {
		signatureLocation: 'SignatureInformation',
		signatureTransform: 'ENVELOPED',
		canonicalTransform: 'EXCLUSIVE_WITH_COMMENTS',
	},
};

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open({ mode: 'sign' }));
});
after(async () => await sandbox.close());

async function pdf(): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.addPage().drawText('An invoice');
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** Sends one document to be signed. @returns what became of it, and its signed bytes */
async function signOne(
	content: Buffer,
	contentType: 'application/pdf' | 'text/xml',
	signatureInfo: SignatureInfo,
): Promise<{ document: OperationDocument | undefined; signed: string }> {
	const request = signRequest([{ contentType, signatureInfo }], { returnSignedContent: true });
	for (const { documentRequest } of request.documents) {
		documentRequest.base64Content = content.toString('base64');
	}
	const response = await alpha.raw(SIGN, {
		method: 'POST',
		contentType: 'application/json',
		body: JSON.stringify(request),
	});
	const { documentList }: { documentList: OperationDocument[] } = JSON.parse(await response.text());
	const [document] = documentList;
	const signed = Buffer.from(document?.signedContent ?? '', 'base64').toString('latin1');
	return { document, signed };
}

describe('a document sent to a sandbox that really signs', () => {
	it('comes back as a PDF with a PAdES signature', async () => {
		const { signed } = await signOne(await pdf(), 'application/pdf', { signatureType: 'PAdES' });
		assert.match(signed, /^%PDF-/);
		assert.match(signed, /\/ETSI\.CAdES\.detached/);
	});

	it('comes back as XML with a signature under the given element', async () => {
		const { signed } = await signOne(Buffer.from(UBL), 'text/xml', XADES);
		assert.match(signed, /<SignatureInformation>\s*<(\w+:)?Signature /);
	});

	it('fails with CONFIGURATION_SIGN_ERROR when it lacks that element', async () => {
		const { document, signed } = await signOne(Buffer.from('<Invoice/>'), 'text/xml', XADES);
		assert.deepEqual([document?.signError, signed], ['CONFIGURATION_SIGN_ERROR', '']);
	});

	it('fails when it is not what its content type says', async () => {
		for (const [contentType, info] of [
			['application/pdf', { signatureType: 'PAdES' }],
			['text/xml', XADES],
		] as const) {
			const { document } = await signOne(Buffer.from('neither'), contentType, info);
			assert.equal(document?.signStatus, 'ERROR_SIGNING', contentType);
		}
	});
});
