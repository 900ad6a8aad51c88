import type { DeliveryStatus } from '../types.mts';
import { number, oneOf, text } from './Database.mts';
import type { Database, Row } from './Database.mts';

const STATUSES: readonly DeliveryStatus[] = [
	'PENDING',
	'SENT',
	'RECEIVED',
	'SENDING_ERROR',
	'SENDING_FAILED',
];

/** One email to one receiver. */
export interface Delivery {
	id: number;
	operationId: number;
	clientId: string;
	/** The email after signing, or one that was sent again on request. */
	kind: 'delivery' | 'resend';
	email: string;
	attachDocuments: boolean;
	status: DeliveryStatus;
	/** How many times sending was attempted. */
	attempts: number;
	/** Time of the last attempt, in milliseconds since 1970. */
	changedAt: number;
}

function deliveryOf(row: Row): Delivery {
	return {
		id: number(row, 'id'),
		operationId: number(row, 'operation_id'),
		clientId: text(row, 'client_id'),
		kind: oneOf(row, 'kind', ['delivery', 'resend']),
		email: text(row, 'email'),
		attachDocuments: number(row, 'attach_documents') === 1,
		status: oneOf(row, 'status', STATUSES),
		attempts: number(row, 'attempts'),
		changedAt: number(row, 'changed_at'),
	};
}

/** The outbox. */
export class Deliveries {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	/** Puts an email into the outbox; it is not sent yet. */
	add(
		mail: Pick<Delivery, 'operationId' | 'clientId' | 'kind' | 'email' | 'attachDocuments'>,
	): Delivery {
		const { id } = this.#database.run(
			`INSERT INTO deliveries (operation_id, client_id, kind, email, attach_documents, status,
				changed_at) VALUES (?, ?, ?, ?, ?, 'PENDING', ?)`,
			mail.operationId,
			mail.clientId,
			mail.kind,
			mail.email,
			mail.attachDocuments ? 1 : 0,
			Date.now(),
		);
		return { ...mail, id, status: 'PENDING', attempts: 0, changedAt: Date.now() };
	}

	tried(id: number, status: DeliveryStatus): void {
		this.#database.run(
			'UPDATE deliveries SET status = ?, attempts = attempts + 1, changed_at = ? WHERE id = ?',
			status,
			Date.now(),
			id,
		);
	}

	find(id: number): Delivery | undefined {
		const row = this.#database.one('SELECT * FROM deliveries WHERE id = ?', id);
		return row && deliveryOf(row);
	}

	all(): Delivery[] {
		return this.#database.all('SELECT * FROM deliveries ORDER BY id').map(deliveryOf);
	}

	/** The emails that an operation's own request asked for. */
	ofOperation(operationId: number): Delivery[] {
		return this.#database
			.all(
				`SELECT * FROM deliveries WHERE operation_id = ? AND kind = 'delivery' ORDER BY id`,
				operationId,
			)
			.map(deliveryOf);
	}

	/** Whether an email that an operation's own request asked for has not been sent. */
	unsent(operationId: number): boolean {
		return this.ofOperation(operationId).some(({ status }) => status !== 'SENT');
	}

	forget(): void {
		this.#database.run('DELETE FROM deliveries');
	}
}
