import { badInput } from '../Fault';
import type { OperationId } from '../service/Operation';
import { idOf } from '../service/readOperation';

const address = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;

/** Reads addresses from comma separated text or from an expression's list; each is checked before anything is sent. */
export function receiversOf(value: unknown, required: boolean): string[] {
	const list = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[,;]/);
	const receivers = [...new Set(list.map((one) => one.trim()).filter(Boolean))];
	const wrong = receivers.find((one) => !address.test(one));
	if (wrong !== undefined)
		throw badInput(
			'Email Receivers',
			`'${wrong}' in 'Email Receivers' is not an e-mail address`,
			'Give addresses such as name@example.com, separated by commas.',
		);
	if (required && receivers.length === 0)
		throw badInput('Email Receivers', "'Email Receivers' is empty", 'Give at least one address.');
	return receivers;
}

/** Reads an operation id: a positive whole number, or its digits where a number would lose some. */
export function operationIdOf(value: unknown): OperationId {
	const id = idOf(value);
	if (id !== undefined) return id;
	throw badInput(
		'Operation ID',
		`'Operation ID' has to be a positive whole number, but is '${String(value)}'`,
		"Take 'operationId' of a Sign step's output.",
	);
}
