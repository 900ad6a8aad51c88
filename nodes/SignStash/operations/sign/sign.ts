import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { gather } from '../../signing/gather';
import { Gate, gated } from '../../signing/Gate';
import { forEachParallel } from '../../signing/pool';
import type { SignedDocument } from '../../signing/SigningJob';
import { signTogether } from '../../signing/signTogether';
import { runOf } from '../context';
import { faultItem } from '../itemLoop';
import { Hints } from './Hints';
import { ItemResults } from './ItemResults';
import { runParameters, type RunParameters } from './parameters';
import { Progress } from './Progress';
import { signedFile } from './signedFile';
import { SharedSignatures } from './SharedSignatures';
import { unitsOf, type CopyUnit, type FreshUnit, type Unit } from './units';

/** Content that one request may hold (documented: payloads of about 10 MB are common, and files of 20 MB). */
const bytesPerRequest = 20_000_000;

/** Signs the documents of all items: once each, in bounded parallel, in the order of the input. */
export async function sign(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameters = readOr(context);
	return 'items' in parameters ? parameters.items : await new SignRun(context, parameters).items();
}

/** The run's own parameters; when they are no good, so is every item. */
function readOr(context: IExecuteFunctions): RunParameters | { items: INodeExecutionData[] } {
	try {
		return runParameters(context);
	} catch (fault) {
		const items = [...context.getInputData().keys()];
		return { items: items.map((item) => faultItem(context, item, fault)) };
	}
}

/** One execution of Sign: documents are read, sent, and written one after the other, and none waits for all. */
class SignRun {
	private readonly hints = new Hints();
	private readonly shared = new SharedSignatures();
	private readonly results: ItemResults;
	private readonly progress: Progress;
	private readonly gate: Gate;
	private readonly run;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly parameters: RunParameters,
	) {
		this.results = new ItemResults(context);
		this.progress = new Progress(context);
		this.gate = new Gate(parameters.parallel);
		this.run = runOf(context);
	}

	async items(): Promise<INodeExecutionData[]> {
		const { context, run, hints } = this;
		const { documentsPerRequest, parallel, perInputItem } = this.parameters;
		const units = unitsOf({ context, run, hints }, this.shared);
		const limits = { documents: documentsPerRequest, bytes: bytesPerRequest };
		await forEachParallel(gather(units, limits), parallel, async (group) => {
			await this.signGroup(group);
			this.results.unlessStopping();
		});
		hints.show(context);
		return perInputItem ? this.results.perInputItem() : this.results.perDocument();
	}

	private async signGroup([first, ...others]: [Unit, ...Unit[]]): Promise<void> {
		if (first.is === 'fault') return this.results.fail(first, first.fault);
		if (first.is === 'copy') return await this.copy(first);
		const fresh = others.filter((unit) => unit.is === 'fresh');
		const settled = await this.settled(first, fresh);
		const finishing = [first, ...fresh].map(async (unit, index) => {
			const one = settled[index];
			if (one) await this.finish(unit, one);
			this.progress.one();
		});
		await Promise.all(finishing);
	}

	private async settled(first: FreshUnit, others: FreshUnit[]) {
		try {
			const world = (await this.run()).world(first.parameters.timeout);
			const service = gated(world.service, this.gate);
			const jobs = others.map(({ work }) => work.job);
			return await signTogether({ ...world, service }, [first.work.job, ...jobs]);
		} catch (reason) {
			return [first, ...others].map(() => ({ status: 'rejected' as const, reason }));
		}
	}

	/** Whatever comes of it, copies of the document are waiting to hear. */
	private async finish(unit: FreshUnit, one: PromiseSettledResult<SignedDocument>): Promise<void> {
		try {
			if (one.status === 'rejected') throw one.reason;
			const file = await signedFile(this.context, unit, one.value);
			const { content } = one.value;
			if (content) (await this.run()).buffers.give(content);
			this.shared.settle(unit.work.job, file);
			this.results.add(unit, file);
			if (file.recovered) this.hints.recovered++;
		} catch (fault) {
			this.shared.fail(unit.work.job, fault);
			this.results.fail(unit, fault);
		} finally {
			unit.work.document.content.release();
		}
	}

	private async copy(unit: CopyUnit): Promise<void> {
		unit.work.document.content.release();
		try {
			this.results.add(unit, await unit.signed);
		} catch (fault) {
			this.results.fail(unit, fault);
		}
	}
}
