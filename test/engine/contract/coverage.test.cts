import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import { readRefusal } from '../../../nodes/SignStash/service/transport';
import { SignStashService } from '../../../nodes/SignStash/service/SignStashService';
import { RequestBody } from '../../../nodes/SignStash/service/RequestBody';
import { signFields } from '../../../nodes/SignStash/operations/sign/panel/fields';
import { resolvedCredential } from '../../../tools/n8n/SandboxClient.mts';
import { bodyText } from '../../support/bodyText.cts';
import { runNode, type InputFile } from '../../support/engine.cts';
import { pdf, png, jpeg, ubl } from '../../support/files.cts';
import { requestPaths, sentPaths } from './requestSchema.cts';

/** Marks what a request contains whatever the parameters are. */
const always = '(always)';

/** Values of the contract that no parameter should reach, and why. */
const outOfReach: Record<string, string> = {
	'preservationInfo.alias': 'the vendor says that it is not used',
	...Object.fromEntries(
		['PENDING', 'RECEIVED', 'SENDING_ERROR', 'SENDING_FAILED'].map((status) => [
			`preservationInfo.deliveryInfo.personReceiver[].deliveryStatus = ${status}`,
			'a state of the answer; a request says SENT, as clients were seen to',
		]),
	),
};

/** Parameters that are not part of a request, and where their behaviour is tested. */
const conduct: Record<string, string> = {
	'options.documentsPerRequest': 'how many documents share a request (test/engine/signTogether)',
	'options.ifAlreadySigned': 'what an earlier signature leads to (test/engine/signOptions)',
	'options.outputItems': 'how documents become items (test/engine/signFiles)',
	'options.outputField': 'field of the output file (test/engine/signOptions)',
	'options.parallelRequests': 'requests at a time (test/engine/signTogether)',
	'options.requestTimeout': 'how long a call may take (test/engine/matrix)',
	'options.simplify': 'shape of the output (test/engine/signOptions)',
	'options.waitForCompletion': 'how long to wait for a pending operation (test/engine/signOptions)',
};

const pdfBase = { operation: 'sign' };
const ublBase = { operation: 'sign' };
const visible = (parameters: INodeParameters) => ({ visibleSignature: true, ...parameters });
const appearance = (more: INodeParameters) => visible({ pdfDetails: more });
const ublDetail = (more: INodeParameters) => ({ ublDetails: more });
const receiver = { emailReceivers: 'a@example.com' };
const email = (more: INodeParameters) => ({ emailDelivery: more });

/** For each parameter: values that must show in the request, in addition to a base. */
const onPdf: Array<[parameter: string, with_: INodeParameters, without?: INodeParameters]> = [
	['binaryPropertyName', { binaryPropertyName: 'other' }],
	['externalReference', { externalReference: 'R-1' }],
	['signatureType', { signatureType: 'CAdES' }],
	['emailDelivery.emailReceivers', email(receiver)],
	['emailDelivery.attachDocuments', email({ ...receiver, attachDocuments: true }), email(receiver)],
	['pdfDetails.reason', { pdfDetails: { reason: 'Issued' } }],
	['pdfDetails.location', { pdfDetails: { location: 'Lisboa' } }],
	['visibleSignature', visible({})],
	['visiblePlacement', visible({ visiblePlacement: 'PLACEHOLDER', visiblePlaceholder: 'SELO' })],
	['visiblePage', visible({ visiblePage: 2 }), visible({})],
	['visibleX', visible({ visibleX: 70 }), visible({})],
	['visibleY', visible({ visibleY: 71 }), visible({})],
	['visiblePlaceholder', visible({ visiblePlacement: 'PLACEHOLDER', visiblePlaceholder: 'HERE' })],
	['visibleSignField', visible({ visiblePlacement: 'SIGN_FIELD', visibleSignField: 'S1' })],
	['pdfDetails.text', appearance({ text: 'Seen' }), visible({})],
	['pdfDetails.backgroundColor', appearance({ backgroundColor: '#FFEE00' })],
	['pdfDetails.transparentBackground', appearance({ transparentBackground: true })],
	['pdfDetails.fontSize', appearance({ fontSize: 9 })],
	['pdfDetails.width', appearance({ width: 90, height: 30 }), appearance({})],
	['pdfDetails.height', appearance({ width: 90, height: 31 }), appearance({})],
	['pdfDetails.imageField', appearance({ imageField: 'png' })],
	['pdfDetails.imageField', appearance({ imageField: 'jpeg' })],
	['options.applyTimestamp', { options: { applyTimestamp: true } }],
	['options.description', { options: { description: 'November' } }],
	['options.documentName', { options: { documentName: 'FT.pdf' } }],
	['options.preserveContent', { options: { preserveContent: true } }],
	['options.returnSignedDocument', { options: { returnSignedDocument: false } }],
];
const onUbl: typeof onPdf = [
	['ublSignature', {}, { ublSignature: 'off' }],
	['ublDetails.signatureLocation', ublDetail({ signatureLocation: 'ExtensionContent' })],
	['ublDetails.signatureTransform', ublDetail({ signatureTransform: 'XPATH' })],
	['ublDetails.signatureTransform', ublDetail({ signatureTransform: 'XPATH2_FILTER' })],
	['ublDetails.canonicalTransform', ublDetail({ canonicalTransform: 'EXCLUSIVE' })],
	['ublDetails.prepareDocument', ublDetail({ prepareDocument: true }), { ublSignature: 'off' }],
	['binaryPropertyName', { binaryPropertyName: 'application' }],
];

