/**
 * The service's other notation, which has no zone: a public client takes it for Lisbon's time (contract: dates).
 */
const withoutZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/;

const withZone = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;

/** Created when it is first needed: it costs more than many documents. */
let lisbon: Intl.DateTimeFormat | undefined;

/** For example `+01:00`; for GMT itself some versions of Node give no figures. */
function offsetInLisbon(instant: Date): string {
	lisbon ??= new Intl.DateTimeFormat('en', {
		timeZone: 'Europe/Lisbon',
		timeZoneName: 'longOffset',
	});
	const [, offset] = lisbon.format(instant).split('GMT');
	return offset || '+00:00';
}

/** What an operation says about when it was made. */
export interface Dates {
	creationDate?: string;
	createdAt?: number;
	zoneGiven?: boolean;
}

/** The creation date of an operation, as text and as a moment; a text that is not a date has no moment. */
export function datesOf(text: string | undefined): Dates {
	if (text === undefined) return {};
	const creationDate = dateOf(text);
	const createdAt = withZone.test(creationDate) ? Date.parse(creationDate) : NaN;
	return Number.isNaN(createdAt)
		? { creationDate }
		: { creationDate, createdAt, zoneGiven: creationDate === text };
}

/** A date of the service in ISO 8601 with a zone; text that is not a date in either notation stays as it came. */
function dateOf(text: string): string {
	const local = text.trim().replace(' ', 'T');
	if (!withoutZone.test(local)) return text;
	const instant = new Date(`${local}Z`);
	return Number.isNaN(instant.getTime()) ? text : `${local}${offsetInLisbon(instant)}`;
}
