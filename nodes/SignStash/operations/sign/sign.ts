import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Fault } from '../../Fault';
import { signTogether, type Settled } from '../../signing/carryOut';
import { afterSigning } from '../../signing/faults';
import { gather } from '../../flow/gather';
import { forEachParallel } from '../../flow/pool';
import { safeReference } from '../../signing/references';
import { resendMail } from '../../signing/resendMail';
import type { SignedDocument } from '../../signing/SigningJob';
import { runOf } from '../context';
import { faultItem } from '../itemLoop';
import { certificateIn, namedApart, simplifiedDocument } from '../output';
import { Hints } from './Hints';
import { intake, type Taken } from './intake';
import { ItemResults, type SignedItem } from './ItemResults';
import { runParameters, type RunParameters } from './parameters';
import { Progress } from './Progress';
import { Signatures, type Signature } from './Signatures';
import type { Task } from './task';
import { Unanswered } from './Unanswered';

/** Content that one request may hold (documented: payloads of about 10 MB are common, and files of 20 MB). */
const bytesPerRequest = 20_000_000;

/** Documents with given references that one request may hold: its own reference names each of them. */
const mostGiven = 30;

/** A task with the signature it asks for; `shared` when an earlier task has asked for it. */
type Unit = Task & { signature: Signature; shared: boolean; together?: string; most?: number };

/** Signs the documents of all items: once each, in bounded parallel, in the order of the input. */
export async function sign(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const parameters = readOr(context);
	return 'items' in parameters ? parameters.items : await new SignRun(context, parameters).items();
}

/** The run's own parameters; if they are invalid, so is every item. */
function readOr(context: IExecuteFunctions): RunParameters | { items: INodeExecutionData[] } {
	try {
		return runParameters(context);
	} catch (fault) {
		const items = [...context.getInputData().keys()];
		return { items: items.map((item) => faultItem(context, item, fault, 'sign')) };
	}
}

/**
 * One execution of Sign: documents are read, sent, and written one after the other; none waits for all the others.
 */