const nowhere = { baseUrl: 'http://127.0.0.1:1', tokenUrl: 'http://127.0.0.1:1/token' };

/** The body of the one request that a run of the node sends. */
async function bodySent(parameters: INodeParameters, files: Record<string, InputFile>) {
	let body: string | undefined;
	const send = jest.spyOn(SignStashService.prototype, 'sign');
	send.mockImplementation(async (request: SignRequest) => {
		body = await bodyText(new RequestBody(request).asBlob());
		return readRefusal(400, '{"errorCode": "0.0.2"}');
	});
	const data = resolvedCredential({
		info: nowhere,
		client: { clientId: 'PRT.1-PRT.2-coverage', clientSecret: 'x' },
	});
	await runNode(data, parameters, [{ files }], { onError: 'continueRegularOutput' });
	send.mockRestore();
	if (body === undefined) throw new Error(`nothing was sent for ${JSON.stringify(parameters)}`);
	const sent: unknown = JSON.parse(body);
	return sent;
}

function parameterNames(fields: INodeProperties[], prefix = ''): string[] {
	return fields.flatMap((field) =>
		field.type === 'collection'
			? parameterNames(
					(field.options ?? []).filter((one): one is INodeProperties => 'type' in one),
					`${field.name}.`,
				)
			: [`${prefix}${field.name}`],
	);
}

test('every field and value of the sign request can be set by a parameter, and every parameter has an effect', async () => {
	const pdfFiles = {
		data: await pdf('coverage'),
		other: await pdf('other', 'other.pdf'),
		png: png(),
		jpeg: jpeg(),
	};
	const xml = ubl('coverage');
	const ublFiles = { data: xml, application: { ...xml, mimeType: 'application/xml' } };
	const reachedBy = new Map<string, Set<string>>();
	const withoutEffect: string[] = [];
	for (const [base, probes, files] of [
		[pdfBase, onPdf, pdfFiles],
		[ublBase, onUbl, ublFiles],
	] as const)
		for (const [parameter, change, otherwise] of probes) {
			const before = await bodySent({ ...base, ...otherwise }, files);
			const after = await bodySent({ ...base, ...change }, files);
			if (JSON.stringify(before) === JSON.stringify(after)) withoutEffect.push(parameter);
			const already = new Set(sentPaths(before));
			for (const path of sentPaths(after))
				reachedBy.set(
					path,
					(reachedBy.get(path) ?? new Set()).add(already.has(path) ? always : parameter),
				);
		}

	const paths = requestPaths();
	const lines = paths.map((path) => {
		const by = [...(reachedBy.get(path) ?? [])];
		const shown = by.find((parameter) => parameter !== always) ?? by[0];
		return `${path}: ${shown ?? outOfReach[path] ?? 'UNCOVERED'}`;
	});
	if (process.env.PRINT_COVERAGE) process.stdout.write(`${lines.join('\n')}\n`);
	expect(lines.filter((line) => line.endsWith('UNCOVERED'))).toEqual([]);
	expect(Object.keys(outOfReach).filter((path) => !paths.includes(path))).toEqual([]);
	expect(Object.keys(outOfReach).filter((path) => reachedBy.has(path))).toEqual([]);
	expect(withoutEffect).toEqual([]);

	const probed = [...onPdf, ...onUbl].map(([parameter]) => parameter);
	const known = [...probed, ...Object.keys(conduct)].sort();
	expect([...new Set(known)]).toEqual([...new Set(parameterNames(signFields))].sort());
}, 120_000);
