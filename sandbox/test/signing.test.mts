import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ExclusiveCanonicalization } from 'xml-crypto';
import { PDFDocument } from 'pdf-lib';
import { createSigningAuthority } from '../signing/index.mts';
import { SignFault } from '../signing/SignFault.mts';
import { elements, parse } from '../signing/xades/parse.mts';
import type { SignatureInfo } from '../types.mts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const folder = mkdtempSync(join(tmpdir(), 'signing-'));
after(() => rmSync(folder, { recursive: true }));
const authority = await createSigningAuthority();
const { caPem, signerPem } = authority.certificates;

function file(name: string, content: Buffer | string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}
const ca = file('ca.pem', `${caPem}\n`);

const run = (command: string, ...args: string[]): string => {
	const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
	return `${status}\n${stdout}\n${stderr}`;
};
const installed = (command: string): boolean =>
	spawnSync(command, ['--version']).error === undefined;

/** Whether openssl takes a CMS message, over a detached content when one is given. */
function cmsVerifies(message: Buffer, content?: Buffer): boolean {
	const detached = content === undefined ? [] : ['-binary', '-content', file('content', content)];
	const common = ['-inform', 'DER', '-CAfile', ca, '-purpose', 'any', ...detached];
	const out = join(folder, 'out');
	return run(
		'openssl',
		'cms',
		'-verify',
		'-in',
		file('cms', message),
		'-out',
		out,
		...common,
	).startsWith('0\n');
}

function changed(content: Buffer, at: number): Buffer {
	const copy = Buffer.from(content);
	copy[at] ^= 1;
	return copy;
}

async function fault(content: string | Buffer, info: SignatureInfo): Promise<void> {
	await assert.rejects(
		authority.sign(Buffer.from(content), 'x', info),
		(error) => error instanceof SignFault && error.signError === 'CONFIGURATION_SIGN_ERROR',
	);
}

async function pdf(): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.addPage().drawText('Invoice');
	return Buffer.from(await document.save());
}

function pdfVerifies(signed: Buffer): boolean {
	const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(signed.toString('latin1'));
	assert(range);
	const [a, b, c, d] = range.slice(1).map(Number);
	assert.equal(c + d, signed.length);
	const message = Buffer.from(signed.toString('latin1', b + 1, c - 1), 'hex');
	return cmsVerifies(message, Buffer.concat([signed.subarray(a, b), signed.subarray(c)]));
}

describe('PAdES', () => {
	for (const applyTimestamp of [false, true]) {
		it(`verifies, time stamp ${applyTimestamp}, and not with a changed byte`, async () => {
			const signed = await authority.sign(await pdf(), 'application/pdf', {
				signatureType: 'PAdES',
				reason: 'Invoice',
				location: 'Lisboa',
				applyTimestamp,
			});
			assert(pdfVerifies(signed));
			assert(!pdfVerifies(changed(signed, 12)));
			if (installed('pdfsig')) {
				assert.match(run('pdfsig', '-nocert', file('a.pdf', signed)), /Signature is Valid/);
			}
		});
	}
	it('draws a visible signature at a coordinate, and refuses a page that is not there', async () => {
		const visible = (page: number): SignatureInfo => ({
			signatureType: 'PAdES',
			visibleSignatureInfo: {
				locationType: 'COORDINATE',
				locationValue: `page=${page},x=100,y=200`,
				areaBackgroundColor: '#ffee00',
				font: 'color=#000000,size=8',
			},
		});
		const signed = await authority.sign(await pdf(), 'application/pdf', visible(1));
		assert(pdfVerifies(signed));
		assert.match(signed.toString('latin1'), /Helvetica/);
		await fault(await pdf(), visible(2));
	});
	it('refuses what is no PDF, what is signed, and unknown locations', async () => {
		await fault('no PDF', { signatureType: 'PAdES' });
		const signed = await authority.sign(await pdf(), 'x', { signatureType: 'PAdES' });
		await fault(signed, { signatureType: 'PAdES' });
		const visibleSignatureInfo = { locationType: 'SIGN_FIELD', locationValue: 'a' } as const;
		await fault(await pdf(), { signatureType: 'PAdES', visibleSignatureInfo });
	});
});

