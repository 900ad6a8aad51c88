import { setTimeout as pause } from 'node:timers/promises';
import type { Mailer } from './Mailer.mts';
import type { Signer, Signing } from './Signer.mts';
import { settingsFit } from './signatureRules.mts';
import type { Deliveries } from './state/Deliveries.mts';
import type { Operations, StoredDocument, StoredOperation } from './state/Operations.mts';
import type { SettingsStore } from './state/SettingsStore.mts';
import { readingOf, signedThoughNotStored } from './worlds/execution.mts';

/** Signed contents by document id, for as long as an answer needs them. */
export type SignedContents = ReadonlyMap<number, Buffer>;

interface Parts {
	operations: Operations;
	deliveries: Deliveries;
	settings: SettingsStore;
	mailer: Mailer;
	signer: Signer;
}

/** Executes operations: signs their documents and sends their emails. */
export class Executor {
	readonly #parts: Parts;
	readonly #running = new Map<number, Promise<SignedContents>>();

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	/**
	 * Executes an operation, never more than once at the same time.
	 * @param contents the documents' bytes, if the caller has them; otherwise the stored ones are used
	 */
	async execute(id: number, contents: readonly Buffer[] = []): Promise<SignedContents> {
		const running = this.#running.get(id) ?? this.#run(id, contents);
		this.#running.set(id, running);
		try {
			return await running;
		} finally {
			this.#running.delete(id);
		}
	}

	/**
	 * Carries a waiting operation on by one poll: the first polls see it pending, the next see it in
	 * error, and the one after sees its outcome. Its plan says how many of each.
	 */
	async poll(id: number): Promise<void> {
		const { operations } = this.#parts;
		const { status, plan, polls } = operations.get(id);
		const waiting = status === 'PENDING_EXECUTION' || status === 'EXECUTION_ERROR';
		if (!waiting || this.#running.has(id)) return;
		operations.polled(id);
		if (polls < plan.pendingPolls) return;
		if (polls < plan.pendingPolls + plan.executionErrorPolls) {
			operations.setStatus(id, 'EXECUTION_ERROR');
		} else if (plan.outcome === 'EXECUTED') {
			await this.execute(id);
		} else {
			this.#giveUp(id);
		}
	}

	async #run(id: number, contents: readonly Buffer[]): Promise<SignedContents> {
		const { operations, settings } = this.#parts;
		const { world } = settings.current;
		const operation = operations.get(id);
		const signed = new Map<number, Buffer>();
		const start = performance.now();
		for (const [index, document] of operations.documents(id).entries()) {
			if (document.signStatus !== 'RECEIVED') continue;
			const content = contents[index] ?? operations.content(document.id) ?? Buffer.alloc(0);
			const result = await this.#sign(operation, document, content);
			if ('signError' in result) {
				if (result.signError === 'STORAGE_SERVICE_GLOBAL_ERROR' && signedThoughNotStored(world))
					operations.count(document, operation.clientId);
				operations.failed(document.id, result.signError);
			} else {
				operations.signed(document, operation.clientId, result.signedContent);
				signed.set(document.id, result.signedContent);
			}
		}
		operations.setStatus(id, 'EXECUTED', Math.round(performance.now() - start));
		this.#notify(operation);
		return signed;
	}

	async #sign(
		{ clientId }: StoredOperation,
		{ name, externalReference, contentType, signatureInfo }: StoredDocument,
		content: Buffer,
	): Promise<Signing> {
		const { settings, signer } = this.#parts;
		const { delay, signErrors } = settings.current;
		if (delay.perDocumentMs > 0) await pause(delay.perDocumentMs);
		if (settings.client(clientId).noCertificate)
			return { signError: 'INVALID_CERT_ACCESS_ACCOUNT' };
		const rule = signErrors.find(
			({ match }) =>
				name.includes(match.nameContains ?? '') &&
				externalReference.includes(match.externalReferenceContains ?? ''),
		);
		if (rule !== undefined) return { signError: rule.signError };
		if (!settingsFit(contentType, signatureInfo)) return { signError: 'CONFIGURATION_SIGN_ERROR' };
		return await signer.sign(
			content,
			contentType,
			signatureInfo,
			readingOf(settings.current.world),
		);
	}

	#giveUp(id: number): void {
		const { operations } = this.#parts;
		for (const document of operations.documents(id)) {
			operations.failed(document.id, 'SIGN_OPERATION_INTERNAL_ERROR');
		}
		operations.setStatus(id, 'EXECUTION_FAILED');
	}

	#notify({ id, clientId, preservation }: StoredOperation): void {
		const { operations, deliveries, mailer } = this.#parts;
		const delivery = preservation?.deliveryInfo;
		if (delivery === undefined) return;
		if (!operations.documents(id).some(({ signStatus }) => signStatus === 'SIGNED')) return;
		for (const mail of deliveries.ofOperation(id))
			if (mail.clientId === clientId) mailer.send(mail);
	}
}
