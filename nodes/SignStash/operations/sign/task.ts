import type { SignatureType } from '../../documents/contentType';
import { signatureTypeFor, type Document } from '../../documents/Document';
import { inspect, likelyCause, type DocumentFacts } from '../../documents/inspect';
import { checkSigned } from '../../documents/signedContent';
import { isUbl, prepareForUbl } from '../../documents/ubl';
import { isMadeFrom, whatContentShows } from '../../documents/whatContentShows';
import { badInput } from '../../Fault';
import type { SignatureInfo, VisibleSignatureInfo } from '../../service/messages';
import { baseReference, derivedReference, digestOf, safeReference } from '../../signing/references';
import type { RequestSettings, SigningJob } from '../../signing/SigningJob';
import type { SignParameters } from './parameters';
import { refuseOutside } from './visible';

/** A document's place in the output. */
export interface Place {
	item: number;
	/** Place among the item's documents. */
	order: number;
}

/** A document as it will be signed. */
export interface Task extends Place {
	/** Bytes of content. */
	size: number;
	parameters: SignParameters;
	document: Document;
	type: SignatureType;
	/** Whether it is a PDF whose last revision is a signature already. */
	isSignedLast: boolean;
	job: SigningJob;
}

/** Where a document comes from. */
interface Origin extends Place {
	/** Alias of the client service. */
	clientId: string;
	/** `-1`, `-2` … for a given reference that several documents of its item share, else empty. */
	suffix: string;
	/** Whether only a pattern matched the file: PDF settings are for the PDFs among what it matches. */
	byPattern: boolean;
	visible?: VisibleSignatureInfo;
}

/** Makes a document's task; by its end, everything that is checked before sending has been checked. */
export async function taskFor(
	read: Document,
	parameters: SignParameters,
	origin: Origin,
): Promise<Task> {
	const { item, order, clientId, suffix } = origin;
	const type = signatureTypeFor(read, parameters.signatureType);
	const facts = await inspect(read, type, parameters.ubl?.info.signatureLocation);
	const ubl = ublFor(facts, parameters);
	if (type === 'PAdES' && parameters.visible) await refuseOutside(read, parameters.visible);
	const signatureInfo = signatureInfoOf(type, read, { ...parameters, ubl }, origin);
	const document =
		ubl && facts?.kind === 'xml'
			? prepareForUbl(read, facts, ubl.info.signatureLocation, ubl.prepare)
			: read;
	const digest = await digestOf(document.content);
	const { reference: own, fingerprint } = derivedReference(clientId, digest, signatureInfo);
	const given = givenReference(parameters.reference, suffix);
	const { name, content, contentType } = document;
	const job: SigningJob = {
		reference: given ?? own,
		fingerprint,
		derived: given === undefined,
		name,
		contentLength: content.length,
		document: (externalReference) => ({
			documentRequest: { externalReference, name, contentType, content },
			signatureInfo,
		}),
		settings: settingsOf(parameters),
		ifAlreadySigned: parameters.ifAlreadySigned,
		wantContent: parameters.returnDocument,
		patience: { call: parameters.timeout, completion: parameters.completion },
		shows: async (signed) => await whatContentShows(signed, content),
		isIn: async (signed) => await isMadeFrom(signed, content),
		flaw: (signed) => checkSigned(signed, type),
		misfit: misfitOf(document, facts, signatureInfo),
	};
	const isSignedLast = facts?.kind === 'pdf' && facts.isSignedLast;
	const size = content.length;
	return { item, order, size, parameters, document, type, isSignedLast, job };
}

/**
 * What to check when the service says that settings and document do not fit: what was requested, and what the
 * document shows.
 */
