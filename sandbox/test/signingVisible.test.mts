import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PDFDocument } from 'pdf-lib';
import { createSigningAuthority } from '../signing/index.mts';
import type { Reading } from '../signing/pades/placement.mts';
import { SignFault } from '../signing/SignFault.mts';
import type { SignatureInfo } from '../types.mts';
import { drawnFields, renderedPixel } from './render.mts';
import type { DrawnField } from './render.mts';
import { JPG, makePdf, PNG } from './signables.mts';
import { verifyPdf } from './verify.mts';

type Visible = NonNullable<SignatureInfo['visibleSignatureInfo']>;

const authority = await createSigningAuthority();
const { caPem } = authority.certificates;
const PDF = await makePdf({ pages: 2, field: 'Seal' });
const AT: Visible = {
	locationType: 'COORDINATE',
	locationValue: 'page=1,x=100,y=200',
	area: 'width=180,height=60',
};

const WORD: Partial<Visible> = { locationType: 'PLACEHOLDER', locationValue: 'SIGN-2' };

async function sign(
	visible: Partial<Visible>,
	info: Partial<SignatureInfo> = {},
	reading?: Reading,
): Promise<Buffer> {
	const visibleSignatureInfo = { ...AT, ...visible };
	const whole: SignatureInfo = { ...info, signatureType: 'PAdES', visibleSignatureInfo };
	return await authority.sign(PDF, 'application/pdf', whole, reading);
}

/** Signs, verifies, and returns how the field with that name is drawn. */
async function drawn(
	visible: Partial<Visible>,
	info: Partial<SignatureInfo> = {},
	name = 'Signature1',
	reading?: Reading,
): Promise<DrawnField & { flat: string }> {
	const signed = await sign(visible, info, reading);
	assert((await verifyPdf(signed, caPem)).ok);
	const field = (await drawnFields(signed)).find((candidate) => candidate.name === name);
	assert(field);
	return { ...field, flat: field.text.replace(/\s+/g, ' ').trim() };
}

describe('a visible signature', () => {
	it("has its upper left corner at a coordinate measured from the page's", async () => {
		const { page, rectangle } = await drawn({ locationValue: 'page=2,x=30,y=40.5' });
		assert.deepEqual([page, rectangle], [2, [30, 741.5, 210, 801.5]]);
	});

	it('is where staging puts it', async () => {
		const document = await PDFDocument.create();
		document.addPage([595.3, 841.89]);
		const page = Buffer.from(await document.save({ useObjectStreams: false }));
		const visibleSignatureInfo: Visible = {
			locationType: 'COORDINATE',
			locationValue: 'page=1,x=100,y=500',
			area: 'width=300,height=200',
		};
		const info = { signatureType: 'PAdES', visibleSignatureInfo } as const;
		const signed = await authority.sign(page, 'application/pdf', info);
		assert.match(signed.toString('latin1'), /\/Rect \[ 100 141\.89 400 341\.89 \]/);
	});

	it("is where the vendor's description says, in a world that follows it", async () => {
		const { rectangle } = await drawn({}, {}, 'Signature1', { fromTop: false, belowWord: true });
		assert.deepEqual(rectangle, [100, 200, 280, 260]);
	});

	it('has an area even when none is asked for', async () => {
		assert.deepEqual((await drawn({ area: undefined })).rectangle, [100, 582, 300, 642]);
	});

	it('fills an empty signature field', async () => {
		const field = { locationType: 'SIGN_FIELD', locationValue: 'Seal' } as const;
		const { page, rectangle, flat } = await drawn(field, {}, 'Seal');
		assert.deepEqual([page, rectangle], [2, [300, 100, 460, 150]]);
		assert.match(flat, /^Digitally signed by Sandbox Seal/);
	});

	it('is below a word, aligned with its left end', async () => {
		const { page, rectangle } = await drawn(WORD);
		const [left = 0, bottom = 0, right = 0, top = 0] = rectangle;
		assert.equal(page, 2);
		assert(left > 190 && left < 240, `${left}`);
		assert.deepEqual([top, top - bottom, Math.round(right - left)], [500, 60, 180]);
	});

	it('is on the word in a world that draws it there', async () => {
		const { rectangle } = await drawn(WORD, {}, 'Signature1', { fromTop: true, belowWord: false });
		assert.deepEqual([rectangle[1], rectangle[3]], [500, 560]);
	});

	it('shows the text of its own template, with the references filled in', async () => {
		const oneOffTemplate = 'Assinado por $certificate.getCommonName() ($!{other.thing})\nção 漢';
		const { flat } = await drawn({ templateType: 'ONE_OFF', oneOffTemplate });
		assert.equal(flat, 'Assinado por Sandbox Seal of Example Invoicing ($!{other.thing}) ção ?');
	});

	it("shows the service's text, with reason and location", async () => {
		const info = { reason: 'Invoice', location: 'Lisboa' };
		const { flat } = await drawn({ templateType: 'SERVICE_CUSTOMIZATION' }, info);
		assert.match(flat, /^Digitally signed by .* Date: \d{4}-.* Reason: Invoice Location: Lisboa$/);
	});

	it('shows an image, next to the text or alone', async () => {
		const png = await drawn({ imageType: 'IMAGE_PNG', imageValue: PNG });
		assert.deepEqual([png.images, png.flat.startsWith('Digitally')], [1, true]);
		const jpg = await drawn({
			imageType: 'IMAGE_JPG',
			imageValue: JPG,
			templateType: 'ONE_OFF',
			oneOffTemplate: ' ',
		});
		assert.deepEqual([jpg.images, jpg.flat], [1, '']);
	});

	it('has the background that was asked for, or none', async () => {
		assert((await drawn({ areaBackgroundColor: '#FFEE00' })).fills.includes('#ffee00'));
		assert(!(await drawn({ areaBackgroundColor: 'transparent' })).fills.includes('#ffee00'));
	});

	it('is really rendered where poppler is installed', async () => {
		const background = await sign({ areaBackgroundColor: '#ffee00', font: 'color=#000000,size=6' });
		const image = await sign({
			imageType: 'IMAGE_PNG',
			imageValue: PNG,
			templateType: 'ONE_OFF',
			oneOffTemplate: '',
		});
		const outside = renderedPixel(background, 90, 587);
		// The image is one pixel, drawn one point large at the left, in the middle of the height.
		const inside = [renderedPixel(background, 275, 587), renderedPixel(image, 100, 611.6)];
		const expected =
			outside === undefined
				? [undefined, [undefined, undefined]]
				: ['#ffffff', ['#ffee00', '#ff0000']];
		assert.deepEqual([outside, inside], expected);
		assert.equal((await drawnFields(image))[0]?.images, 1);
	});
});

