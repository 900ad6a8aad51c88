import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../sharedFields';

const pdf = { signatureType: ['automatic', 'PAdES'] };
const visible = (conditions = {}) =>
	shownFor('sign', { ...pdf, visibleSignature: [true], ...conditions });

const appearance: INodeProperties[] = [
	{
		displayName: 'Background Color',
		name: 'backgroundColor',
		type: 'color',
		default: '#FFFFFF',
		description: 'Colour behind text and image',
	},
	{
		displayName: 'Font Size',
		name: 'fontSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Size of the text in points; it is always black',
	},
	{
		displayName: 'Height',
		name: 'height',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: "Height of the drawing in pixels; goes with 'Width'",
	},
	{
		displayName: 'Image Field',
		name: 'imageField',
		type: 'string',
		default: '',
		placeholder: 'e.g. logo',
		description: 'Binary field of the input with a PNG or JPEG image to draw',
	},
	{
		displayName: 'Transparent Background',
		name: 'transparentBackground',
		type: 'boolean',
		default: false,
		description: "Whether the page shines through; goes before 'Background Color'",
	},
	{
		displayName: 'Width',
		name: 'width',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 200,
		description: "Width of the drawing in pixels; goes with 'Height'",
	},
];

/** The parameters of a visible signature on a PDF. */
export const visibleFields: INodeProperties[] = [
	{
		displayName: 'Visible Signature',
		name: 'visibleSignature',
		type: 'boolean',
		default: false,
		description: 'Whether the signature is drawn on a page of the PDF',
		displayOptions: shownFor('sign', pdf),
	},
	{
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
	},
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
		displayName: 'Template',
		name: 'visibleTemplate',
		type: 'options',
		options: [
			{ name: 'Own Text', value: 'ONE_OFF', description: 'The text given here' },
			{
				name: 'Template of the Service',
				value: 'SERVICE_CUSTOMIZATION',
				description: "The client service's own template, else the system's",
			},
		],
		default: 'SERVICE_CUSTOMIZATION',
		description: 'What is written in the drawing',
		displayOptions: visible(),
	},
	{
		displayName: 'Text',
		name: 'visibleText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: 'Digitally signed by $certificate.getCommonName()',
		description:
			"Text of the drawing, a Velocity template: $certificate.getCommonName() becomes the signer's name",
		displayOptions: visible({ visibleTemplate: ['ONE_OFF'] }),
	},
	{
		displayName: 'Appearance',
		name: 'visibleAppearance',
		type: 'collection',
		placeholder: 'Add detail',
		default: {},
		displayOptions: visible(),
		options: appearance,
	},
];
