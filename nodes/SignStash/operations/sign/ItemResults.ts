import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Fault, Unsettled } from '../../Fault';
import { faultItem, type ItemContext } from '../itemLoop';
import type { Place, Task } from './task';

/** A signed document as items carry it: its file is already in n8n's storage. */
export interface SignedItem {
	json: IDataObject;
	/** Undefined when the document was not to be returned. */
	file?: IBinaryData;
}

type Result = { signed: SignedItem; field: string } | { fault: unknown };

/** Tells a run to start nothing new; the fault itself is thrown when everything has ended. */
class RunEnded extends Error {}

function namingAlso(fault: unknown, references: Array<string | undefined>): unknown {
	if (!(fault instanceof Fault)) return fault;
	const remedy = `${fault.remedy} What became of these documents of the same run is not known either: ${references.join(', ')}.`;
	return new Fault(fault.message, remedy, fault.details, fault.failure);
}

/** What became of every document, kept under its item and its place within the item. */
export class ItemResults {
	private readonly results: Result[][] = [];
	private firstFault?: { item: number; fault: unknown };

	constructor(private readonly context: ItemContext) {}

	add({ item, order, document, parameters }: Task, signed: SignedItem): void {
		this.at(item)[order] = { signed, field: parameters.outputField || document.field };
	}

	fail({ item, order }: Place, fault: unknown): void {
		this.at(item)[order] = { fault };
		this.firstFault ??= { item, fault };
	}

	/** Without a continue mode, the first fault ends the run: nothing new is started. */
	endUnlessContinuing(): void {
		if (this.firstFault && !this.context.continueOnFail()) throw new RunEnded();
	}

	/** Throws that fault once everything in progress has ended; every document that is still open is named. */
	throwUnlessContinuing(): void {
		if (!this.firstFault || this.context.continueOnFail()) return;
		const { item, fault } = this.firstFault;
		const open = this.results
			.flat()
			.flatMap((result) => ('fault' in result && result.fault !== fault ? [result.fault] : []))
			.filter((one) => one instanceof Unsettled)
			.map(({ details }) => details.externalReference);
		faultItem(this.context, item, open.length > 0 ? namingAlso(fault, open) : fault, 'sign');
	}

	/** One item per document. */
	perDocument(): INodeExecutionData[] {
		return this.results.flatMap((results, item) =>
			results.map((result) => this.itemOf(item, result)),
		);
	}

	/** One item per input item, which keeps its own json; a failed document has a separate item. */
	perInputItem(): INodeExecutionData[] {
		return this.results.flatMap((results, item) => {
			const signed = results.filter((result) => 'signed' in result);
			const failed = results.filter((result) => 'fault' in result);
			const joined = signed.length > 0 ? [this.joined(item, signed)] : [];
			return [...joined, ...failed.map((result) => this.itemOf(item, result))];
		});
	}

	private at(item: number): Result[] {
		return (this.results[item] ??= []);
	}

	private itemOf(item: number, result: Result): INodeExecutionData {
		if ('fault' in result) return faultItem(this.context, item, result.fault, 'sign');
		const { signed, field } = result;
		return {
			json: signed.json,
			...(signed.file ? { binary: { [field]: signed.file } } : {}),
			pairedItem: { item },
		};
	}

	/** A top-level `error` of the input would read as this node's own fault. */
	private joined(
		item: number,
		results: Array<Extract<Result, { signed: SignedItem }>>,
	): INodeExecutionData {
		const json: IDataObject = { ...this.context.getInputData()[item]?.json };
		delete json.error;
		const binary: IBinaryKeyData = {};
		for (const { signed, field } of results)
			if (signed.file) binary[freeField(field, binary)] = signed.file;
		return {
			json: { ...json, documents: results.map(({ signed }) => signed.json) },
			...(Object.keys(binary).length > 0 ? { binary } : {}),
			pairedItem: { item },
		};
	}
}

/** The field itself, or the first of `field_1`, `field_2` … that is free. */
function freeField(field: string, taken: IBinaryKeyData): string {
	let name = field;
	for (let number = 1; name in taken; number++) name = `${field}_${number}`;
	return name;
}
