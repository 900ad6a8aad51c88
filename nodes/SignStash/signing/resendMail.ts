import { Fault } from '../Fault';
import { idInOutput, type OperationId } from '../service/Operation';
import type { Reply } from '../service/Reply';
import { findsNothing, nothingFound, noToken, notSent, refused, whyOf } from './callFaults';
import type { Ports } from './Ports';
import { withRenewal } from './reading';

/** Codes and classes that say for certain that no email was sent; `0.0.5` says so of this very email. */
const saysNotSent = (reply: Extract<Reply<true>, { is: 'refusal' }>): boolean =>
	reply.code === '0.0.5' || reply.class !== 'unknown';

/**
 * Resends an operation's email. An unknown outcome is reported and never repeated: the receivers
 * would get the email twice.
 */
export async function resendMail(
	{ service }: Pick<Ports, 'service'>,
	operationId: OperationId,
	attach: boolean,
	receivers: string[],
): Promise<void> {
	const reply = await withRenewal(
		service,
		async () => await service.resend(operationId, attach, receivers),
	);
	if (reply.is === 'answer') return;
	const details = { operationId: idInOutput(operationId) };
	if (reply.is === 'refusal' && saysNotSent(reply)) {
		if (findsNothing(reply))
			throw nothingFound(reply, `'Operation ID' ${operationId}`, details, ' No email was sent.');
		throw refused(reply, details);
	}
	if (reply.is === 'noToken') throw noToken(reply.why, details);
	if (reply.is === 'broken' && !reply.sent)
		throw notSent(reply.why, `the email of operation ${operationId}`, details);
	throw new Fault(
		`It is not known whether the email of operation ${operationId} was sent again (${whyOf(reply)})`,
		'Ask a receiver before sending it once more.',
		details,
	);
}
