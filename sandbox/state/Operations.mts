import { createHash } from 'node:crypto';
import type { MultipartSignRequest, OperationStatus, SignError, SignStatus } from '../types.mts';
import type { PreservationInfo, SignatureInfo } from '../types.mts';
import type { Client } from './Clients.mts';
import { SIGN_ERRORS } from '../settings.mts';
import { bytes, number, oneOf, text } from './Database.mts';
import type { Database, Row } from './Database.mts';

/** How an operation continues when it is not executed before its registration is answered. */
export interface Plan {
	pendingPolls: number;
	executionErrorPolls: number;
	outcome: 'EXECUTED' | 'EXECUTION_FAILED';
}

export interface StoredOperation {
	id: number;
	issuerVat: string;
	clientId: string;
	externalReference: string;
	description: string;
	status: OperationStatus;
	/** Milliseconds since 1970. */
	createdAt: number;
	preservation: PreservationInfo | undefined;
	executionMs: number | undefined;
	plan: Plan;
	/** How many polls have been answered. */
	polls: number;
}

export interface StoredDocument {
	id: number;
	operationId: number;
	externalReference: string;
	name: string;
	contentType: string;
	signatureInfo: SignatureInfo;
	contentSha256: string;
	contentLength: number;
	signStatus: SignStatus;
	signError: SignError | undefined;
	/** Whether the signed bytes are stored; echo mode stores none. */
	contentKept: boolean;
}

const OUTCOMES = ['EXECUTED', 'EXECUTION_FAILED'] as const;
const OPERATION_STATUSES: readonly OperationStatus[] = [
	'PENDING_EXECUTION',
	'EXECUTION_ERROR',
	...OUTCOMES,
];
const SIGN_STATUSES: readonly SignStatus[] = ['RECEIVED', 'ERROR_SIGNING', 'SIGNED'];

const DOCUMENT_COLUMNS = `id, operation_id, external_reference, name, content_type, signature_info,
	content_sha256, content_length, sign_status, sign_error, signed_content IS NOT NULL AS kept`;

function operationOf(row: Row): StoredOperation {
	return {
		id: number(row, 'id'),
		issuerVat: text(row, 'issuer_vat'),
		clientId: text(row, 'client_id'),
		externalReference: text(row, 'external_reference'),
		description: text(row, 'description'),
		status: oneOf(row, 'status', OPERATION_STATUSES),
		createdAt: number(row, 'created_at'),
		preservation: row['preservation'] === null ? undefined : JSON.parse(text(row, 'preservation')),
		executionMs: row['execution_ms'] === null ? undefined : number(row, 'execution_ms'),
		plan: {
			pendingPolls: number(row, 'pending_polls'),
			executionErrorPolls: number(row, 'error_polls'),
			outcome: oneOf(row, 'outcome', OUTCOMES),
		},
		polls: number(row, 'polls'),
	};
}

function documentOf(row: Row): StoredDocument {
	return {
		id: number(row, 'id'),
		operationId: number(row, 'operation_id'),
		externalReference: text(row, 'external_reference'),
		name: text(row, 'name'),
		contentType: text(row, 'content_type'),
		signatureInfo: JSON.parse(text(row, 'signature_info')),
		contentSha256: text(row, 'content_sha256'),
		contentLength: number(row, 'content_length'),
		signStatus: oneOf(row, 'sign_status', SIGN_STATUSES),
		signError: row['sign_error'] === null ? undefined : oneOf(row, 'sign_error', SIGN_ERRORS),
		contentKept: number(row, 'kept') === 1,
	};
}

/** The operations and their documents. */
export class Operations {
	readonly #database: Database;
	readonly #keepContents: boolean;

	constructor(database: Database, keepContents: boolean) {
		this.#database = database;
		this.#keepContents = keepContents;
	}

