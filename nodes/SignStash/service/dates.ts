/** The service's other notation, which has no zone: a public client takes it for Lisbon's time (contract: dates). */
const withoutZone = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)$/;

/** `GMT`, `GMT+1`, `GMT+01:00` … as an offset of ISO 8601. */
function offsetOf(zone: string): string {
	const [, sign = '+', hours = '0', minutes = '00'] = /([+-])(\d+):?(\d{2})?/.exec(zone) ?? [];
	return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

/** Made when it is needed first: it costs more than many documents. */
let lisbon: Intl.DateTimeFormat | undefined;

function offsetInLisbon(instant: Date): string {
	lisbon ??= new Intl.DateTimeFormat('en', {
		timeZone: 'Europe/Lisbon',
		timeZoneName: 'longOffset',
	});
	const zone = lisbon.formatToParts(instant).find(({ type }) => type === 'timeZoneName');
	return offsetOf(zone?.value ?? '');
}

/** A date of the service in ISO 8601 with a zone; what is no date in either notation stays as it came. */
export function dateOf(text: string): string {
	const [, day, time] = withoutZone.exec(text.trim()) ?? [];
	if (day === undefined || time === undefined) return text;
	const instant = new Date(`${day}T${time}Z`);
	return Number.isNaN(instant.getTime()) ? text : `${day}T${time}${offsetInLisbon(instant)}`;
}
