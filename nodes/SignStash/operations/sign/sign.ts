import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Fault } from '../../Fault';
import { signTogether, type Settled } from '../../signing/carryOut';
import type { Execution } from '../../signing/Execution';
import { afterSigning, faultOf } from '../../signing/faults';
import { gather, type Gatherable } from '../../flow/gather';
import { forEachParallel } from '../../flow/pool';
import { safeReference } from '../../signing/references';
import { resendMail } from '../../signing/resendMail';
import type { SignedDocument, SigningJob } from '../../signing/SigningJob';
import { runOf } from '../context';
import { faultItem } from '../itemLoop';
import { certificateIn, namedApart, simplifiedDocument } from '../output';
import { Hints } from './Hints';
import { intake, type RefusedInput } from './intake';
import { ItemResults, type SignedItem } from './ItemResults';
import { runParameters, type RunParameters } from './parameters';
import { Progress } from './Progress';
import { SharedSignatures, type SharedSignature } from './SharedSignatures';
import type { Task } from './task';
import { Unanswered } from './Unanswered';

/** Content that one request may hold (documented: payloads of about 10 MB are common, and files of 20 MB). */
const bytesPerRequest = 20_000_000;

/** Documents with given references that one request may hold: its own reference names each of them. */
const mostGiven = 30;

/** A task with the signature it asks for; `shared` when an earlier task has asked for it. */
type ClaimedTask = Task & Gatherable & { signature: SharedSignature; shared: boolean };

/** Signs the documents of all items: once each, in bounded parallel, in the order of the input. */
export async function sign(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	let parameters: RunParameters;
	try {
		parameters = runParameters(context);
	} catch (fault) {
		// What is wrong with the run's own parameters is wrong with every item.
		const items = [...context.getInputData().keys()];
		return items.map((item) => faultItem(context, item, fault, 'sign'));
	}
	return await new SignRun(context, parameters).items();
}

/**
 * One execution of Sign: documents are read, sent, and written one after the other; none waits for all the others.
 */
class SignRun {
	private readonly hints = new Hints();
	private readonly unanswered = new Unanswered();
	private readonly signatures = new SharedSignatures();
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
		await forEachParallel(gather(this.tasks(), limits), parallel, async (group) => {
			await this.sign(group);
			this.results.endUnlessContinuing();
		}).finally(() => this.results.throwUnlessContinuing());
		this.hints.show(this.context, bytesPerRequest);
		const items = perInputItem ? this.results.perInputItem() : this.results.perDocument();
		return namedApart(items);
	}

	private async *tasks(): AsyncGenerator<ClaimedTask> {
		const skip = (name: string) => this.hints.add('skipped', name);
		for await (const read of intake(this.context, this.run, skip)) {
			const task = this.claimed(read);
			if (task) yield task;
			this.results.endUnlessContinuing();
		}
	}

	/**
	 * Called in the order of the items: the first of several identical documents is signed, the others share its
	 * signature.
	 */
	private claimed(read: Task | RefusedInput): ClaimedTask | undefined {
		if ('fault' in read) {
			this.results.fail(read, read.fault);
			return undefined;
		}
		try {
			const { reference } = read.parameters;
			if (safeReference(reference) !== reference) this.hints.add('rewritten', reference);
			const task = { ...read, ...this.signatures.claim(read), ...sharedRequest(read) };
			const isAlone = this.parameters.documentsPerRequest === 1 && !task.shared;
			if (isAlone && task.together !== undefined) this.hints.sentAlone(task.size);
			const { name } = task.document;
			if (task.shared && task.signature.differsFrom(task)) this.hints.add('sharedSettings', name);
			if (task.isSignedLast) this.hints.add('signedLast', name);
			return task;
		} catch (fault) {
			this.results.fail(read, fault);
			return undefined;
		}
	}

	private async sign(group: [ClaimedTask, ...ClaimedTask[]]): Promise<void> {
		const fresh = group.filter(({ shared }) => !shared);
		const settled = await this.settled(fresh);
		for (const [index, { signature }] of fresh.entries()) {
			const result = settled[index];
			if (result) signature.end(result);
		}
		await Promise.all(group.map(async (task) => await this.finish(task)));
	}

	private async settled([first, ...others]: ClaimedTask[]): Promise<Settled> {
		if (!first) return [];
		try {
			const ports = (await this.run()).ports(first.parameters.timeout);
			if (this.unanswered.areTooMany)
				return [first, ...others].map(({ job }) => ({
					status: 'rejected',
					reason: this.notSentNow(job, ports.execution),
				}));
			return await signTogether(ports, [first.job, ...others.map(({ job }) => job)]);
		} catch (reason) {
			return [first, ...others].map(() => ({ status: 'rejected', reason }));
		} finally {
			for (const { document } of [first, ...others]) document.content.release();
		}
	}

	/** An earlier try of the execution may have sent what this one does not send. */
	private notSentNow({ name, reference }: SigningJob, execution: Execution): Fault {
		return execution.knows(reference)
			? faultOf('unknown', { name, reference, sent: true })
			: this.unanswered.faultOf(name);
	}

	private async finish(task: ClaimedTask): Promise<void> {
		try {
			const signed = await task.signature.signed;
			this.results.add(task, await this.itemFor(task, signed));
			this.unanswered.answered();
			this.hints.tell(task.parameters, signed, task.shared);
			await this.mail(task, signed);
		} catch (fault) {
			this.unanswered.ended(task.signature, fault);
			this.results.fail(task, fault);
		} finally {
			// A file that its first item did not want is held against it before.
			if (task.shared) task.document.content.release();
		}
		this.progress.one();
	}

	/** @throws Fault that names the reference, whatever went wrong: the signature stands */
	private async itemFor(task: ClaimedTask, signed: SignedDocument): Promise<SignedItem> {
		const { signature, parameters, type, job, document } = task;
		const { operation, recovered } = signed;
		try {
			const stored = job.wantContent
				? await signature.fileFor(this.context, await this.run(), task)
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

	/**
	 * A shared signature was requested with the receivers of its first item: the service emails the others now, once
	 * per execution, unless the email would show them documents of others.
	 */
	private async mail(
		{ shared, signature, parameters }: ClaimedTask,
		{ operation, recovered }: SignedDocument,
	) {
		if (!shared) return;
		const ports = (await this.run()).ports(parameters.timeout);
		const { mailed } = ports.execution;
		const mailOf = (receiver: string): string => `${operation.id} ${receiver}`;
		const receivers = parameters.receivers.filter(
			(one) => !signature.mailed.has(one) && !mailed.has(mailOf(one)),
		);
		if (receivers.length === 0) return;
		if (recovered) return this.hints.advise('lateReceivers', operation);
		if (operation.documents.length > 1) return this.hints.advise('notMailedTogether', operation);
		for (const one of receivers) mailed.add(mailOf(one));
		await resendMail(ports, operation.id, parameters.attachDocuments, receivers).catch(() =>
			this.hints.advise('notMailed', operation),
		);
	}
}

/** Which documents may share a request: the operation's email shows all of them to its receivers. */
function sharedRequest({ job, parameters }: Task): Pick<Gatherable, 'together' | 'most'> {
	const { receivers, timeout } = parameters;
	if (receivers.length > 0) return {};
	const { settings, wantContent, patience, derived, ifAlreadySigned } = job;
	const same = [settings, wantContent, patience, derived, ifAlreadySigned, timeout];
	return { together: JSON.stringify(same), ...(derived ? {} : { most: mostGiven }) };
}
