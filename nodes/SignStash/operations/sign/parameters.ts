import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SignatureType } from '../../documents/contentType';
import { badInput } from '../../Fault';
import type { AdvancedSignatureInfo } from '../../service/messages';
import type { IfAlreadySigned } from '../../signing/SigningJob';
import { optionsOf } from '../context';
import {
	chosen,
	isExpression,
	isNot,
	milliseconds,
	parametersOf,
	switchedOn,
	textOf,
	wholeNumber,
	within,
	type Get,
} from '../choices';
import { deliveryOf, type Delivery } from '../receivers';
import { sharedOptions, simplify } from '../sharedFields';
import { signatureType } from './panel/fields';
import {
	applyTimestamp,
	documentsPerRequest,
	ifAlreadySigned,
	outputItems,
	parallelRequests,
	preserveContent,
	returnSignedDocument,
} from './panel/optionFields';
import {
	canonicalTransform,
	prepareDocument,
	signatureLocation,
	signatureTransform,
	ublSignature,
} from './panel/ublFields';
import { visibleSignature } from './panel/visibleFields';
import { visibleParameters, type VisibleParameters } from './visible';

/** What the user chose for the documents of one item. */
export interface SignParameters extends Delivery {
	/** Field names, patterns, or files passed in by an expression. */
	input: unknown;
	signatureType: SignatureType | 'automatic';
	/** Empty: derived from the document. */
	reference: string;
	/** Undefined: UBL Signature is off. With `automatic` only UBL documents get it. */
	ubl?: { info: Required<AdvancedSignatureInfo>; prepare: boolean; automatic: boolean };
	/** Undefined: Visible Signature is off. */
	visible?: VisibleParameters;
	pdf: { reason?: string; location?: string };
	applyTimestamp: boolean;
	description: string;
	documentName: string;
	preserveContent: boolean;
	returnDocument: boolean;
	outputField: string;
	simplify: boolean;
	ifAlreadySigned: IfAlreadySigned;
	/** Milliseconds. */
	timeout: number;
	/** Milliseconds. */
	completion: number;
}

/** What the user chose for the run as a whole, read at its first item. */
export interface RunParameters {
	parallel: number;
	documentsPerRequest: number;
	perInputItem: boolean;
}

/**
 * Returns the parameters of an item. If none of them is an expression (n8n marks one with a leading `=`), they are
 * the same for every item, and are read once: reading them costs more than a small document.
 */
export function parameterReader(context: IExecuteFunctions): (item: number) => SignParameters {
	const vary = JSON.stringify(context.getNode().parameters).includes('"=');
	let constant: SignParameters | undefined;
	return (item) =>
		vary ? signParameters(context, item) : (constant ??= signParameters(context, item));
}

/** Reads and checks the parameters of one item; what does not fit is refused before anything is sent. */
function signParameters(context: IExecuteFunctions, item: number): SignParameters {
	const get = parametersOf(context, item);
	const option = within(optionsOf(context, item));
	const delivery = within(get('emailDelivery', {}) as IDataObject);
	const stored = context.getNode().parameters;
	return {
		input: get('binaryPropertyName', 'data'),
		signatureType: chosen(get, signatureType),
		reference: referenceOf(get('externalReference', ''), stored.externalReference),
		ubl: ublParameters(get),
		visible: switchedOn(get, visibleSignature) ? visibleParameters(get) : undefined,
		...deliveryOf(delivery, stored.emailDelivery),
		pdf: detailsOf(get('pdfDetails', {}) as IDataObject),
		applyTimestamp: switchedOn(option, applyTimestamp),
		description: textOf(option('description', ''), 'Description'),
		documentName: textOf(option('documentName', ''), 'Document Name'),
		preserveContent: switchedOn(option, preserveContent),
		returnDocument: switchedOn(option, returnSignedDocument),
		outputField: textOf(option('outputField', ''), sharedOptions.outputField.displayName),
		simplify: switchedOn(option, simplify),
		ifAlreadySigned: chosen(option, ifAlreadySigned),
		timeout: milliseconds(option, sharedOptions.requestTimeout),
		completion: milliseconds(option, sharedOptions.waitForCompletion),
	};
}

/** Reads what applies to all items of a run. */
export function runParameters(context: IExecuteFunctions): RunParameters {
	const option = within(optionsOf(context, 0));
	return {
		parallel: wholeNumber(option, parallelRequests),
		documentsPerRequest: wholeNumber(option, documentsPerRequest),
		perInputItem: chosen(option, outputItems) === 'perInputItem',
	};
}

/**
 * Reads the reference that was given; empty if the parameter was left empty. An expression that yields nothing is
 * refused: the document would be signed under a reference that nobody will look for.
 */
function referenceOf(value: unknown, stored: unknown): string {
	const parameter = 'External Reference';
	const reference = typeof value === 'object' ? '' : textOf(value, parameter);
	if (reference !== '' || !isExpression(stored)) return reference;
	throw badInput(
		parameter,
		`'${parameter}' ${isNot(value)}`,
		"Its expression must yield a text or a number for each item: check it against the item's fields. Do not clear the parameter if documents were signed with it: they would be signed again.",
	);
}

function ublParameters(get: Get): SignParameters['ubl'] {
	const wanted = chosen(get, ublSignature);
	if (wanted === 'off') return undefined;
	const detail = within(get('ublDetails', {}) as IDataObject);
	const info = {
		signatureLocation: textOf(
			detail(signatureLocation.name, signatureLocation.default),
			signatureLocation.displayName,
		),
		signatureTransform: chosen(detail, signatureTransform),
		canonicalTransform: chosen(detail, canonicalTransform),
	};
	if (info.signatureLocation === '')
		throw badInput(
			'Signature Location',
			"'Signature Location' is empty",
			"UBL's own element is 'SignatureInformation'.",
		);
	const prepare = switchedOn(detail, prepareDocument);
	return { info, prepare, automatic: wanted === 'automatic' };
}

function detailsOf({ reason, location }: IDataObject): SignParameters['pdf'] {
	const [why, where] = [textOf(reason, 'Reason'), textOf(location, 'Location')];
	return { ...(why && { reason: why }), ...(where && { location: where }) };
}
