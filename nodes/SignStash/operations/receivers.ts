import { badInput } from '../Fault';
import { isExpression, isNot, switchedOn, type Get } from './choices';
import type { OperationId } from '../service/Operation';
import { idOf } from '../service/readOperation';
import { attachDocuments, emailReceivers } from './sharedFields';

const address = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;

/**
 * Reads addresses: comma separated text, a list of texts, or `receivers` as the node itself outputs them. Each is
 * checked before anything is sent.
 */
export function receiversOf(value: unknown, required: boolean): string[] {
	const given = [value].flat().flatMap((one) => addressIn(one).split(/[,;]/));
	const receivers = [...new Set(given.map((one) => one.trim()).filter(Boolean))];
	const wrong = receivers.find((one) => !address.test(one));
	if (wrong !== undefined)
		throw badInput(
			'Email Receivers',
			`'${wrong}' in 'Email Receivers' is not an email address`,
			'Enter addresses such as name@example.com, separated by commas, or an expression that yields a list of addresses and nothing else.',
		);
	if (required && receivers.length === 0)
		throw badInput('Email Receivers', "'Email Receivers' is empty", 'Enter at least one address.');
	return receivers;
}

/** Who is notified once a document is signed. */
export interface Delivery {
	receivers: string[];
	attachDocuments: boolean;
	/** 'Email Receivers' was given, and contains no address. */
	isToNobody: boolean;
}

/**
 * Reads 'Email Delivery'. Not every customer has an address: an expression may yield none. Attaching documents
 * without any receiver is an oversight.
 *
 * @param stored the collection as the workflow stores it, with its expressions
 * @throws Fault that names the parameter
 */
export function deliveryOf(get: Get, stored: unknown): Delivery {
	const given = get(emailReceivers.name, undefined);
	const receivers = receiversOf(given, false);
	const attach = switchedOn(get, attachDocuments);
	const isCollection = typeof stored === 'object' && stored !== null;
	const settings = new Map<string, unknown>(isCollection ? Object.entries(stored) : []);
	const byExpression = isExpression(settings.get(emailReceivers.name));
	if (attach && receivers.length === 0 && !byExpression)
		throw badInput(
			attachDocuments.displayName,
			`'${attachDocuments.displayName}' is on, but '${emailReceivers.displayName}' names no one`,
			`Enter an address in '${emailReceivers.displayName}', or switch off '${attachDocuments.displayName}'.`,
		);
	const isToNobody = receivers.length === 0 && settings.has(emailReceivers.name);
	return { receivers, attachDocuments: attach, isToNobody };
}

/** An address from the list: as text, or as the `email` of a receiver that the node output. */
function addressIn(one: unknown): string {
	if (typeof one !== 'object' || one === null) return String(one ?? '');
	return 'email' in one ? String(one.email) : JSON.stringify(one);
}

/** Reads an operation id: a positive whole number, or its digits if a number would lose some. */
export function operationIdOf(value: unknown): OperationId {
	const id = idOf(value);
	if (id !== undefined) return id;
	throw badInput(
		'Operation ID',
		`'Operation ID' ${isNot(value)}`,
		"Enter a positive whole number, such as the 'operationId' that a Sign step outputs.",
	);
}
