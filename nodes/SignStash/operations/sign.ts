import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { contentTypes, type SignatureType } from '../documents/contentType';
import { documentOf, prepareForUbl, signatureTypeFor, type Document } from '../documents/Document';
import { badInput } from '../Fault';
import type { AdvancedSignatureInfo, SignatureInfo, SignRequest } from '../service/messages';
import { derivedReference, safeReference } from '../signing/references';
import { signDocument, type SignedDocument, type SigningJob } from '../signing/signDocument';
import { milliseconds, openRun, optionsOf } from './context';
import { forEachItem } from './itemLoop';
import { signedBinary, simplifiedDocument, wholeAnswer } from './output';
import { receiversOf } from './receivers';

type Parameters = ReturnType<typeof readParameters>;

/** How long sending the same request again may go on, in seconds beside the request's own time-out. */
const sendingPatience = 180;

function readParameters(context: IExecuteFunctions, item: number) {
	const get = (name: string, otherwise: unknown): unknown =>
		context.getNodeParameter(name, item, otherwise);
	const text = (name: string): string => String(get(name, '') ?? '').trim();
	const options = optionsOf(context, item);
	return {
		input: context.getNodeParameter('binaryPropertyName', item),
		signatureType: text('signatureType') as SignatureType | 'automatic',
		reference: text('externalReference'),
		ubl: get('ublSignature', false) === true,
		ublInfo: {
			signatureLocation: text('signatureLocation'),
			signatureTransform: text('signatureTransform'),
			canonicalTransform: text('canonicalTransform'),
		} as AdvancedSignatureInfo,
		prepare: get('prepareDocument', false) === true,
		receivers: receiversOf(get('emailReceivers', ''), false),
		attach: get('attachDocuments', false) === true,
		pdf: get('pdfDetails', {}) as { reason?: string; location?: string },
		options,
		timeout: milliseconds(options.requestTimeout, 120),
		completion: milliseconds(options.waitForCompletion, 60),
	};
}

/** Reads the item's file; the parameter may be a field name or, in combined binary mode, the file itself. */
async function readDocument(
	context: IExecuteFunctions,
	item: number,
	{ input, options }: Parameters,
): Promise<Document> {
	const file = fileOf(context, item, input);
	const field = typeof input === 'string' ? input.trim() : 'data';
	const stored = file.id === undefined ? undefined : await context.helpers.getBinaryStream(file.id);
	const content = stored
		? await context.helpers.binaryToBuffer(stored)
		: Buffer.from(file.data, 'base64');
	const name = String(options.documentName ?? '').trim() || file.fileName || field;
	return documentOf(field, name, content);
}

function fileOf(context: IExecuteFunctions, item: number, input: unknown) {
	try {
		return context.helpers.assertBinaryData(item, input as string);
	} catch {
		throw badInput(
			'Input Data Field Name',
			`There is no file in the field '${String(input)}' that 'Input Data Field Name' names`,
			'Check the name against the binary fields of the input.',
		);
	}
}

function signatureInfoOf(type: SignatureType, parameters: Parameters): SignatureInfo {
	const { options, pdf, ubl, ublInfo } = parameters;
	const details = type === 'PAdES' ? pdf : {};
	return {
		signatureType: type,
		applyTimestamp: options.applyTimestamp === true,
		...(details.reason ? { reason: details.reason } : {}),
		...(details.location ? { location: details.location } : {}),
		...(ubl && type === 'XAdES' ? { advancedSignatureInfo: ublInfo } : {}),
	};
}

function requestFor(
	document: Document,
	signatureInfo: SignatureInfo,
	{ options, receivers, attach }: Parameters,
): (reference: string) => SignRequest {
	const base64Content = document.content.toString('base64');
	const preserve = options.preserveContent === true;
	const delivery =
		receivers.length === 0
			? {}
			: {
					deliveryInfo: {
						attachDocuments: attach,
						personReceiver: receivers.map((email) => ({ email, deliveryStatus: 'SENT' as const })),
					},
				};
	return (externalReference) => ({
		externalReference,
		description: String(options.description ?? '').trim() || document.name,
		returnSignedContent: true,
		...(preserve || receivers.length > 0
			? { preservationInfo: { preserveContent: preserve, ...delivery } }
			: {}),
		documents: [
			{
				documentRequest: {
					externalReference,
					name: document.name,
					contentType: contentTypes[document.kind],
					base64Content,
				},
				signatureInfo,
			},
		],
	});
}