function misfitOf(
	{ name }: Document,
	facts: DocumentFacts | undefined,
	{ visibleSignatureInfo: visible, advancedSignatureInfo: ubl }: SignatureInfo,
): string {
	const cause = likelyCause(facts);
	const asked = [
		visible && placesAsked[visible.locationType](visible.locationValue),
		ubl && `the element '${ubl.signatureLocation}' of 'Signature Location' can hold a signature`,
	].filter(Boolean);
	const checks = asked.length > 0 ? asked : ['the file opens in a program for its file type'];
	return `${cause ? `'${name}' ${cause}, which is the likely cause. ` : ''}Check that ${checks.join(', and that ')}.`;
}

/** What a PDF must contain for each placement (contract: locationValue). */
const placesAsked: Record<VisibleSignatureInfo['locationType'], (value: string) => string> = {
	COORDINATE: (value) => `the PDF has page ${/page=(\d+)/.exec(value)?.[1] ?? '1'}`,
	PLACEHOLDER: (value) => `the word '${value}' is in the PDF as text`,
	SIGN_FIELD: (value) => `the PDF has an empty signature field '${value}'`,
};

/** The reference that the user gave, as it can be sent; the endings of a row are reserved for the node. */
function givenReference(given: string, suffix: string): string | undefined {
	if (given === '') return undefined;
	const reference = safeReference(given) + suffix;
	const base = baseReference(reference);
	if (base === reference) return reference;
	throw badInput(
		'External Reference',
		`'External Reference' '${reference}' ends like the node's own follow-up references`,
		`Give '${base}': the node itself moves on to '~2' once an operation has failed.`,
	);
}

/** Automatic is for UBL only: other XML has no place for a UBL signature. */
function ublFor(facts: DocumentFacts | undefined, { ubl }: SignParameters): SignParameters['ubl'] {
	if (facts?.kind !== 'xml') return undefined;
	return !ubl?.automatic || isUbl(facts) ? ubl : undefined;
}

function signatureInfoOf(
	type: SignatureType,
	document: Document,
	{ pdf, ubl, applyTimestamp }: SignParameters,
	{ visible, byPattern }: Origin,
): SignatureInfo {
	const isPdf = type === 'PAdES';
	if (!isPdf && !byPattern) refusePdfSettings(document, { ...pdf, visible });
	return {
		signatureType: type,
		applyTimestamp,
		...(isPdf ? pdf : {}),
		...(isPdf && visible ? { visibleSignatureInfo: visible } : {}),
		...(ubl ? { advancedSignatureInfo: ubl.info } : {}),
	};
}

/** Parameters that only a PAdES signature uses, by their display names. */
function refusePdfSettings(
	{ name }: Document,
	{ visible, reason, location }: SignParameters['pdf'] & { visible?: VisibleSignatureInfo },
): void {
	const parameter = visible ? 'Visible Signature' : 'PDF Signature Details';
	if (!visible && !reason && !location) return;
	throw badInput(
		parameter,
		`'${parameter}' is for PDF files, but '${name}' gets another kind of signature`,
		`Leave '${parameter}' out for this file, or sign it in a separate step.`,
	);
}

function settingsOf(parameters: SignParameters): RequestSettings {
	const { description, receivers, attachDocuments, preserveContent } = parameters;
	const deliveryInfo = receivers.length > 0 ? delivery(receivers, attachDocuments) : undefined;
	return {
		...(description ? { description } : {}),
		preservationInfo: { preserveContent, ...(deliveryInfo ? { deliveryInfo } : {}) },
	};
}

/** Clients were seen to send `SENT` for a receiver; whether it may be left out is unknown (contract: PersonReceiver). */
const delivery = (receivers: string[], attachDocuments: boolean) => ({
	attachDocuments,
	personReceiver: receivers.map((email) => ({ email, deliveryStatus: 'SENT' as const })),
});

/** The given references of an item's documents: a single one stays as it is, several are numbered. */
export function suffixes(documents: number): string[] {
	return documents === 1 ? [''] : Array.from({ length: documents }, (_, index) => `-${index + 1}`);
}
