import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { badInput } from '../Fault';
import { neverRegistered, recover, type Recovery } from '../signing/recover';
import { safeReference } from '../signing/references';
import {
	chosen,
	milliseconds,
	parametersOf,
	switchedOn,
	textOf,
	within,
	type Choice,
} from './choices';
import { optionsOf, runOf } from './context';
import { forEachItem, readingParallel } from './itemLoop';
import { describe, documentItems, namedApart } from './output';
import {
	optionsField,
	outputFieldOf,
	returned,
	returnField,
	sharedOptions,
	shownFor,
	waitForPending,
	type Wanted,
} from './sharedFields';

const ifNotFound: Choice<'continue' | 'fail'> = {
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	options: [
		{ name: 'Continue', value: 'continue', description: 'Return an item with found: false' },
		{ name: 'Fail', value: 'fail', description: 'Report that there is no such document' },
	],
	default: 'fail',
	displayOptions: shownFor('recoverByReference'),
};

export const recoverByReferenceFields: INodeProperties[] = [
	{
		displayName: 'External Reference',
		name: 'externalReference',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. FT 2025/123',
		description:
			'Reference under which the document was signed, as you entered it or as a message names it',
		displayOptions: shownFor('recoverByReference'),
	},
	returnField('recoverByReference'),
	ifNotFound,
	optionsField('recoverByReference', [
		sharedOptions.outputField,
		sharedOptions.requestTimeout,
		sharedOptions.simplify,
		waitForPending,
	]),
];

/** What to do next, for each result. */
export const nextSteps: Record<Recovery['is'], string> = {
	signed: 'The document is signed: do not sign it again.',
	pending: 'The service is still working on it. Recover it again later; do not sign it again.',
	unclear:
		'The service does not say clearly whether it was signed. Look the operation up in the backoffice, and do not sign the document again before you know.',
	failed:
		'The operation ended without a signature. Run the Sign step again with the same document: the node uses the next reference if this one is used up.',
	notFound:
		'The service answers like this for any reference that is not in use. Check the reference and the credential. The Sign step uses the same reference for the same document and settings.',
};

/** Finds out what became of a reference, and returns the signed document if there is one. */
export async function recoverByReference(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[]> {
	const run = runOf(context);
	const items = await forEachItem(context, readingParallel, async (item) => {
		const given = context.getNodeParameter('externalReference', item);
		const reference = safeReference(textOf(given, 'External Reference'));
		if (reference === '')
			throw badInput(
				'External Reference',
				"'External Reference' is empty",
				'Enter the reference under which the document was signed.',
			);
		const options = optionsOf(context, item);
		const option = within(options);
		const ports = (await run()).ports(milliseconds(option, sharedOptions.requestTimeout));
		const completion = milliseconds(option, waitForPending);
		const get = parametersOf(context, item);
		const wanted = chosen(get, returned);
		const content = wanted === 'documents';
		const fails = chosen(get, ifNotFound) === 'fail';
		const simplify = switchedOn(option, sharedOptions.simplify);
		const field = outputFieldOf(option);
		const found = await recover(ports, reference, { completion, content });
		if (found.is === 'notFound' && fails) throw neverRegistered(reference);
		return await itemsOf(context, found, reference, { wanted, simplify, field });
	});
	return namedApart(items);
}

async function itemsOf(
	context: IExecuteFunctions,
	found: Recovery,
	asked: string,
	{ wanted, simplify, field }: { wanted: Wanted; simplify: boolean; field: string },
): Promise<INodeExecutionData[]> {
	const result = { found: found.is !== 'notFound', result: found.is, next: nextSteps[found.is] };
	if (found.is === 'notFound') return [{ json: { externalReference: asked, ...result } }];
	const extra = { externalReference: found.reference, ...result };
	if (wanted === 'status') return [{ json: { ...describe(found.operation, simplify), ...extra } }];
	// An operation may hold other documents, whose files were not requested here.
	const operation = { ...found.operation, documents: found.document ? [found.document] : [] };
	const without = ['operationStatus', 'creationDate', 'signatureType'];
	return await documentItems(context, operation, field, simplify, { extra, without });
}
