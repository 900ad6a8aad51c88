import type { IExecuteFunctions } from 'n8n-workflow';
import { safeReference } from '../../signing/references';
import type { SignedDocument } from '../../signing/SigningJob';
import type { Operation } from '../../service/Operation';
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

/** What a hint is about: names of documents or files, references as they were given, or ids of operations. */
type About = string[];

/** The words of each hint, in the order in which they are shown. */
const messages = {
	recovered: (documents: About) =>
		`${counted(documents, 'document was', 'documents were')} signed before this execution: the existing signature is returned, and nothing was billed again.`,
	signedSomeTime: (documents: About) =>
		`Sign'Stash does not show whether ${counted(documents, 'document was', 'documents were')} signed by this execution or before it: 'recovered' is false there.`,
	lateReceivers: (operations: About) =>
		`This run sent no email for documents that were signed before, though they have 'Email Receivers' now. Use 'Resend Email' for those who have not had it: ${operationsIn(operations)}.`,
	toNobody: (operations: About) =>
		`'Email Receivers' was empty, so no email was requested. If it is an expression, check it; 'Resend Email' can still send the email of ${operationsIn(operations)}.`,
	undelivered: (operations: About) =>
		`Not every email has gone out. Check the addresses, then use 'Resend Email' for ${operationsIn(operations)}.`,
	latePreservation: (documents: About) =>
		`'Preserve Content' has no effect on ${counted(documents, 'document that was', 'documents that were')} signed before.`,
	sharedSettings: (documents: About) =>
		`${counted(documents, 'document shares', 'documents share')} the signature of an identical document in this run, and with it that document's 'Description', 'If Already Signed' and 'Preserve Content'.`,
	signedLast: (documents: About) =>
		`${counted(documents, 'PDF ends', 'PDFs end')} in a signature already: ${listed(documents)}. If the workflow writes signed files into the folder that it reads, each run signs them once more.`,
	skipped: (files: About) =>
		`${counted(files, 'file', 'files')} matched 'Input Data Field Name' but ${files.length === 1 ? 'is' : 'are'} neither PDF nor XML, and ${files.length === 1 ? 'was' : 'were'} left out: ${listed(files)}.`,
	rewritten: (references: About) => {
		const [first = '', ...others] = new Set(references);
		const more = others.length > 0 ? ` (and ${others.length} more like it)` : '';
		return `Sign'Stash knows ${first} as ${safeReference(first)}${more}. 'Recover by Reference' accepts either form.`;
	},
	notMailed: (operations: About) =>
		`Documents that several items share are signed, but it is not certain that every receiver was emailed. 'Resend Email' sends it again for ${operationsIn(operations)}.`,
	notMailedTogether: (operations: About) =>
		`Receivers of a document that several items share were not emailed, because it was signed together with other documents: ${operationsIn(operations)}.`,
	showsAll: (operations: About) =>
		`Before you use 'Resend Email': the email shows all documents that were signed together. This concerns ${operationsIn(operations)}.`,
};

/** What the user should know about a run that went well; shown in the output pane. */
export class Hints {
	/** What will stop signing soon. */
	readonly warnings = new Warnings();
	private readonly found = new Map<string, About>();
	private readonly ungathered: Ungathered = { documents: 0, bytes: 0 };

	/** A hint is due, about this document, file, reference or operation. */
	add(hint: keyof typeof messages, about: string): void {
		const others = this.found.get(hint);
		if (others) others.push(about);
		else this.found.set(hint, [about]);
	}

	/** A hint is due that speaks of an operation's email. */
	advise(hint: keyof typeof messages, { id, documents }: Operation): void {
		this.add(hint, id);
		if (documents.length > 1) this.add('showsAll', id);
	}

	/** A document of so many bytes was sent alone, and could have shared a request. */
	sentAlone(bytes: number): void {
		this.ungathered.documents++;
		this.ungathered.bytes += bytes;
	}

	/** What the item should know about a signed document; the emails of a shared one are sent separately. */
	tell(
		{
			receivers,
			isToNobody,
			preserveContent,
		}: Pick<SignParameters, 'receivers' | 'isToNobody' | 'preserveContent'>,
		{ reference, operation, document, recovered, cannotTellWhen }: SignedDocument,
		shared: boolean,
	): void {
		this.warnings.used(usageIn(operation.raw));
		if (isToNobody) this.advise('toNobody', operation);
		if (cannotTellWhen) this.add('signedSomeTime', reference);
		if (operation.receivers.some(({ deliveryStatus = '' }) => undelivered.has(deliveryStatus)))
			this.advise('undelivered', operation);
		if (!recovered) return;
		this.add('recovered', reference);
		const mailed = new Set(operation.receivers.map(({ email }) => email.toLowerCase()));
		if (!shared && receivers.some((one) => !mailed.has(one.toLowerCase())))
			this.advise('lateReceivers', operation);
		if (preserveContent && document.storageStatus !== 'CONTENT_PRESERVED')
			this.add('latePreservation', reference);
	}

	/** @param bytesPerRequest content that one request may hold */
	show(context: Pick<IExecuteFunctions, 'addExecutionHints'>, bytesPerRequest: number): void {
		const due = Object.entries(messages).map(([hint, words]) => {
			const about = this.found.get(hint);
			return about && words(about);
		});
		const gathering = gatheringHint(this.ungathered, bytesPerRequest);
		for (const message of [...this.warnings.messages(Date.now()), gathering, ...due])
			if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
	}
}

function operationsIn(operations: About): string {
	const ids = [...new Set(operations)];
	return `${counted(ids, 'operation', 'operations')}: ${listed(ids)}`;
}

const counted = ({ length }: About, one: string, several: string): string =>
	`${length} ${length === 1 ? one : several}`;

const listed = (names: About): string =>
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
