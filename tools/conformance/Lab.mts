import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './Account.mts';
import type { Answer, Message } from './Answer.mts';
import { pdf, signRequest } from './drafts.mts';
import type { Draft, Rest } from './drafts.mts';

export const SIGN = '/api/v0/document/sign/base64/';
const MULTIPART = '/api/v0/document/sign/';
const LOOK_UP = '/api/v0/operation/id/withDocumentExternalReference/';

export interface LabOptions {
	/** Address to which emails may be sent; without it no email is sent. */
	email?: string | undefined;
	/** Pause between two questions about the same operation, in milliseconds. */
	pauseMs: number;
}

/** A signing request and what became of it. */
export interface Trial {
	drafts: readonly Draft[];
	requestReference: string;
	answer: Answer;
}

/** After this many questions an operation counts as one that does not continue. */
const POLLS = 8;

/** Signs documents that it creates itself, and asks about them. */
export class Lab {
	readonly account: Account;
	readonly email: string | undefined;
	readonly #pauseMs: number;
	readonly #run = randomBytes(6).toString('hex');
	#references = 0;

	constructor(account: Account, { email, pauseMs }: LabOptions) {
		this.account = account;
		this.email = email;
		this.#pauseMs = pauseMs;
	}

	/** A new reference in mixed case; short, and only with characters that every service accepts. */
	reference(): string {
		this.#references += 1;
		return `conformance-${this.#run}-aB${this.#references}`;
	}

	/** A document that has not been signed. */
	async draft(more: Partial<Draft> = {}): Promise<Draft> {
		const reference = this.reference();
		return { reference, content: await pdf(reference), ...more };
	}

	async sign(drafts: readonly Draft[], rest: Rest = {}, path = SIGN): Promise<Trial> {
		const requestReference = rest.externalReference ?? this.reference();
		const body = signRequest(drafts, { ...rest, externalReference: requestReference });
		const answer = await this.account.call(path, { method: 'POST', body });
		return { drafts, requestReference, answer };
	}

	/** Signs one new document. */
	async signNew(more: Partial<Draft> = {}, rest: Rest = {}): Promise<Trial> {
		return await this.sign([await this.draft(more)], rest);
	}

	async signMultipart(drafts: readonly Draft[], parts: readonly Draft[]): Promise<Trial> {
		const requestReference = this.reference();
		const body = signRequest(drafts, { externalReference: requestReference });
		const bare = JSON.stringify(body, (key, value: unknown) =>
			key === 'base64Content' ? undefined : value,
		);
		const form = new FormData();
		form.append('signRequest', new Blob([bare], { type: 'application/json' }));
		for (const { content, name } of parts)
			form.append('files', new Blob([new Uint8Array(content)]), name);
		const answer = await this.account.call(MULTIPART, { method: 'POST', body: form });
		return { drafts, requestReference, answer };
	}

	async lookUp(reference: string): Promise<Answer> {
		return await this.account.call(LOOK_UP + encodeURIComponent(reference));
	}

	async status(id: string): Promise<Answer> {
		return await this.account.call(`/api/v0/operation/status/${id}`);
	}

	/** The whole operation, with its signed contents. */
	async detail(id: string): Promise<Answer> {
		return await this.account.call(`/api/v0/operation/sign/detail/${id}/contentInResponse/true`);
	}

	async resend(id: string, addresses: readonly string[]): Promise<Answer> {
		const path = `/api/v0/delivery/mail/resend/${id}/false`;
		return await this.account.call(path, { method: 'POST', body: addresses });
	}

	/** Asks for the whole operation until its documents are done or it does not continue. */
	async details({ answer }: Trial): Promise<Answer[]> {
		const { id } = answer;
		if (id === undefined) return [];
		const answers: Answer[] = [];
		while (answers.length < POLLS) {
			const detail = await this.detail(id);
			answers.push(detail);
			if (detail.message === undefined || isOver(detail)) break;
			await this.pause();
		}
		return answers;
	}

	async pause(): Promise<void> {
		if (this.#pauseMs > 0) await pause(this.#pauseMs);
	}
}

/** Whether an operation has ended, according to what it says. */
export function isOver({ message, documents }: Answer): boolean {
	const status = message?.['status'];
	if (status === 'PENDING_EXECUTION' || status === 'EXECUTION_ERROR') return false;
	if (typeof status === 'string') return true;
	return documents.length > 0 && documents.every(isSigned);
}

/** Whether a reference in an answer is the one that was sent, however it is written. */
export function standsFor(shown: unknown, sent: string): boolean {
	return typeof shown === 'string' && plainly(shown) === sent.toLowerCase();
}

function plainly(shown: string): string {
	const text = shown.trim().toLowerCase();
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Whether a document says in any way that it is signed. */
export function isSigned(document: Message): boolean {
	if (typeof document['signedContent'] === 'string') return true;
	const status = document['signStatus'];
	return typeof status === 'string' && status.startsWith('SIGNED');
}
