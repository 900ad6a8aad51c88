import { row } from '../play.mts';
import { all, asIs, changed, inDocuments, inPart, ofText } from './Message.mts';
import type { Rewrite } from './Message.mts';

const DATES = [
	'creationDate',
	'receptionDate',
	'storageEndDate',
	'limitPeriodStartDate',
	'limitPeriodEndDate',
	'limitCurrentConsumptionLastModifiedDate',
];

function inDates(change: (date: string) => unknown): Rewrite {
	const dates = changed(Object.fromEntries(DATES.map((key) => [key, ofText(change)])));
	return all(dates, inPart('issuerCompany', dates), inDocuments(dates));
}

const LISBON = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Lisbon',
	dateStyle: 'short',
	timeStyle: 'medium',
});

const withoutZone = (date: string): string => {
	const instant = new Date(date);
	return `${LISBON.format(instant)}.${String(instant.getMilliseconds()).padStart(3, '0')}`;
};

export const dates = row<Rewrite>('dates', {
	offset: asIs,
	'plain-offset': inDates((date) => date.replace(/([+-]\d\d):(\d\d)$/, '$1$2')),
	'no-zone': inDates(withoutZone),
	epoch: inDates((date) => Date.parse(date)),
});
