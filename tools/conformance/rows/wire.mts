import { CONTRACT } from '../../../sandbox/contract.mts';
import { isMessage } from '../Answer.mts';
import type { Message } from '../Answer.mts';
import { first, is, oneOf, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import { standsFor } from '../Lab.mts';
import { NAME } from '../Trials.mts';
import type { Trials } from '../Trials.mts';
import type { Probe } from './Probe.mts';

const operationIds: Probe = async (trials) => {
	const id = (await trials.plain()).trial.answer.message?.['id'];
	return first(
		[
			[typeof id === 'number', 'number'],
			[typeof id === 'bigint', 'above-2-53'],
			[typeof id === 'string', 'text'],
		],
		() => undefined,
	);
};

const signAnswer: Probe = async (trials) => {
	const { answer } = (await trials.plain()).trial;
	if (answer.documents.length > 0) return is('whole');
	return is(answer.message && 'creationDate' in answer.message ? 'base' : 'id-only');
};

const isMissing = (message: Message, key: string): boolean => (message[key] ?? null) === null;

const statuses: Probe = async (trials) => {
	const { whole, base } = await trials.plain();
	if (base === undefined) return undefined;
	if (isMissing(base, 'status')) return is('no-operation-status');
	if (whole === undefined) return oneOf('both', 'no-sign-status');
	const missing = whole.documents.some((document) => isMissing(document, 'signStatus'));
	return is(missing ? 'no-sign-status' : 'both');
};

const requestReference: Probe = async (trials) => {
	const { whole, base } = await trials.plain();
	if (base === undefined) return undefined;
	const top = !isMissing(base, 'folderExternalReference');
	if (whole?.message === undefined)
		return top ? oneOf('both', 'base-only') : oneOf('folder-only', 'neither');
	const { folder } = whole.message;
	const below = isMessage(folder) && !isMissing(folder, 'externalReference');
	if (below) return is(top ? 'both' : 'folder-only');
	return is(top ? 'base-only' : 'neither');
};

function propertyNames(node: unknown): string[] {
	if (typeof node !== 'object' || node === null) return [];
	return Object.entries(node).flatMap(([key, inner]: [string, unknown]) => [
		...(key === 'properties' ? Object.keys(inner ?? {}) : []),
		...propertyNames(inner),
	]);
}

const KNOWN_PROPERTIES: ReadonlySet<string> = new Set(propertyNames(CONTRACT.components?.schemas));

/** Properties whose null has a meaning of its own. */
const OWN_NULLS = new Set(['contentLength', 'personReceiver']);

function hasNull(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(hasNull);
	if (!isMessage(value)) return false;
	return Object.entries(value).some(
		([key, inner]) =>
			KNOWN_PROPERTIES.has(key) && ((inner === null && !OWN_NULLS.has(key)) || hasNull(inner)),
	);
}

const absentValues: Probe = async (trials) => {
	const { whole, base, trial } = await trials.plain();
	if ([whole?.message, base, trial.answer.message].some(hasNull)) return is('null');
	return whole === undefined ? undefined : is('left-out');
};

const extraProperties: Probe = async (trials) => {
	const { whole, base, trial } = await trials.plain();
	const message = whole?.message ?? base ?? trial.answer.message ?? {};
	return is(Object.keys(message).some((key) => !KNOWN_PROPERTIES.has(key)) ? 'many' : 'none');
};

function enumOf(schema: string): readonly unknown[] {
	const found: unknown = new Map(Object.entries(CONTRACT.components?.schemas ?? {})).get(schema);
	const values = isMessage(found) ? found['enum'] : undefined;
	return Array.isArray(values) ? values : [];
}

function isNew(message: unknown, key: string, schema: string): boolean {
	if (!isMessage(message) || isMissing(message, key)) return false;
	return !enumOf(schema).includes(message[key]);
}

function isNewBeside(base: Message, documents: readonly Message[]): boolean {
	return (
		isNew(base, 'type', 'OperationType') ||
		isNew(base['issuerCompany'], 'status', 'IssuerStatus') ||
		isNew(base['folder'], 'folderContent', 'FolderContent') ||
		documents.some(
			(document) =>
				isNew(document, 'cipherStatus', 'CipherStatus') ||
				isNew(document, 'storageStatus', 'StorageStatus'),
		)
	);
}

const enumValues: Probe = async (trials) => {
	const { whole, base } = await trials.plain();
	if (base === undefined) return undefined;
	const documents = whole?.documents ?? [];
	if (isNewBeside(base, documents)) return is('new-beside');
	if (isNew(base, 'status', 'OperationStatus')) return is('new-operation-status');
	if (documents.some((document) => isNew(document, 'signStatus', 'SignStatus')))
		return is('new-sign-status');
	const signed = documents.some(({ signStatus }) => signStatus === 'SIGNED');
	return oneOf(
		'known',
		...(base['status'] === 'EXECUTED' ? [] : ['new-operation-status']),
		...(signed ? [] : ['new-sign-status']),
	);
};

const documentOrder: Probe = async (trials) => {
	const { whole, trial } = await trials.pair();
	const shown = whole?.documents.map(({ externalReference }) => externalReference);
	const [one = '', other = ''] = trial.drafts.map(({ reference }) => reference);
	const isOrder = (first: string, second: string): boolean =>
		standsFor(shown?.[0], first) && standsFor(shown?.[1], second);
	if (isOrder(one, other)) return is('as-sent');
	return isOrder(other, one) ? is('reversed') : undefined;
};

const documentsListed: Probe = async (trials) => {
	const { whole, trial, over } = await trials.plain();
	if (whole === undefined || !over) return undefined;
	return is(whole.listed.length > trial.drafts.length ? 'both-tries' : 'once');
};

const dates: Probe = async (trials) => {
	const date = (await trials.plain()).base?.['creationDate'];
	const text = typeof date === 'string' ? date : '';
	return first(
		[
			[typeof date === 'number', 'epoch'],
			[/^\d{4}-\d\d-\d\dT.*([+-]\d\d:\d\d|Z)$/.test(text), 'offset'],
			[/^\d{4}-\d\d-\d\dT.*[+-]\d{4}$/.test(text), 'plain-offset'],
			[/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text), 'no-zone'],
		],
		() => (date === undefined ? undefined : unlike('a date in another notation')),
	);
};