class SignRun {
	private readonly hints = new Hints();
	private readonly unanswered = new Unanswered();
	private readonly signatures = new Signatures();
	private readonly results: ItemResults;
	private readonly progress: Progress;
	private readonly run;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly parameters: RunParameters,
	) {
		this.results = new ItemResults(context);
		this.progress = new Progress(context);
		this.run = runOf(context);
	}

	async items(): Promise<INodeExecutionData[]> {
		const { documentsPerRequest, parallel, perInputItem } = this.parameters;
		const limits = { documents: documentsPerRequest, bytes: bytesPerRequest };
		await forEachParallel(gather(this.units(), limits), parallel, async (group) => {
			await this.sign(group);
			this.results.endUnlessContinuing();
		}).finally(() => this.results.throwUnlessContinuing());
		this.hints.show(this.context, bytesPerRequest);
		const items = perInputItem ? this.results.perInputItem() : this.results.perDocument();
		return namedApart(items);
	}

	private async *units(): AsyncGenerator<Unit> {
		for await (const taken of intake(this.context, this.run)) {
			const unit = this.unitOf(taken);
			if (unit) yield unit;
			this.results.endUnlessContinuing();
		}
	}

	/**
	 * Called in the order of the items: the first of several identical documents is signed, the others share its
	 * signature.
	 */
	private unitOf(taken: Taken): Unit | undefined {
		if (taken.is === 'skipped') this.hints.skipped.push(taken.name);
		if (taken.is === 'refusal') this.results.fail(taken, taken.fault);
		if (taken.is !== 'task') return undefined;
		try {
			const { reference } = taken.parameters;
			if (safeReference(reference) !== reference) this.hints.replaced.add(reference);
			const unit = { ...taken, ...this.signatures.claim(taken), ...sharedRequest(taken) };
			if (this.parameters.documentsPerRequest === 1) this.countUngathered(unit);
			if (unit.shared && unit.signature.differsFrom(unit)) this.hints.sharedSettings++;
			if (unit.isSignedLast) this.hints.signedLast.push(unit.document.name);
			return unit;
		} catch (fault) {
			this.results.fail(taken, fault);
			return undefined;
		}
	}

	private countUngathered({ shared, together, size }: Unit): void {
		if (shared || together === undefined) return;
		this.hints.ungathered.documents++;
		this.hints.ungathered.bytes += size;
	}

	private async sign(group: [Unit, ...Unit[]]): Promise<void> {
		const fresh = group.filter(({ shared }) => !shared);
		const settled = await this.settled(fresh);
		for (const [index, { signature }] of fresh.entries()) {
			const result = settled[index];
			if (result) signature.end(result);
		}
		await Promise.all(group.map(async (unit) => await this.finish(unit)));
	}

	private async settled([first, ...others]: Unit[]): Promise<Settled> {
		if (!first) return [];
		try {
			if (this.unanswered.areTooMany)
				return [first, ...others].map(({ document }) => ({
					status: 'rejected',
					reason: this.unanswered.faultOf(document.name),
				}));
			const ports = (await this.run()).ports(first.parameters.timeout);
			return await signTogether(ports, [first.job, ...others.map(({ job }) => job)]);
		} catch (reason) {
			return [first, ...others].map(() => ({ status: 'rejected', reason }));
		} finally {
			for (const { document } of [first, ...others]) document.content.release();
		}
	}

	private async finish(unit: Unit): Promise<void> {
		try {
			const signed = await unit.signature.signed;
			this.results.add(unit, await this.itemFor(unit, signed));
			this.unanswered.answered();
			this.hints.tell(unit.parameters, signed, unit.shared);
			await this.mail(unit, signed);
		} catch (fault) {
			this.unanswered.ended(unit.signature, fault);
			this.results.fail(unit, fault);
		} finally {
			// A file that its first item did not want is held against it before.
			if (unit.shared) unit.document.content.release();
		}
		this.progress.one();
	}

	/** @throws Fault that names the reference, whatever went wrong: the signature stands */
	private async itemFor(unit: Unit, signed: SignedDocument): Promise<SignedItem> {
		const { signature, parameters, type, job, document } = unit;
		const { operation, recovered } = signed;
		try {
			const stored = job.wantContent
				? await signature.fileFor(this.context, await this.run(), unit)
				: undefined;
			const json = {
				...simplifiedDocument(operation, {
					...signed.document,
					externalReference: signed.reference,
					name: document.name,
				}),
				signatureType: type,
				...(stored ? { fileSize: stored.size } : {}),
				recovered,
				...certificateIn(stored?.certificate),
			};
			if (stored?.certificate)
				this.hints.warnings.signedBy(stored.certificate, (await this.run()).isProduction);
			return { json: parameters.simplify ? json : operation.raw, file: stored?.file };
		} catch (error) {
			const told = { name: document.name, reference: signed.reference, sent: true, operation };
			throw error instanceof Fault ? error : afterSigning(error, told);
		}
	}

	/** A shared signature was requested with the receivers of its first item: the service emails the others now. */
	private async mail({ shared, signature, parameters }: Unit, { operation }: SignedDocument) {
		if (!shared) return;
		const receivers = parameters.receivers.filter((one) => !signature.mailed.has(one));
		if (receivers.length === 0) return;
		for (const one of receivers) signature.mailed.add(one);
		const ports = (await this.run()).ports(parameters.timeout);
		await resendMail(ports, operation.id, parameters.attachDocuments, receivers).catch(() =>
			this.hints.notMailed.add(operation.id),
		);
	}
}

/** Which documents may share a request: the operation's email shows all of them to its receivers. */
function sharedRequest({ job, parameters }: Task): Pick<Unit, 'together' | 'most'> {
	const { receivers, timeout } = parameters;
	if (receivers.length > 0) return {};
	const { settings, wantContent, patience, derived, ifAlreadySigned } = job;
	const same = [settings, wantContent, patience, derived, ifAlreadySigned, timeout];
	return { together: JSON.stringify(same), ...(derived ? {} : { most: mostGiven }) };
}
