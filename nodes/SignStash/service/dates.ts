/** The service's other notation, which has no zone: a public client takes it for Lisbon's time (contract: dates). */
const withoutZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/;

const withZone = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;

/** Made when it is needed first: it costs more than many documents. */
let lisbon: Intl.DateTimeFormat | undefined;

/** Such as `+01:00`; for GMT itself some versions of Node give no figures. */
function offsetInLisbon(instant: Date): string {
	lisbon ??= new Intl.DateTimeFormat('en', {
		timeZone: 'Europe/Lisbon',
		timeZoneName: 'longOffset',
	});
	const [, offset] = lisbon.format(instant).split('GMT');
	return offset || '+00:00';
}

/** What an operation says of when it was made. */
export interface Dates {
	creationDate?: string;
	createdAt?: number;
	zoneGiven?: boolean;
}

/** The creation date of an operation, as text and as a moment; what is no moment has its text only. */
export function datesOf(text: string | undefined): Dates {
	if (text === undefined) return {};
	const creationDate = dateOf(text);
	const createdAt = withZone.test(creationDate) ? Date.parse(creationDate) : NaN;
	return Number.isNaN(createdAt)
		? { creationDate }
		: { creationDate, createdAt, zoneGiven: creationDate === text };
}

/** A date of the service in ISO 8601 with a zone; what is no date in either notation stays as it came. */
function dateOf(text: string): string {
	const local = text.trim().replace(' ', 'T');
	if (!withoutZone.test(local)) return text;
	const instant = new Date(`${local}Z`);
	return Number.isNaN(instant.getTime()) ? text : `${local}${offsetInLisbon(instant)}`;
}
