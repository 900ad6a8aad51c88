import type { INodeProperties } from 'n8n-workflow';
import type { SignatureType } from '../../../documents/contentType';
import type { Choice } from '../../choices';
import { attachDocuments, emailReceivers, optionsField, shownFor } from '../../sharedFields';
import { optionFields } from './optionFields';
import { ublDetails, ublSignature } from './ublFields';
import { visibleFields } from './visibleFields';

export const signatureType: Choice<SignatureType | 'automatic'> = {
	displayName: 'Signature Type',
	name: 'signatureType',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'PDF gets PAdES, XML and UBL get XAdES; other files are refused',
		},
		{
			name: 'PDF (PAdES)',
			value: 'PAdES',
			description: 'The signature is embedded in the PDF',
		},
		{
			name: 'XML or UBL (XAdES)',
			value: 'XAdES',
			description: 'The signature is embedded in the XML file',
		},
		{
			name: 'Any File (CAdES, P7M)',
			value: 'CAdES',
			description: 'The file comes back in a container whose name ends in .p7m',
		},
	],
	default: 'automatic',
	displayOptions: shownFor('sign'),
};

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
			'Separate several names with commas; * matches any characters. Files that only a pattern matches and that are neither PDF nor XML are left out.',
		builderHint: {
			propertyHint:
				"Names of binary fields, not their content: 'data', 'invoice, annex', or 'attachment_*' after an email trigger.",
		},
		displayOptions: shownFor('sign'),
	},
	signatureType,
	{
		displayName: 'External Reference',
		name: 'externalReference',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT 2025/123',
		hint: 'Leave it empty, or enter the invoice number; FT 2025/123 becomes FT_2025_123',
		description:
			'Name under which the document can be found again. If empty, it is derived from the document and its settings, so that signing the same document again returns the same signature. If an item has several documents, -1, -2 … is appended to the name you enter.',
		builderHint: {
			propertyHint:
				'Leave empty, or enter the invoice number. Never use a random value or the time: the same document must have the same reference in every run, or it is signed again.',
		},
		displayOptions: shownFor('sign'),
	},
	...visibleFields,
	ublSignature,
	{
		displayName: 'Email Delivery',
		name: 'emailDelivery',
		type: 'collection',
		placeholder: 'Add delivery setting',
		default: {},
		description: 'Has the service send an email once the document is signed',
		displayOptions: shownFor('sign'),
		options: [attachDocuments, emailReceivers],
	},
	optionsField('sign', optionFields),
	ublDetails,
];