const REFUSED: Readonly<Record<string, Partial<Visible>>> = {
	'a page that is not there': { locationValue: 'page=3,x=1,y=1' },
	'page 0': { locationValue: 'page=0,x=1,y=1' },
	'something that is not a coordinate': { locationValue: 'here' },
	'a field that is not there': { locationType: 'SIGN_FIELD', locationValue: 'Other' },
	'a word that is not there': { locationType: 'PLACEHOLDER', locationValue: 'SIGN-3' },
	'an empty word': { locationType: 'PLACEHOLDER', locationValue: '' },
	'something that is not an area': { area: '180x60' },
	'an area without height': { area: 'width=180,height=0' },
	'a colour by its name': { areaBackgroundColor: 'yellow' },
	'a red font': { font: 'color=#ff0000,size=8' },
	'a font without a size': { font: 'color=#000000,name=arial' },
	'an image without a type': { imageValue: PNG },
	'an image type without an image': { imageType: 'IMAGE_PNG' },
	'an image of the other type': { imageType: 'IMAGE_PNG', imageValue: JPG },
	'something that is not an image': { imageType: 'IMAGE_JPG', imageValue: 'bm90aGluZw==' },
	'ONE_OFF without a template': { templateType: 'ONE_OFF' },
};

describe('a visible signature that cannot be drawn', () => {
	for (const [name, visible] of Object.entries(REFUSED)) {
		it(`is a configuration error: ${name}`, async () => {
			await assert.rejects(
				sign(visible),
				(fault) => fault instanceof SignFault && fault.signError === 'CONFIGURATION_SIGN_ERROR',
			);
		});
	}

	it('is a configuration error: a field that is already signed', async () => {
		const field: Visible = { locationType: 'SIGN_FIELD', locationValue: 'Seal' };
		const info: SignatureInfo = { signatureType: 'PAdES', visibleSignatureInfo: field };
		const signed = await authority.sign(PDF, 'application/pdf', info);
		await assert.rejects(authority.sign(signed, 'application/pdf', info), SignFault);
	});
});
