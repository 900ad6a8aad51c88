import type { INodeProperties } from 'n8n-workflow';
import { optionsField, sharedOptions, shownFor } from '../sharedFields';
import { visibleFields } from './visibleFields';

const sign = (conditions = {}) => shownFor('sign', conditions);
const ubl = sign({ signatureType: ['automatic', 'XAdES'], ublSignature: [true] });

const options: INodeProperties[] = [
	{
		displayName: 'Apply Timestamp',
		name: 'applyTimestamp',
		type: 'boolean',
		default: false,
		description:
			"Whether to add a time-stamp of the system's server. A premium feature of the service, not needed for plain invoice signing.",
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoices of November',
		description: 'Text shown to signers; empty takes the document name',
	},
	{
		displayName: 'Document Name',
		name: 'documentName',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT 2025-123.pdf',
		description:
			'Name of the document at the service, for an item with one document; empty takes the file name',
	},
	{
		displayName: 'Documents per Request',
		name: 'documentsPerRequest',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 1,
		description:
			'How many documents of neighbouring items may share one request, up to 20 MB; far faster for many small ones. They share one operation then: whoever is later e-mailed that operation sees all of them. Items with e-mail receivers always go alone. The first item decides for all.',
	},
	{
		displayName: 'If Already Signed',
		name: 'ifAlreadySigned',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Report that the reference is signed' },
			{
				name: 'Return Existing Signature',
				value: 'return',
				description: 'Return the signed document of before; no new signature is made or billed',
			},
			{
				name: 'Sign Again',
				value: 'signAgain',
				description: 'Make, and be billed for, one more signature under the next reference',
			},
		],
		default: 'return',
		description: 'What to do when the reference has a signature of an earlier run',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'One Item per Document',
				value: 'perDocument',
				description: 'Each signed document is an item of its own',
			},
			{
				name: 'One Item per Input Item',
				value: 'perInputItem',
				description:
					"Each input item goes on with its own fields, its signed documents as files, and their details under 'documents'",
			},
		],
		default: 'perDocument',
		description: 'How signed documents become items. The first item decides for all.',
	},
	{
		displayName: 'Parallel Requests',
		name: 'parallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 16 },
		default: 4,
		description:
			'How many requests may be under way at a time; fewer when the service is busy. The first item decides for all.',
	},
	{
		displayName: 'Preserve Content',
		name: 'preserveContent',
		type: 'boolean',
		default: false,
		description:
			'Whether the service keeps the document under custody with its integrity preserved, instead of only storing it',
	},
	{
		...sharedOptions.outputField,
		default: '',
		placeholder: 'e.g. signed',
		description: 'Empty: the field that the document came from',
	},
	sharedOptions.requestTimeout,
	{
		displayName: 'Return Signed Document',
		name: 'returnSignedDocument',
		type: 'boolean',
		default: true,
		description:
			"Whether to return the signed file. Off is faster; 'Get Operation' fetches it later.",
	},
	sharedOptions.simplify,
	sharedOptions.waitForCompletion,
];

/** The parameters of Sign, in the order in which the user meets them. */
export const signFields: INodeProperties[] = [
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data, attachment_*',
		hint: 'The name of the input binary field containing the file to be signed',
		description:
			'Several names are separated by commas; * stands for any characters. Files that only a pattern matches and that are neither PDF nor XML are left out.',
		displayOptions: sign(),
	},
	{
		displayName: 'Signature Type',
		name: 'signatureType',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'automatic', description: 'PDF gets PAdES, XML gets XAdES' },
			{ name: 'CAdES', value: 'CAdES', description: 'Signature container around any content' },
			{ name: 'PAdES', value: 'PAdES', description: 'Signature within a PDF' },
			{ name: 'XAdES', value: 'XAdES', description: 'Signature within an XML file, UBL included' },
		],
		default: 'automatic',
		displayOptions: sign(),
	},
	{
		displayName: 'External Reference',
		name: 'externalReference',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT 2025/123',
		description:
			'Name under which the document can be found again. Empty: derived from the document and its settings, so that signing it again returns the same signature. Several documents of an item get -1, -2 … appended.',
		displayOptions: sign(),
	},
	{
		displayName: 'UBL Signature',
		name: 'ublSignature',
		type: 'boolean',
		default: false,
		description: "Whether an XML file is signed where UBL wants it, in the document's extension",
		displayOptions: sign({ signatureType: ['automatic', 'XAdES'] }),
	},
	{
		displayName: 'Signature Location',
		name: 'signatureLocation',
		type: 'string',
		default: 'SignatureInformation',
		description: 'Name of the XML element that will hold the signature',
		displayOptions: ubl,
	},
	{
		displayName: 'Signature Transform',
		name: 'signatureTransform',
		type: 'options',
		options: [
			{ name: 'Enveloped', value: 'ENVELOPED' },
			{ name: 'XPath', value: 'XPATH' },
			{ name: 'XPath 2 Filter', value: 'XPATH2_FILTER' },
		],
		default: 'ENVELOPED',
		description: 'How the signature is left out of what it signs',
		displayOptions: ubl,
	},
	{
		displayName: 'Canonical Transform',
		name: 'canonicalTransform',
		type: 'options',
		options: [
			{ name: 'Exclusive', value: 'EXCLUSIVE' },
			{ name: 'Exclusive With Comments', value: 'EXCLUSIVE_WITH_COMMENTS' },
		],
		default: 'EXCLUSIVE_WITH_COMMENTS',
		description: 'How the XML is brought to its canonical form before it is signed',
		displayOptions: ubl,
	},
	{
		displayName: 'Prepare Document',
		name: 'prepareDocument',
		type: 'boolean',
		default: true,
		description:
			"Whether to add UBL's signature extension when the document lacks that element. Nothing else of the document is touched.",
		displayOptions: ubl,
	},
	...visibleFields,
	{
		displayName: 'Email Receivers',
		name: 'emailReceivers',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer@example.com, accounting@example.com',
		description:
			'Who gets an e-mail from the service; comma-separated, or a list from an expression',
		displayOptions: sign(),
	},
	{
		displayName: 'Attach Documents',
		name: 'attachDocuments',
		type: 'boolean',
		default: false,
		description: 'Whether the e-mail carries the signed document',
		displayOptions: sign(),
	},
	{
		displayName: 'PDF Signature Details',
		name: 'pdfDetails',
		type: 'collection',
		placeholder: 'Add detail',
		default: {},
		displayOptions: sign({ signatureType: ['automatic', 'PAdES'] }),
		options: [
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
		],
	},
	optionsField('sign', options),
];
