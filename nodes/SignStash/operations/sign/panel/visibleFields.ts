import type { INodeProperties } from 'n8n-workflow';
import type { VisibleSignatureInfo } from '../../../service/messages';
import type { Choice, Switch } from '../../choices';
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
	description: 'Whether the signature is drawn on a page of the PDF',
	displayOptions: shownFor('sign', pdf),
};

export const placement: Choice<VisibleSignatureInfo['locationType']> = {
	displayName: 'Placement',
	name: 'visiblePlacement',
	type: 'options',
	options: [
		{ name: 'Coordinates', value: 'COORDINATE', description: 'A point of a page' },
		{
			name: 'Placeholder Word',
			value: 'PLACEHOLDER',
			description: 'A word that stands in the PDF once; the drawing starts at its lower left',
		},
		{
			name: 'Signature Field',
			value: 'SIGN_FIELD',
			description: 'An empty signature field that the PDF has already',
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
	description: "Whether the page shines through; goes before 'Background Color'",
	displayOptions: drawn,
};

/** Details of a PDF signature; how it looks is offered once it is visible. */
const details: INodeProperties[] = [
	{
		displayName: 'Background Color',
		name: 'backgroundColor',
		type: 'color',
		default: '#FFFFFF',
		description: 'Colour behind text and image',
		displayOptions: drawn,
	},
	{
		displayName: 'Font Size',
		name: 'fontSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Size of the text in points; it is always black',
		displayOptions: drawn,
	},
	{
		displayName: 'Height',
		name: 'height',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: "Height of the drawing in pixels; goes with 'Width'",
		displayOptions: drawn,
	},
	{
		displayName: 'Image Field',
		name: 'imageField',
		type: 'string',
		default: '',
		placeholder: 'e.g. logo',
		description: 'Binary field of the input with a PNG or JPEG image to draw',
		displayOptions: drawn,
	},
	{
		displayName: 'Location',
		name: 'location',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lisboa',
		description: 'Place of signing that PDF readers show',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoice issued',
		description: 'Reason of signing that PDF readers show',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 2 },
		default: 'Digitally signed by $certificate.getCommonName()',
		description:
			"Own text of the drawing, in which $certificate.getCommonName() becomes the signer's name (a Velocity template). Left out: the client service's own template, else the system's.",
		displayOptions: drawn,
	},
	transparentBackground,
	{
		displayName: 'Width',
		name: 'width',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 200,
		description: "Width of the drawing in pixels; goes with 'Height'",
		displayOptions: drawn,
	},
];

/** The parameters of a PDF's signature: whether it is seen, where, and what readers show of it. */
export const visibleFields: INodeProperties[] = [
	visibleSignature,
	placement,
	{
		displayName: 'Page',
		name: 'visiblePage',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Number of the page, counted from 1',
		displayOptions: visible({ visiblePlacement: ['COORDINATE'] }),
	},
	{
		displayName: 'X',
		name: 'visibleX',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 50,
		description: 'Pixels from the left edge of the page to the left edge of the drawing',
		displayOptions: visible({ visiblePlacement: ['COORDINATE'] }),
	},
	{
		displayName: 'Y',
		name: 'visibleY',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 50,
		description: 'Pixels from the bottom edge of the page to the bottom edge of the drawing',
		displayOptions: visible({ visiblePlacement: ['COORDINATE'] }),
	},
	{
		displayName: 'Placeholder Word',
		name: 'visiblePlaceholder',
		type: 'string',
		default: '',
		placeholder: 'e.g. SIGNATURE',
		description: 'Word of the PDF where the drawing starts; its first match counts',
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