const INVOICE =
	'<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<!-- first --><Invoice xmlns="urn:invoice" ' +
	'xmlns:ext="urn:ext" xmlns:sac="urn:sac">\r\n<ext:E><!-- <sac:SignatureInformation> -->' +
	'<sac:SignatureInformation/></ext:E><ID b="2" a="1&#10;">\xe9 &amp; <![CDATA[<]]></ID></Invoice>';

/** Checks the signature value with node's and xml-crypto's means, and the document's digest. */
function xmlVerifies(signed: Buffer): boolean {
	const document = parse(signed.toString('latin1'));
	const [signature] = elements(document, DS, 'Signature');
	const canonical = new ExclusiveCanonicalization();
	const [info] = elements(signature, DS, 'SignedInfo');
	const [value] = elements(signature, DS, 'SignatureValue');
	const [digest] = elements(signature, DS, 'DigestValue');
	const octets = Buffer.from(Reflect.apply(canonical.process, canonical, [info, {}]));
	const key = createPublicKey(signerPem);
	const genuine = verify('sha256', octets, key, Buffer.from(value.textContent ?? '', 'base64'));
	signature.parentNode?.removeChild(signature);
	const root: string = Reflect.apply(canonical.process, canonical, [document.documentElement, {}]);
	return genuine && createHash('sha256').update(root).digest('base64') === digest.textContent;
}

describe('XAdES', () => {
	for (const signatureTransform of ['ENVELOPED', 'XPATH', 'XPATH2_FILTER'] as const) {
		for (const canonicalTransform of ['EXCLUSIVE', 'EXCLUSIVE_WITH_COMMENTS'] as const) {
			it(`verifies with ${signatureTransform} and ${canonicalTransform}`, async () => {
				const signed = await authority.sign(Buffer.from(INVOICE, 'latin1'), 'text/xml', {
					signatureType: 'XAdES',
					applyTimestamp: canonicalTransform === 'EXCLUSIVE',
					advancedSignatureInfo: {
						signatureLocation: 'SignatureInformation',
						signatureTransform,
						canonicalTransform,
					},
				});
				const text = signed.toString('latin1');
				const tampered = changed(signed, signed.indexOf('<![CDATA') - 1);
				assert.match(text, /<sac:SignatureInformation><ds:Signature .*<\/ds:Signature><\/sac:/);
				assert.equal(
					text.replace(/><ds:Signature.*Signature><\/sac:SignatureInformation>/, '/>'),
					INVOICE,
				);
				assert(xmlVerifies(signed));
				assert(!xmlVerifies(tampered));
				if (!installed('xmlsec1')) return;
				const options = ['--verify', '--trusted-pem', ca, '--id-attr:Id', 'SignedProperties'];
				assert.match(run('xmlsec1', ...options, file('a.xml', signed)), /^0\n/);
				assert.doesNotMatch(run('xmlsec1', ...options, file('b.xml', tampered)), /^0\n/);
			});
		}
	}
	it('refuses a missing location, a DOCTYPE and what is no XML', async () => {
		const advancedSignatureInfo = { signatureLocation: 'Missing' };
		await fault('<a/>', { signatureType: 'XAdES', advancedSignatureInfo });
		await fault('<!DOCTYPE a><a/>', { signatureType: 'XAdES' });
		await fault('<a><b></a>', { signatureType: 'XAdES' });
	});
});

describe('CAdES', () => {
	for (const applyTimestamp of [false, true]) {
		it(`verifies, time stamp ${applyTimestamp}, and not with a changed byte`, async () => {
			const content = Buffer.from('any content');
			const info: SignatureInfo = { signatureType: 'CAdES', applyTimestamp };
			const message = await authority.sign(content, 'application/pdf', info);
			assert(cmsVerifies(message));
			assert(!cmsVerifies(changed(message, message.indexOf(content))));
		});
	}
});

describe('an authority', () => {
	it('comes back from its state', async () => {
		const again = await createSigningAuthority(JSON.parse(JSON.stringify(authority.state())));
		assert.deepEqual(again.certificates, authority.certificates);
		const issued = new X509Certificate(signerPem);
		assert(issued.verify(new X509Certificate(caPem).publicKey));
	});
});
