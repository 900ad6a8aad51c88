import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { badInput } from '../../Fault';
import { free } from '../../bytes/blocks';
import { signedFileName } from '../../documents/signedFile';
import { signerCertificateOf, type SignerCertificate } from '../../documents/signerCertificate';
import { faultOf } from '../../signing/faults';
import type { Picked } from '../../signing/Ports';
import { readPatiently } from '../../signing/reading';
import { documentIn } from '../../signing/sightings';
import type { SignedDocument } from '../../signing/SigningJob';
import type { Run } from '../context';
import { preparedFile } from '../output';
import type { SignParameters } from './parameters';
import type { Task } from './task';

/** A signed file in n8n's storage. */
interface Stored {
	file: IBinaryData;
	/** Bytes. */
	size: number;
	/** The signer's certificate, if it can be read. */
	certificate?: SignerCertificate;
}

const ownSettings = ({ description, preserveContent, ifAlreadySigned }: SignParameters): string =>
	JSON.stringify([description, preserveContent, ifAlreadySigned]);

/** One signature that this run asks for; several items may share it, and each has its own file of it. */
export class SharedSignature {
	readonly signed: Promise<SignedDocument>;
	/** Addresses that the service has emailed. */
	readonly mailed: Set<string>;
	private stored?: Promise<Stored>;
	private settle: (signed: SignedDocument) => void = () => undefined;
	private fail: (reason: unknown) => void = () => undefined;

	private readonly fingerprint: string;
	/** The settings that one signature has only once, whichever item asked for it. */
	private readonly settings: string;

	/** Keeps nothing of the task: a run may have tens of thousands. */
	constructor({ job, parameters }: Task) {
		this.fingerprint = job.fingerprint;
		this.settings = ownSettings(parameters);
		this.mailed = new Set(parameters.receivers);
		this.signed = new Promise((resolve, reject) => {
			this.settle = resolve;
			this.fail = reject;
		});
		this.signed.catch(() => undefined);
	}

	isOf({ job }: Task): boolean {
		return job.fingerprint === this.fingerprint;
	}

	/** Whether a task that shares the signature wants what only its first item gets. */
	differsFrom({ parameters }: Task): boolean {
		return ownSettings(parameters) !== this.settings;
	}

	end(result: PromiseSettledResult<SignedDocument>): void {
		if (result.status === 'fulfilled') this.settle(result.value);
		else this.fail(result.reason);
	}

	/** The signed file under the task's own name; it is put into n8n's storage once. */
	async fileFor(context: IExecuteFunctions, run: Run, task: Task): Promise<Stored> {
		this.stored ??= this.store(context, run, task);
		const stored = await this.stored;
		const fileName = signedFileName(task.document.name, task.type);
		return { ...stored, file: { ...stored.file, fileName } };
	}

	private async store(context: IExecuteFunctions, run: Run, task: Task): Promise<Stored> {
		const signed = await this.signed;
		const content = signed.content ?? (await fetched(run, task, signed));
		const { length: size } = content;
		const certificate = signerCertificateOf(content, task.type);
		const file = await preparedFile(context, task.document, content, task.type);
		// The signature is kept until the run ends, for others that may ask for it.
		free(content);
		delete signed.content;
		return { file, size, certificate };
	}
}

/** The content of a document whose first item did not want it returned. */
async function fetched(run: Run, { job, parameters }: Task, signed: SignedDocument) {
	const ports = run.ports(parameters.timeout);
	const { id } = signed.operation;
	const { reference } = signed;
	const own: Picked = (shown) => [documentIn(shown, reference)];
	const reply = await readPatiently(ports, async () => await ports.service.detail(id, true, own));
	const operation = reply.is === 'answer' ? reply.body : signed.operation;
	const document = documentIn(operation, reference);
	const told = { name: job.name, reference, sent: true, operation, document };
	if (!document?.content)
		throw faultOf(document?.contentFlaw === undefined ? 'notFetched' : 'unusable', {
			...told,
			flaw: document?.contentFlaw,
		});
	if ((await job.shows(document.content)) === "another's") throw faultOf('swapped', told);
	const flaw = job.flaw(document.content);
	if (flaw !== undefined) throw faultOf('unusable', { ...told, flaw });
	return document.content;
}

/** The signatures of a run by external reference; a given reference may identify one document only. */
export class SharedSignatures {
	private readonly byReference = new Map<string, SharedSignature>();

	/** The signature that a task asks for; `shared` when an earlier one has asked for it. */
	claim(task: Task): { signature: SharedSignature; shared: boolean } {
		const { reference } = task.job;
		const earlier = this.byReference.get(reference);
		if (earlier?.isOf(task)) return { signature: earlier, shared: true };
		if (earlier)
			throw badInput(
				'External Reference',
				`'External Reference' '${reference}' is used by two different documents of this run`,
				'Give this document a reference of its own, and leave those of the others as they are: a document whose reference changes is signed again.',
			);
		const signature = new SharedSignature(task);
		this.byReference.set(reference, signature);
		return { signature, shared: false };
	}
}
