import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SignatureType } from '../../documents/contentType';
import { badInput } from '../../Fault';
import type { AdvancedSignatureInfo } from '../../service/messages';
import type { IfAlreadySigned } from '../../signing/SigningJob';
import { milliseconds, optionsOf } from '../context';
import { receiversOf } from '../receivers';
import { visibleParameters, type VisibleParameters } from './visible';

/** What the user chose for the documents of one item. */
export interface SignParameters {
	/** Field names, patterns, or files handed over by an expression. */
	input: unknown;
	signatureType: SignatureType | 'automatic';
	/** Empty: derived from the document. */
	reference: string;
	/** Undefined: UBL Signature is off. */
	ubl?: { info: AdvancedSignatureInfo; prepare: boolean };
	/** Undefined: Visible Signature is off. */
	visible?: VisibleParameters;
	receivers: string[];
	attachDocuments: boolean;
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

const most = { parallel: 16, documentsPerRequest: 100 };

/**
 * Gives the parameters of an item. Without any expression among them (n8n marks one by a leading `=`)
 * they are the same for every item, and are read once: reading them costs more than a small document.
 */
export function parameterReader(context: IExecuteFunctions): (item: number) => SignParameters {
	const vary = JSON.stringify(context.getNode().parameters).includes('"=');
	let constant: SignParameters | undefined;
	return (item) =>
		vary ? signParameters(context, item) : (constant ??= signParameters(context, item));
}

/** Reads and checks the parameters of one item; what does not fit is refused before anything is sent. */
function signParameters(context: IExecuteFunctions, item: number): SignParameters {
	const get = (name: string, otherwise: unknown): unknown =>
		context.getNodeParameter(name, item, otherwise);
	const text = (name: string): string => trimmed(get(name, ''));
	const options = optionsOf(context, item);
	return {
		input: get('binaryPropertyName', 'data'),
		signatureType: text('signatureType') as SignatureType | 'automatic',
		reference: text('externalReference'),
		ubl: get('ublSignature', false) === true ? ublParameters(text, get) : undefined,
		visible: get('visibleSignature', false) === true ? visibleParameters(get) : undefined,
		receivers: receiversOf(get('emailReceivers', ''), false),
		attachDocuments: get('attachDocuments', false) === true,
		pdf: detailsOf(get('pdfDetails', {}) as IDataObject),
		applyTimestamp: options.applyTimestamp === true,
		description: trimmed(options.description),
		documentName: trimmed(options.documentName),
		preserveContent: options.preserveContent === true,
		returnDocument: options.returnSignedDocument !== false,
		outputField: trimmed(options.outputField),
		simplify: options.simplify !== false,
		ifAlreadySigned: ifAlreadySignedOf(options),
		timeout: milliseconds(options.requestTimeout, 120),
		completion: milliseconds(options.waitForCompletion, 60),
	};
}

/** Reads what holds for all items of a run. */
export function runParameters(context: IExecuteFunctions): RunParameters {
	const options = optionsOf(context, 0);
	return {
		parallel: wholeNumber('Parallel Requests', options.parallelRequests ?? 4, most.parallel),
		documentsPerRequest: wholeNumber(
			'Documents per Request',
			options.documentsPerRequest ?? 1,
			most.documentsPerRequest,
		),
		perInputItem: options.output === 'perInputItem',
	};
}

const trimmed = (value: unknown): string => String(value ?? '').trim();

function wholeNumber(parameter: string, value: unknown, largest: number): number {
	const number = Number(value);
	if (Number.isInteger(number) && number >= 1 && number <= largest) return number;
	throw badInput(
		parameter,
		`'${parameter}' has to be a whole number from 1 to ${largest}, but is '${String(value)}'`,
		'Correct the option.',
	);
}

function ublParameters(
	text: (name: string) => string,
	get: (name: string, otherwise: unknown) => unknown,
): SignParameters['ubl'] {
	const info = {
		signatureLocation: text('signatureLocation'),
		signatureTransform: text('signatureTransform'),
		canonicalTransform: text('canonicalTransform'),
	};
	if (info.signatureLocation === '')
		throw badInput(
			'Signature Location',
			"'Signature Location' is empty",
			"UBL's own element is 'SignatureInformation'.",
		);
	return { info: info as AdvancedSignatureInfo, prepare: get('prepareDocument', true) === true };
}

function detailsOf({ reason, location }: IDataObject): SignParameters['pdf'] {
	return {
		...(trimmed(reason) ? { reason: trimmed(reason) } : {}),
		...(trimmed(location) ? { location: trimmed(location) } : {}),
	};
}

function ifAlreadySignedOf({ ifAlreadySigned }: IDataObject): IfAlreadySigned {
	return ifAlreadySigned === 'fail' || ifAlreadySigned === 'signAgain' ? ifAlreadySigned : 'return';
}
