import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSigningAuthority } from '../signing/index.mts';
import { SignFault } from '../signing/SignFault.mts';
import type { SignatureInfo } from '../types.mts';
import { UBL } from './signables.mts';
import { tampered, verifyTimestamp, verifyXml } from './verify.mts';

type Advanced = NonNullable<SignatureInfo['advancedSignatureInfo']>;

const TRANSFORMS = ['ENVELOPED', 'XPATH', 'XPATH2_FILTER'] as const;
const CANONICAL = ['EXCLUSIVE', 'EXCLUSIVE_WITH_COMMENTS'] as const;
const SIGNATURE = /<ds:Signature [^]*<\/ds:Signature>/;

const authority = await createSigningAuthority();
const { caPem } = authority.certificates;

async function sign(
	content: Buffer,
	advancedSignatureInfo: Advanced = {},
	applyTimestamp = false,
): Promise<Buffer> {
	return await authority.sign(content, 'text/xml', {
		signatureType: 'XAdES',
		applyTimestamp,
		advancedSignatureInfo,
	});
}

const encodingOf = (name: string): 'latin1' | 'utf8' => (name.includes('8859') ? 'latin1' : 'utf8');

for (const [name, { bytes, text }] of Object.entries(UBL)) {
	const decode = (signed: Buffer): string => signed.toString(encodingOf(name));

	describe(`a UBL invoice ${name}`, () => {
		for (const signatureTransform of TRANSFORMS) {
			for (const canonicalTransform of CANONICAL) {
				it(`verifies with ${signatureTransform} and ${canonicalTransform}`, async () => {
					const signed = await sign(bytes, {
						signatureLocation: 'SignatureInformation',
						signatureTransform,
						canonicalTransform,
					});
					assert(verifyXml(signed, caPem).ok);
					const changed = tampered(signed, signed.indexOf('2025/1'));
					assert(!verifyXml(changed, caPem).ok);
				});
			}
		}

		it('keeps every octet outside the signature', async () => {
			const signed = decode(await sign(bytes, { signatureLocation: 'SignatureInformation' }));
			const without = signed.replace(SIGNATURE, '').replace('></sac:SignatureInformation>', '/>');
			assert.equal(without, text);
		});
	});
}

const { 'with a default namespace': INVOICE } = UBL;
assert(INVOICE !== undefined);

