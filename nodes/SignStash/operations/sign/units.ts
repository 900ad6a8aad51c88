import type { IExecuteFunctions } from 'n8n-workflow';
import { documentOf, type Document } from '../../documents/Document';
import { workFor, type Work } from './jobs';
import type { SignParameters } from './parameters';
import { readAhead, type AheadLimits } from './readAhead';
import { readFile } from './readFile';
import type { SharedSignatures, SignedFile } from './SharedSignatures';
import { slotsOf, type FaultUnit, type FileSlot, type Place, type Reading } from './slots';

interface WorkUnit extends Place {
	work: Work;
	parameters: SignParameters;
}

/** A document to be signed. */
export interface FreshUnit extends WorkUnit {
	is: 'fresh';
	/** Key of documents that may share a request (see gather); undefined goes alone. */
	together?: string;
}

/** A document that an earlier one of the run is the same as. */
export interface CopyUnit extends WorkUnit {
	is: 'copy';
	signed: Promise<SignedFile>;
}

/** One document's place in the run: where it comes from, and what is to be done for it. */
export type Unit = FreshUnit | CopyUnit | FaultUnit;

/** A file that was read; it is not known yet whether an earlier one of the run is the same. */
interface ReadUnit extends WorkUnit {
	is: 'read';
}

/** As many as Node reads files at a time, and little beside the requests that are under way. */
const ahead: AheadLimits = { elements: 4, bytes: 8_000_000 };

/** The documents of all items in their order; while one is on its way, the next ones are read. */
export async function* unitsOf(
	reading: Reading,
	shared: SharedSignatures,
): AsyncGenerator<Unit, void> {
	const read = readAhead(slotsOf(reading), ahead, async (slot) =>
		slot.is === 'fault' ? slot : await readUnit(reading.context, slot),
	);
	for await (const unit of read) yield unit.is === 'fault' ? unit : claimed(unit, shared);
}

async function readUnit(context: IExecuteFunctions, slot: FileSlot): Promise<ReadUnit | FaultUnit> {
	const { item, order, parameters, commission } = slot;
	try {
		const work = await workFor(await readDocument(context, slot), parameters, commission);
		return { is: 'read', item, order, work, parameters, size: work.job.contentLength };
	} catch (fault) {
		return { is: 'fault', item, order, fault, size: 0 };
	}
}

async function readDocument(
	context: IExecuteFunctions,
	{ item, file: { field, binary }, parameters, documents }: FileSlot,
): Promise<Document> {
	const { content, head } = await readFile(context, item, binary);
	const own = binary.fileName || field;
	const name = parameters.documentName && documents === 1 ? parameters.documentName : own;
	return documentOf({ field, name, content, head, mimeType: binary.mimeType });
}

/** Has to be called in the order of the items: the first of equal documents is signed, the others are its copies. */
function claimed(unit: ReadUnit, shared: SharedSignatures): Unit {
	const { item, order, work, parameters } = unit;
	try {
		const signed = shared.claim(work);
		return signed
			? { ...unit, is: 'copy', signed }
			: { ...unit, is: 'fresh', together: requestKey(work, parameters) };
	} catch (fault) {
		return { is: 'fault', item, order, fault, size: 0 };
	}
}

function requestKey({ job }: Work, { receivers, timeout }: SignParameters): string | undefined {
	if (receivers.length > 0) return undefined;
	return JSON.stringify([job.settings, job.wantContent, job.patience, timeout]);
}
