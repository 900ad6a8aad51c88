import type { Execution, StoredFile } from '../../tools/n8n/N8n.mts';
import { webhookBox } from './workflows.mts';

/** A signed document in the output of an execution. */
export interface Returned {
	/** Its name at the service: the name of the document that was sent. */
	name: string;
	reference: string;
	file: StoredFile;
}

/** What one execution reported about its documents. */
export interface Told {
	executionId: string;
	status: string;
	/** Why n8n itself ended it. */
	error: string | undefined;
	/** Which batch it signed; undefined when the execution was lost before it kept its input. */
	batch: number | undefined;
	returned: Returned[];
	/** Faults, each in the node's own words. */
	faults: Array<{ words: string; reference: string | undefined }>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The reference that a fault names, wherever in the item it is. */
const referenceIn = (words: string): string | undefined =>
	/"externalReference":"([^"]+)"/.exec(words)?.[1];

/** What the node reported in an execution. */
export function toldBy(executionId: string, execution: Execution, box: string): Told {
	const { runData, status, error } = execution;
	const told: Told = {
		...{ executionId, status, error: error?.message, batch: batchOf(execution) },
		...{ returned: [], faults: [] },
	};
	for (const { json, binary = {} } of runData[box]?.at(-1)?.data?.main[0] ?? []) {
		const [file] = Object.values(binary);
		if (json.signStatus === 'SIGNED' && file)
			told.returned.push({
				name: text(json.documentName),
				reference: text(json.externalReference),
				file,
			});
		else {
			const words = JSON.stringify(json);
			told.faults.push({ words, reference: referenceIn(words) });
		}
	}
	return told;
}

function batchOf({ runData }: Execution): number | undefined {
	const body = runData[webhookBox]?.[0]?.data?.main[0]?.[0]?.json.body;
	const number = typeof body === 'object' && body !== null && 'batch' in body ? body.batch : '';
	return number === '' ? undefined : Number(number);
}
