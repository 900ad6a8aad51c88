import { Fault } from '../Fault';
import type { Refusal } from '../service/Reply';
import { noToken, nothingSent, notRead, refused } from './faults';
import { classifyRefusal } from './outcome';
import type { World } from './World';

/**
 * Resends an operation's e-mail. An unknown outcome is reported and never repeated: the receivers
 * would get the e-mail twice.
 */
export async function resendMail(
	world: World,
	operationId: number,
	attach: boolean,
	receivers: string[],
): Promise<void> {
	const send = async () => await world.service.resend(operationId, attach, receivers);
	let reply = await send();
	const refusedToken = reply.is === 'refusal' && classifyRefusal(reply) === 'token';
	if (refusedToken) {
		const renewed = await world.service.renewToken();
		reply = renewed.is === 'answer' ? await send() : renewed;
	}
	if (reply.is === 'answer') return;
	if (reply.is === 'refusal' && saysNotSent(reply)) throw refused(reply, { operationId });
	if (reply.is === 'noToken') throw noToken(reply.why);
	if (reply.is === 'broken' && !reply.sent)
		throw nothingSent(reply.why, `operation ${operationId}`);
	throw new Fault(
		`It is not known whether the e-mail of operation ${operationId} was sent again`,
		`${notRead(reply, 'the request').message}. Ask a receiver before sending it once more.`,
		{ operationId },
	);
}

/** A code that tells of an e-mail that could not be sent (`0.0.5`) is an answer here, not a doubt. */
function saysNotSent(refusal: Refusal): boolean {
	return refusal.code === '0.0.5' || classifyRefusal(refusal) !== 'unknown';
}
