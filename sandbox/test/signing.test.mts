import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { createSigningAuthority, type AuthorityState } from '../signing/index.mts';
import { SignFault } from '../signing/SignFault.mts';
import type { SignatureInfo } from '../types.mts';
import { makePdf } from './signables.mts';
import { contentOf, tampered, verifyCms } from './verify.mts';

const authority = await createSigningAuthority();
const { caPem, signerPem, tsaPem } = authority.certificates;

describe('an authority', () => {
	it('issues a seal and a timestamp certificate under its own root', () => {
		const root = new X509Certificate(caPem);
		for (const pem of [caPem, signerPem, tsaPem]) {
			assert(new X509Certificate(pem).verify(root.publicKey));
		}
		assert.match(new X509Certificate(signerPem).subject, /CN=Sandbox Seal of /);
		assert.deepEqual(new X509Certificate(tsaPem).keyUsage, ['1.3.6.1.5.5.7.3.8']);
	});

	it('is restored from its state and signs as before', async () => {
		const state: AuthorityState = JSON.parse(JSON.stringify(authority.state()));
		const again = await createSigningAuthority(state);
		assert.deepEqual(again.certificates, authority.certificates);
		const signed = await again.sign(Buffer.from('x'), 'text/xml', { signatureType: 'CAdES' });
		assert((await verifyCms(signed, caPem)).ok);
	});

	it('is a different one each time', async () => {
		const other = await createSigningAuthority();
		const signed = await other.sign(Buffer.from('x'), 'text/xml', { signatureType: 'CAdES' });
		assert.notEqual(other.certificates.caPem, caPem);
		assert((await verifyCms(signed, other.certificates.caPem)).ok);
		assert(!(await verifyCms(signed, caPem)).ok);
	});
});

describe('CAdES', () => {
	for (const applyTimestamp of [false, true]) {
		it(`includes the content and verifies, time stamp: ${applyTimestamp}`, async () => {
			const content = Buffer.from('any octets \r\n\x00\xff', 'latin1');
			const info: SignatureInfo = { signatureType: 'CAdES', applyTimestamp };
			const message = await authority.sign(content, 'application/pdf', info);
			assert((await verifyCms(message, caPem)).ok);
			assert.deepEqual(contentOf(message), content);
			assert(!(await verifyCms(tampered(message, message.indexOf(content)), caPem)).ok);
		});
	}
});

const PDF = await makePdf();
const XML = Buffer.from('<a><b/></a>');
const VISIBLE = { locationType: 'COORDINATE', locationValue: 'page=1,x=1,y=1' } as const;

const UNFIT: readonly [string, Buffer, string, SignatureInfo][] = [
	['PAdES for XML', XML, 'text/xml', { signatureType: 'PAdES' }],
	[
		'PAdES for something that only claims to be PDF',
		XML,
		'application/pdf',
		{ signatureType: 'PAdES' },
	],
	['XAdES for PDF', PDF, 'application/pdf', { signatureType: 'XAdES' }],
	['XAdES for something that only claims to be XML', PDF, 'text/xml', { signatureType: 'XAdES' }],
	['a reason in XAdES', XML, 'text/xml', { signatureType: 'XAdES', reason: 'why' }],
	[
		'a visible signature in XML',
		XML,
		'text/xml',
		{ signatureType: 'XAdES', visibleSignatureInfo: VISIBLE },
	],
	[
		'a signature location for a PDF',
		PDF,
		'application/pdf',
		{ signatureType: 'PAdES', advancedSignatureInfo: { signatureLocation: 'b' } },
	],
];

describe('settings that do not fit the document', () => {
	for (const [name, content, contentType, info] of UNFIT) {
		it(`are a configuration error: ${name}`, async () => {
			await assert.rejects(
				authority.sign(content, contentType, info),
				(fault) => fault instanceof SignFault && fault.signError === 'CONFIGURATION_SIGN_ERROR',
			);
		});
	}
});
