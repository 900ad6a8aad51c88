import type { INodeProperties } from 'n8n-workflow';
import type { AdvancedSignatureInfo } from '../../../service/messages';
import type { Choice, Switch } from '../../choices';
import { shownFor } from '../../sharedFields';

/** Which XML files get a UBL signature. */
export type UblSignature = 'automatic' | 'on' | 'off';

type Transform = NonNullable<AdvancedSignatureInfo['signatureTransform']>;
type Canonical = NonNullable<AdvancedSignatureInfo['canonicalTransform']>;

const xml = { signatureType: ['automatic', 'XAdES'] };

export const ublSignature: Choice<UblSignature> = {
	displayName: 'UBL Signature',
	name: 'ublSignature',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'UBL documents get it, other XML does not',
		},
		{
			name: 'Off',
			value: 'off',
			description: 'The service places the signature, outside the extension',
		},
		{
			name: 'On',
			value: 'on',
			description: 'Every XML file gets it; one that is not suitable is refused',
		},
	],
	default: 'automatic',
	description:
		"Where the signature of an XML file goes: UBL expects it in the document's signature extension, which is added if missing",
	displayOptions: shownFor('sign', xml),
};

export const canonicalTransform: Choice<Canonical> = {
	displayName: 'Canonical Transform',
	name: 'canonicalTransform',
	type: 'options',
	options: [
		{ name: 'Exclusive', value: 'EXCLUSIVE' },
		{ name: 'Exclusive With Comments', value: 'EXCLUSIVE_WITH_COMMENTS' },
	],
	default: 'EXCLUSIVE_WITH_COMMENTS',
	description: 'How the XML is brought to its canonical form before it is signed',
};

export const prepareDocument: Switch = {
	displayName: 'Prepare Document',
	name: 'prepareDocument',
	type: 'boolean',
	default: true,
	description:
		"Whether to add UBL's signature extension when the document lacks that element. Nothing else in the document is changed.",
};

export const signatureLocation: INodeProperties = {
	displayName: 'Signature Location',
	name: 'signatureLocation',
	type: 'string',
	default: 'SignatureInformation',
	description: 'Name of the XML element that will hold the signature',
};

export const signatureTransform: Choice<Transform> = {
	displayName: 'Signature Transform',
	name: 'signatureTransform',
	type: 'options',
	options: [
		{ name: 'Enveloped', value: 'ENVELOPED' },
		{ name: 'XPath', value: 'XPATH' },
		{ name: 'XPath 2 Filter', value: 'XPATH2_FILTER' },
	],
	default: 'ENVELOPED',
	description: 'How the signature is excluded from the content it signs',
};

/** How a UBL signature is made, for the few who know XML signatures. */
export const ublDetails: INodeProperties = {
	displayName: 'UBL Signature Details',
	name: 'ublDetails',
	type: 'collection',
	placeholder: 'Add detail',
	default: {},
	description:
		"For those who know XML signatures. A detail that is left out is as in the vendor's example for UBL.",
	displayOptions: shownFor('sign', { ...xml, ublSignature: ['automatic', 'on'] }),
	options: [canonicalTransform, prepareDocument, signatureLocation, signatureTransform],
};
