import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationId } from '../../service/Operation';
import { safeReference } from '../../signing/references';
import type { SignedDocument } from '../../signing/SigningJob';
import { usageIn } from '../../service/usage';
import type { SignParameters } from './parameters';
import { Warnings } from './Warnings';

/** Documents that a run sent one by one and could have gathered: those without receivers. */
export interface Ungathered {
	documents: number;
	/** Bytes of all of them. */
	bytes: number;
}

/** States of an email that was not sent (contract: DeliveryStatus). */
const undelivered = new Set(['SENDING_ERROR', 'SENDING_FAILED']);

/** What the user should know about a run that went well; shown in the output pane. */
export class Hints {
	/** Documents whose earlier signature is returned. */
	private recovered = 0;
	/** Documents for which the service does not show when they were signed. */
	private signedSomeTime = 0;
	/** Operations of documents that were signed earlier, and now have receivers who were not emailed. */
	private readonly lateReceivers = new Set<OperationId>();
	/** Operations of documents whose 'Email Receivers' were given, and are empty. */
	private readonly toNobody = new Set<OperationId>();
	/** Documents that were signed earlier, and are to be preserved now. */
	private latePreservation = 0;
	/** Operations with emails that were not sent. */
	private readonly undelivered = new Set<OperationId>();
	/** Documents that share a signature and ask for another description or custody than its first item. */
	sharedSettings = 0;
	/** What will stop signing soon. */
	readonly warnings = new Warnings();
	/** Names of PDFs whose last revision is a signature already. */
	readonly signedLast: string[] = [];
	/** Names of files that only a pattern matched and that are neither PDF nor XML. */
	readonly skipped: string[] = [];
	/** Given references with characters that the service's addresses cannot contain. */
	readonly replaced = new Set<string>();
	/** Operations whose further receivers could not be emailed. */
	readonly notMailed = new Set<OperationId>();
	/** Documents that were sent one by one, and could have shared a request. */
	readonly ungathered: Ungathered = { documents: 0, bytes: 0 };

	/** What the item should know about a signed document; the emails of a shared one are sent separately. */
	tell(
		{
			receivers,
			isToNobody,
			preserveContent,
		}: Pick<SignParameters, 'receivers' | 'isToNobody' | 'preserveContent'>,
		{ operation, document, recovered, cannotTellWhen }: SignedDocument,
		shared: boolean,
	): void {
		this.warnings.used(usageIn(operation.raw));
		if (isToNobody) this.toNobody.add(operation.id);
		if (cannotTellWhen) this.signedSomeTime++;
		if (operation.receivers.some(({ deliveryStatus = '' }) => undelivered.has(deliveryStatus)))
			this.undelivered.add(operation.id);
		if (!recovered) return;
		this.recovered++;
		const mailed = new Set(operation.receivers.map(({ email }) => email.toLowerCase()));
		if (!shared && receivers.some((one) => !mailed.has(one.toLowerCase())))
			this.lateReceivers.add(operation.id);
		if (preserveContent && document.storageStatus !== 'CONTENT_PRESERVED') this.latePreservation++;
	}

	/** @param bytesPerRequest content that one request may hold */
	show(context: Pick<IExecuteFunctions, 'addExecutionHints'>, bytesPerRequest: number): void {
		const { recovered, skipped, replaced, notMailed, lateReceivers, undelivered: stuck } = this;
		const messages = [
			...this.warnings.messages(Date.now()),
			gatheringHint(this.ungathered, bytesPerRequest),
			recovered > 0 &&
				`${counted(recovered, 'document was', 'documents were')} signed before this execution: the existing signature is returned, and nothing was billed again.`,
			this.signedSomeTime > 0 &&
				`Sign'Stash does not show whether ${counted(this.signedSomeTime, 'document was', 'documents were')} signed by this execution or before it: 'recovered' is false there.`,
			lateReceivers.size > 0 &&
				`Nobody was emailed for documents that were signed before, though they have 'Email Receivers' now. Use 'Resend Email' for ${operationsIn(lateReceivers)}.`,
			this.toNobody.size > 0 &&
				`'Email Receivers' was empty, so no email was requested. If it is an expression, check it; 'Resend Email' can still send the email of ${operationsIn(this.toNobody)}.`,
			stuck.size > 0 &&
				`Not every email has gone out. Check the addresses, then use 'Resend Email' for ${operationsIn(stuck)}.`,
			this.latePreservation > 0 &&
				`'Preserve Content' has no effect on ${counted(this.latePreservation, 'document that was', 'documents that were')} signed before.`,
			this.sharedSettings > 0 &&
				`${counted(this.sharedSettings, 'document shares', 'documents share')} the signature of an identical document in this run, and with it that document's 'Description' and 'Preserve Content'.`,
			this.signedLast.length > 0 &&
				`${counted(this.signedLast.length, 'PDF ends', 'PDFs end')} in a signature already: ${listed(this.signedLast)}. If the workflow writes signed files into the folder that it reads, each run signs them once more.`,
			skipped.length > 0 &&
				`${counted(skipped.length, 'file', 'files')} matched 'Input Data Field Name' but ${skipped.length === 1 ? 'is' : 'are'} neither PDF nor XML, and ${skipped.length === 1 ? 'was' : 'were'} left out: ${listed(skipped)}.`,
			rewrittenHint([...replaced]),
			notMailed.size > 0 &&
				`Documents that several items share are signed, but not every receiver could be emailed. Use 'Resend Email' for ${operationsIn(notMailed)}.`,
		];
		for (const message of messages)
			if (message) context.addExecutionHints({ message, location: 'outputPane' });
	}
}

/** How the service knows references whose characters its addresses cannot contain, shown by one example. */
function rewrittenHint([first, ...others]: string[]): string | undefined {
	if (first === undefined) return undefined;
	const more = others.length > 0 ? ` (and ${others.length} more like it)` : '';
	return `Sign'Stash knows ${first} as ${safeReference(first)}${more}. 'Recover by Reference' accepts either form.`;
}

const operationsIn = (ids: ReadonlySet<OperationId>): string =>
	`${counted(ids.size, 'operation', 'operations')}: ${listed([...ids])}`;

const counted = (count: number, one: string, several: string): string =>
	`${count} ${count === 1 ? one : several}`;

const listed = (names: string[]): string =>
	names.length > 5
		? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
		: names.join(', ');

/** What the vendor names as a common payload: 50 files of 200 KB (contract, load). */
const common = { documents: 50, bytesEach: 200_000 };

/**
 * What gathering would have saved a run with 'Documents per Request' at 1; undefined for few or large documents,
 * where it saves little.
 *
 * @param bytesPerRequest content that one request may hold
 */
export function gatheringHint(
	{ documents, bytes }: Ungathered,
	bytesPerRequest: number,
): string | undefined {
	if (documents < common.documents || bytes > documents * common.bytesEach) return undefined;
	const requests = Math.max(
		Math.ceil(documents / common.documents),
		Math.ceil(bytes / bytesPerRequest),
	);
	const about = requests === 1 ? '1 request' : `about ${requests} requests`;
	return `${documents} documents took ${documents} requests. With the option 'Documents per Request' at ${common.documents} they would take ${about}, and far less time. Documents of one request share an operation: anyone who is later emailed that operation sees all of them.`;
}
