import { badInput } from '../Fault';
import { isNot } from './choices';
import type { OperationId } from '../service/Operation';
import { idOf } from '../service/readOperation';

const address = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;

/**
 * Reads addresses: comma separated text, a list of texts, or `receivers` as the node itself puts them
 * out. Each is checked before anything is sent.
 */
export function receiversOf(value: unknown, required: boolean): string[] {
	const given = [value].flat().flatMap((one) => textOf(one).split(/[,;]/));
	const receivers = [...new Set(given.map((one) => one.trim()).filter(Boolean))];
	const wrong = receivers.find((one) => !address.test(one));
	if (wrong !== undefined)
		throw badInput(
			'Email Receivers',
			`'${wrong}' in 'Email Receivers' is not an email address`,
			'Give addresses such as name@example.com, separated by commas, or an expression that is a list of them and nothing else.',
		);
	if (required && receivers.length === 0)
		throw badInput('Email Receivers', "'Email Receivers' is empty", 'Give at least one address.');
	return receivers;
}

/** An address from the list: as text, or as the `email` of a receiver that the node put out. */
function textOf(one: unknown): string {
	if (typeof one !== 'object' || one === null) return String(one ?? '');
	return 'email' in one ? String(one.email) : JSON.stringify(one);
}

/** Reads an operation id: a positive whole number, or its digits where a number would lose some. */
export function operationIdOf(value: unknown): OperationId {
	const id = idOf(value);
	if (id !== undefined) return id;
	throw badInput(
		'Operation ID',
		`'Operation ID' ${isNot(value)}`,
		"Give a positive whole number, such as the 'operationId' that a Sign step puts out.",
	);
}