describe('an XAdES signature', () => {
	it('is the last child of the root when no element is named', async () => {
		const signed = (await sign(INVOICE.bytes)).toString();
		assert.match(signed, /<\/ds:Signature><\/Invoice>\n$/);
		assert(verifyXml(Buffer.from(signed), caPem).ok);
	});

	it('is the last child of the first element of that name, which may have other children', async () => {
		const signed = (
			await sign(Buffer.from('<a><x:b xmlns:x="urn:x"><c/></x:b><b/></a>'), {
				signatureLocation: 'b',
			})
		).toString();
		assert.match(signed, /<c\/><ds:Signature .*<\/ds:Signature><\/x:b><b\/><\/a>$/);
		assert(verifyXml(Buffer.from(signed), caPem).ok);
	});

	it('names its algorithms, and the certificate by its digest', async () => {
		const signed = (
			await sign(INVOICE.bytes, {
				signatureTransform: 'XPATH2_FILTER',
				canonicalTransform: 'EXCLUSIVE_WITH_COMMENTS',
			})
		).toString();
		for (const part of [
			'<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"/>',
			'Filter="subtract">/descendant::ds:Signature<',
			'<xades:SigningCertificateV2>',
			'<xades:SigningTime>',
			'<ds:X509Certificate>',
		]) {
			assert(signed.includes(part), part);
		}
	});

	it('leaves an earlier one valid when the transform leaves signatures out', async () => {
		const advanced: Advanced = { signatureTransform: 'XPATH' };
		const twice = await sign(await sign(INVOICE.bytes, advanced), advanced);
		assert.equal(twice.toString().match(/<ds:Signature /g)?.length, 2);
		assert(verifyXml(twice, caPem).ok);
	});

	it('has a time stamp over its value if asked to', async () => {
		const signed = (await sign(INVOICE.bytes, {}, true)).toString();
		assert(verifyXml(Buffer.from(signed), caPem).ok);
		const token = /<xades:EncapsulatedTimeStamp>([^<]*)</.exec(signed)?.[1] ?? '';
		const value = /<ds:SignatureValue[^]*?<\/ds:SignatureValue>/.exec(signed)?.[0] ?? '';
		const canonical = value.replace(' Id=', ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id=');
		const bytes = Buffer.from(token, 'base64');
		assert((await verifyTimestamp(bytes, canonical, caPem)).ok);
		assert(!(await verifyTimestamp(bytes, `${canonical} `, caPem)).ok);
	});

	it('verifies with an attachment of several megabytes and thousands of lines', async () => {
		const line = '<cbc:Note xmlns:cbc="urn:cbc">A line of the invoice</cbc:Note>\n';
		const attachment = Buffer.alloc(3_000_000, 'PDF').toString('base64');
		const signed = await sign(
			Buffer.from(
				`<Invoice xmlns="urn:invoice">${line.repeat(2000)}<A>${attachment}</A></Invoice>`,
			),
		);
		assert(verifyXml(signed, caPem).ok);
	});
});

const LETTERS: readonly (readonly [encoding: string, letters: Buffer])[] = [
	['windows-1250', Buffer.from([0x8a, 0xe8, 0xf5])],
	['ISO-8859-2', Buffer.from([0xa9, 0xe8, 0xf5])],
	['windows-1252', Buffer.from([0x80, 0xe7, 0xe3])],
	['Shift_JIS', Buffer.from([0x90, 0xbf, 0x8b, 0x81, 0x95, 0x5c])],
	['UTF-8', Buffer.from('\ufffd')],
];

describe('XML in any encoding that is compatible with ASCII', () => {
	for (const [encoding, letters] of LETTERS) {
		it(`keeps its octets when it is signed: ${encoding}`, async () => {
			const start = Buffer.from(
				`<?xml version="1.0" encoding="${encoding}"?>\n<a><b>A &amp; &#66; `,
			);
			const content = Buffer.concat([start, letters, Buffer.from('<![CDATA[&<]]></b></a>')]);
			const signed = await sign(content);
			assert.deepEqual(signed.subarray(0, content.length - 4), content.subarray(0, -4));
			assert(verifyXml(signed, caPem).ok);
			assert(!verifyXml(tampered(signed, start.length), caPem).ok);
		});
	}
});

const REFUSED: Readonly<Record<string, [string | Buffer, Advanced?]>> = {
	'an element that is not there': ['<a/>', { signatureLocation: 'SignatureInformation' }],
	'an element that is only in a comment': ['<a><!-- <b/> --></a>', { signatureLocation: 'b' }],
	'a DOCTYPE': ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
	'an element that is not closed': ['<a><b></a>'],
	'a prefix that is not declared': ['<x:a/>'],
	'an attribute given twice': ['<a b="1" b="2"/>'],
	'two roots': ['<a/><b/>'],
	'an & that does not begin a reference': ['<a>Silva & Filhos</a>'],
	'an undeclared entity': ['<a>&nbsp;</a>'],
	'a control character': ['<a>\u0007</a>'],
	'a reference to something that is not a character': ['<a>&#0;</a>'],
	'the end of a CDATA section that has not begun': ['<a>]]></a>'],
	'a relative namespace name': ['<a xmlns="invoices"/>'],
	nothing: [''],
	'text only': ['no markup'],
	'octets that are not UTF-8': [Buffer.from('<a>\xe7</a>', 'latin1')],
	'an unknown encoding': ['<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>'],
	'UTF-16': [Buffer.from('\ufeff<a/>', 'utf16le')],
};

describe('XML that cannot be signed', () => {
	for (const [name, [content, advanced]] of Object.entries(REFUSED)) {
		it(`is a configuration error: ${name}`, async () => {
			await assert.rejects(
				sign(Buffer.from(content), advanced),
				(fault) => fault instanceof SignFault && fault.signError === 'CONFIGURATION_SIGN_ERROR',
			);
		});
	}
});