/** Everything that is checked before sending is checked here. */
function jobFor(clientId: string, read: Document, parameters: Parameters) {
	const type = signatureTypeFor(read, parameters.signatureType);
	const info = signatureInfoOf(type, parameters);
	const document = info.advancedSignatureInfo
		? prepareForUbl(read, info.advancedSignatureInfo, parameters.prepare)
		: read;
	const derived = parameters.reference === '';
	const job: SigningJob = {
		reference: derived
			? derivedReference(clientId, document.content, info)
			: safeReference(parameters.reference),
		name: document.name,
		contentLength: document.content.length,
		derived,
		request: requestFor(document, info, parameters),
		ifAlreadySigned: ifAlreadySignedOf(parameters.options),
		patience: {
			sending: parameters.timeout + sendingPatience * 1000,
			completion: parameters.completion,
		},
	};
	return { job, document, type };
}

function ifAlreadySignedOf({ ifAlreadySigned }: IDataObject): SigningJob['ifAlreadySigned'] {
	return ifAlreadySigned === 'fail' || ifAlreadySigned === 'signAgain' ? ifAlreadySigned : 'return';
}

async function outputItem(
	context: IExecuteFunctions,
	signed: SignedDocument,
	{ document, type }: { document: Document; type: SignatureType },
	options: IDataObject,
): Promise<INodeExecutionData> {
	const field = String(options.outputField ?? '').trim() || document.field;
	const named = { ...signed.document, name: document.name };
	const bytes = Buffer.from(signed.content, 'base64');
	const binary = await signedBinary(context, field, named, bytes, type);
	const json =
		options.simplify === false
			? wholeAnswer(signed.operation)
			: {
					...simplifiedDocument(signed.operation, signed.document),
					signatureType: type,
					fileSize: bytes.length,
					recovered: signed.recovered,
				};
	return { json, binary };
}

/** Two items that ask for the same signature share one request; a given reference may stand for one content only. */
class SharedJobs {
	private readonly jobs = new Map<string, { job: SigningJob; signed: Promise<SignedDocument> }>();

	once(job: SigningJob, sign: () => Promise<SignedDocument>): Promise<SignedDocument> {
		const earlier = this.jobs.get(job.reference);
		if (!earlier) {
			const signed = sign();
			this.jobs.set(job.reference, { job, signed });
			return signed;
		}
		if (JSON.stringify(earlier.job.request('')) === JSON.stringify(job.request('')))
			return earlier.signed;
		if (job.derived) return earlier.signed;
		throw badInput(
			'External Reference',
			`'External Reference' '${job.reference}' is used by two different documents of this run`,
			'Give each document its own reference, or leave the parameter empty.',
		);
	}
}

/** Signs one document per item. */
export async function sign(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const shared = new SharedJobs();
	const parallel = Number(optionsOf(context, 0).parallelRequests ?? 4);
	const hints = { recovered: 0 };
	const items = await forEachItem(context, Math.min(Math.max(parallel, 1), 16), async (item) => {
		const parameters = readParameters(context, item);
		const run = await openRun(context, parameters.timeout);
		const read = await readDocument(context, item, parameters);
		const work = jobFor(run.clientId, read, parameters);
		const signed = await shared.once(work.job, async () => await signDocument(run.world, work.job));
		if (signed.recovered) hints.recovered++;
		return [await outputItem(context, signed, work, parameters.options)];
	});
	if (hints.recovered > 0)
		context.addExecutionHints({
			message: `${hints.recovered} document(s) had been signed before: the existing signature is returned, nothing was billed again.`,
			location: 'outputPane',
		});
	return items;
}