async function signedContents(trials: Trials): Promise<string[]> {
	const courses = [await trials.plain(), await trials.pair()];
	return courses
		.flatMap(({ trial, details }) => [trial.answer, ...details])
		.flatMap(({ documents }) => documents)
		.map(({ signedContent }) => signedContent)
		.filter((content) => typeof content === 'string');
}

const base64: Probe = async (trials) => {
	const contents = await signedContents(trials);
	if (contents.length === 0) return undefined;
	const some = (pattern: RegExp): boolean => contents.some((content) => pattern.test(content));
	const short = contents.some((content) => content.length % 4 !== 0);
	return first(
		[
			[some(/^data:/), 'data-url'],
			[some(/[\r\n]/), 'lines'],
			[some(/[-_]/), 'url-safe'],
			[short, 'unpadded'],
			[some(/=$/), 'plain'],
		],
		() => oneOf('plain', 'unpadded'),
	);
};

const contentLength: Probe = async (trials) => {
	const { whole, trial } = await trials.plain();
	const [document] = whole?.documents ?? [];
	const sent = trial.drafts[0]?.content.length ?? 0;
	if (document === undefined) return undefined;
	const { contentLength: length, additionalContentLength: additional } = document;
	const lost = length === undefined || (length === null && additional === null);
	return first(
		[
			[lost, 'missing'],
			[length === null, 'null'],
			[length === sent, 'exact'],
			[length === 0, 'zero'],
			[typeof length === 'number' && length < sent, 'capped'],
		],
		() => unlike('another length'),
	);
};

const documentName: Probe = async (trials) => {
	const [document] = (await trials.plain()).whole?.documents ?? [];
	if (document === undefined) return undefined;
	const name = document['name'] ?? undefined;
	return first(
		[
			[name === undefined, 'missing'],
			[name === NAME, 'as-sent'],
			[name === Buffer.from(NAME, 'utf8').toString('latin1'), 'latin-1'],
			[name === NAME.normalize('NFD'), 'decomposed'],
			[name === encodeURIComponent(NAME), 'url-encoded'],
			[name === NAME.split('/').at(-1), 'without-path'],
			[typeof name === 'string' && NAME.startsWith(name), 'cut'],
		],
		() => unlike('the name is written in another way'),
	);
};

function byType(value: unknown, names: Readonly<Record<string, string>>): Finding | undefined {
	const found = new Map(Object.entries(names)).get(typeof value);
	return found === undefined ? undefined : is(found);
}

const internalId: Probe = async (trials) => {
	const [document] = (await trials.plain()).whole?.documents ?? [];
	const names = { string: 'text', number: 'number', bigint: 'above-2-53' };
	return byType(document?.['internalId'], names);
};

const folderId: Probe = async (trials) => {
	const folder = (await trials.plain()).whole?.message?.['folder'];
	const id = isMessage(folder) ? folder['folderId'] : undefined;
	return byType(id, { string: 'text', number: 'number' });
};

const issuerCompany: Probe = async (trials) => {
	const issuer = (await trials.plain()).base?.['issuerCompany'];
	if (!isMessage(issuer)) return undefined;
	return first(
		[
			[isMessage(issuer['invoiceAddress']) || isMessage(issuer['additionalInfo']), 'objects'],
			[typeof issuer['limitUsageCount'] === 'string', 'limits-as-texts'],
		],
		() => is('texts'),
	);
};

const queuePriority: Probe = async (trials) => {
	const queue = (await trials.plain()).base?.['signatureQueuePriority'];
	if (!isMessage(queue)) return undefined;
	return first(
		[
			[typeof queue['defaultPriority'] === 'string', 'texts'],
			[String(queue['startTime']).includes('T'), 'date-times'],
		],
		() => is('times'),
	);
};

const deliveryShown: Probe = async (trials) => {
	const mailed = await trials.mailed();
	const shown = mailed?.whole ? mailed : await trials.mailedWithoutStatus();
	const info = shown?.whole?.message?.['deliveryInfo'];
	if (!isMessage(info)) return undefined;
	const { personReceiver } = info;
	if (personReceiver === null) return is('null');
	if (isMessage(personReceiver)) return is('one-object');
	const [receiver]: unknown[] = Array.isArray(personReceiver) ? personReceiver : [];
	if (typeof receiver === 'string') return is('texts');
	return isMessage(receiver)
		? is('deliveryStatus' in receiver ? 'list' : 'without-status')
		: undefined;
};

export const wireProbes: Readonly<Record<string, Probe>> = {
	'operation-ids': operationIds,
	'sign-answer': signAnswer,
	statuses,
	'request-reference-shown': requestReference,
	'absent-values': absentValues,
	'extra-properties': extraProperties,
	'enum-values': enumValues,
	'document-order': documentOrder,
	'documents-listed': documentsListed,
	dates,
	base64,
	'content-length': contentLength,
	'document-name-shown': documentName,
	'internal-id': internalId,
	'folder-id': folderId,
	'issuer-company': issuerCompany,
	'queue-priority': queuePriority,
	'delivery-shown': deliveryShown,
};
