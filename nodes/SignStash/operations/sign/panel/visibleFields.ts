import type { INodeProperties } from 'n8n-workflow';
import type { VisibleSignatureInfo } from '../../../service/messages';
import type { Choice, Switch, WholeNumber } from '../../choices';
import { shownFor } from '../../sharedFields';

const pdf = { signatureType: ['automatic', 'PAdES'] };
const visible = (conditions = {}) =>
	shownFor('sign', { ...pdf, visibleSignature: [true], ...conditions });
const drawn = { show: { '/visibleSignature': [true] } };

export const visibleSignature: Switch = {
	displayName: 'Visible Signature',
	name: 'visibleSignature',
	type: 'boolean',
	default: false,
	description: 'Whether to draw the signature on a page of the PDF',
	displayOptions: shownFor('sign', pdf),
};

export const placement: Choice<VisibleSignatureInfo['locationType']> = {
	displayName: 'Placement',
	name: 'visiblePlacement',
	type: 'options',
	options: [
		{ name: 'Coordinates', value: 'COORDINATE', description: 'A point on a page' },
		{
			name: 'Placeholder Word',
			value: 'PLACEHOLDER',
			description: 'A word that occurs once in the PDF; the drawing is placed below it',
		},
		{
			name: 'Signature Field',
			value: 'SIGN_FIELD',
			description: 'An empty signature field that the PDF already has',
		},
	],
	default: 'COORDINATE',
	displayOptions: visible(),
};

export const transparentBackground: Switch = {
	displayName: 'Transparent Background',
	name: 'transparentBackground',
	type: 'boolean',
	default: false,
	description: "Whether the page shows through; overrides 'Background Color'",
	displayOptions: drawn,
};

const wholeNumber = (
	displayName: string,
	name: string,
	least: number,
	otherwise: number,
	description: string,
): WholeNumber => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: least },
	default: otherwise,
	description,
});

const coordinate = { displayOptions: visible({ visiblePlacement: ['COORDINATE'] }) };

/**
 * The place of a drawing that is placed by coordinates. Y counts from the top, as staging was seen to count
 * (contract/worlds.yaml, coordinates). On A4 and Letter the default is clear of an invoice's lines and of its last
 * line; if a service counts from the bottom, it is above the lines and also clear.
 */
export const place = {
	page: {
		...wholeNumber('Page', 'visiblePage', 1, 1, 'Number of the page, counted from 1'),
		...coordinate,
	},
	x: {
		...wholeNumber(
			'X (From Left)',
			'visibleX',
			0,
			50,
			'Pixels from the left edge of the page to the left edge of the drawing; 1 pixel is 1 point',
		),
		...coordinate,
	},
	y: {
		...wholeNumber(
			'Y (From Top)',
			'visibleY',
			0,
			720,
			'Pixels from the top edge of the page down to the top edge of the drawing; 1 pixel is 1 point, and an A4 page is 842 high',
		),
		...coordinate,
	},
};

/** The measures of a drawing that the user may set. */
export const measures = {
	fontSize: {
		...wholeNumber(
			'Font Size',
			'fontSize',
			1,
			10,
			'Size of the text in points; it is always black',
		),
		displayOptions: drawn,
	},
	height: {
		...wholeNumber(
			'Height',
			'height',
			1,
			60,
			"Height of the drawing in pixels; used together with 'Width'",
		),
		displayOptions: drawn,
	},
	width: {
		...wholeNumber(
			'Width',
			'width',
			1,
			200,
			"Width of the drawing in pixels; used together with 'Height'",
		),
		displayOptions: drawn,
	},
};

/** Details of a PDF signature; the ones for its appearance are offered once it is visible. */
const details: INodeProperties[] = [
	{
		displayName: 'Background Color',
		name: 'backgroundColor',
		type: 'color',
		default: '#FFFFFF',
		description: 'Color behind text and image',
		displayOptions: drawn,
	},
	measures.fontSize,
	measures.height,
	{
		displayName: 'Image Field',
		name: 'imageField',
		type: 'string',
		default: '',
		placeholder: 'e.g. logo',
		description: 'Input binary field that contains a PNG or JPEG image to draw',
		displayOptions: drawn,
	},
	{
		displayName: 'Location',
		name: 'location',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lisboa',
		description: 'Place of signing, as PDF readers show it',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoice issued',
		description: 'Reason for signing, as PDF readers show it',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 2 },
		default: 'Digitally signed by $certificate.getCommonName()',
		description:
			"Custom text for the drawing, in which $certificate.getCommonName() becomes the signer's name (a Velocity template). If left out, the client service's own template is used, or else the system's.",
		displayOptions: drawn,
	},
	transparentBackground,
	measures.width,
];

/** The parameters of a PDF's signature: whether it is visible, where, and what readers show about it. */
export const visibleFields: INodeProperties[] = [
	visibleSignature,
	placement,
	place.page,
	place.x,
	place.y,
	{
		displayName: 'Placeholder Word',
		name: 'visiblePlaceholder',
		type: 'string',
		default: '',
		placeholder: 'e.g. SIGNATURE',
		description: 'Word in the PDF below which the drawing is placed; its first match counts',
		displayOptions: visible({ visiblePlacement: ['PLACEHOLDER'] }),
	},
	{
		displayName: 'Signature Field',
		name: 'visibleSignField',
		type: 'string',
		default: '',
		placeholder: 'e.g. Signature1',
		description: 'Name of the signature field in the PDF',
		displayOptions: visible({ visiblePlacement: ['SIGN_FIELD'] }),
	},
	{
		displayName: 'PDF Signature Details',
		name: 'pdfDetails',
		type: 'collection',
		placeholder: 'Add detail',
		default: {},
		displayOptions: shownFor('sign', pdf),
		options: details,
	},
];