	/** Registers a request as a whole or not at all. From then on its references are held. */
	register(
		client: Client,
		request: MultipartSignRequest,
		contents: readonly Buffer[],
		plan: Plan,
	): StoredOperation {
		const hashes = contents.map((content) => createHash('sha256').update(content).digest('hex'));
		const id = this.#database.transaction(() => {
			const operationId = this.#insertOperation(client, request, plan);
			for (const [index, { documentRequest, signatureInfo }] of request.documents.entries()) {
				const content = contents[index] ?? Buffer.alloc(0);
				this.#database.run(
					`INSERT INTO documents (operation_id, issuer_vat, external_reference, name, content_type,
						signature_info, content_sha256, content_length, content, sign_status)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'RECEIVED')`,
					operationId,
					client.issuer.vatNumber,
					documentRequest.externalReference,
					documentRequest.name,
					documentRequest.contentType,
					JSON.stringify(signatureInfo),
					hashes[index] ?? '',
					content.length,
					this.#keepContents ? content : null,
				);
			}
			return operationId;
		});
		return this.get(id);
	}

	/** Makes all operations older, as if that time had passed. */
	age(milliseconds: number): void {
		this.#database.run('UPDATE operations SET created_at = created_at - ?', milliseconds);
	}

	#insertOperation(client: Client, request: MultipartSignRequest, plan: Plan): number {
		const { preservationInfo } = request;
		return this.#database.run(
			`INSERT INTO operations (issuer_vat, client_id, external_reference, description, status,
				created_at, preservation, pending_polls, error_polls, outcome)
			VALUES (?, ?, ?, ?, 'PENDING_EXECUTION', ?, ?, ?, ?, ?)`,
			client.issuer.vatNumber,
			client.clientId,
			request.externalReference,
			request.description,
			Date.now(),
			preservationInfo === undefined ? null : JSON.stringify(preservationInfo),
			plan.pendingPolls,
			plan.executionErrorPolls,
			plan.outcome,
		).id;
	}

	/** An operation that must exist. */
	get(id: number): StoredOperation {
		const row = this.#database.one('SELECT * FROM operations WHERE id = ?', id);
		if (row === undefined) throw new Error(`operation ${id} is gone`);
		return operationOf(row);
	}

	/** An operation, if it exists. */
	find(id: number | undefined): StoredOperation | undefined {
		if (id === undefined) return undefined;
		const row = this.#database.one('SELECT * FROM operations WHERE id = ?', id);
		return row && operationOf(row);
	}

	all(): StoredOperation[] {
		return this.#database.all('SELECT * FROM operations ORDER BY id').map(operationOf);
	}

	/** The documents of an operation in the order of the request, or of all operations. */
	documents(operationId?: number): StoredDocument[] {
		const rows =
			operationId === undefined
				? this.#database.all(`SELECT ${DOCUMENT_COLUMNS} FROM documents ORDER BY id`)
				: this.#database.all(
						`SELECT ${DOCUMENT_COLUMNS} FROM documents WHERE operation_id = ? ORDER BY id`,
						operationId,
					);
		return rows.map(documentOf);
	}

	/** The bytes that were sent for signing, as long as they are stored. */
	content(documentId: number): Buffer | undefined {
		const row = this.#database.one('SELECT content FROM documents WHERE id = ?', documentId);
		return row && bytes(row, 'content');
	}

	signedContent(documentId: number): Buffer | undefined {
		const sql = 'SELECT signed_content FROM documents WHERE id = ?';
		const row = this.#database.one(sql, documentId);
		return row && bytes(row, 'signed_content');
	}

	/** Counts a look-up of an operation. @returns how many there have been, including this one */
	lookedUp(id: number): number {
		const row = this.#database.one(
			'UPDATE operations SET look_ups = look_ups + 1 WHERE id = ? RETURNING look_ups',
			id,
		);
		return row === undefined ? 0 : number(row, 'look_ups');
	}

	/** Counts a poll. */
	polled(id: number): void {
		this.#database.run('UPDATE operations SET polls = polls + 1 WHERE id = ?', id);
	}

	setStatus(id: number, status: OperationStatus, executionMs?: number): void {
		this.#database.run(
			'UPDATE operations SET status = ?, execution_ms = ? WHERE id = ?',
			status,
			executionMs ?? null,
			id,
		);
	}

	/** Stores a signature and counts it, in one transaction. */
	signed(document: StoredDocument, clientId: string, signedContent: Buffer): void {
		this.#database.transaction(() => {
			this.#database.run(
				`UPDATE documents SET sign_status = 'SIGNED', signed_content = ?, content = NULL
				WHERE id = ?`,
				this.#keepContents ? signedContent : null,
				document.id,
			);
			this.count(document, clientId);
		});
	}

	/** Counts a signature. */
	count(document: StoredDocument, clientId: string): void {
		this.#database.run(
			`INSERT INTO signatures (content_sha256, external_reference, client_id, count)
			VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1`,
			document.contentSha256,
			document.externalReference,
			clientId,
		);
	}

	failed(documentId: number, signError: SignError): void {
		this.#database.run(
			`UPDATE documents SET sign_status = 'ERROR_SIGNING', sign_error = ?, content = NULL
			WHERE id = ?`,
			signError,
			documentId,
		);
	}

	/** How often each content was signed, under which reference and for which client service. */
	signatures(): {
		contentSha256: string;
		externalReference: string;
		clientId: string;
		count: number;
	}[] {
		return this.#database.all('SELECT * FROM signatures ORDER BY rowid').map((row) => ({
			contentSha256: text(row, 'content_sha256'),
			externalReference: text(row, 'external_reference'),
			clientId: text(row, 'client_id'),
			count: number(row, 'count'),
		}));
	}

	forget(): void {
		for (const table of ['operations', 'documents', 'signatures']) {
			this.#database.run(`DELETE FROM ${table}`);
		}
	}
}
