import { row } from '../play.mts';
import { asIs, changed, inPart, ofText } from './Message.mts';
import type { Rewrite } from './Message.mts';

const ofIssuer = (more: object, changes: Parameters<typeof changed>[0] = {}): Rewrite =>
	inPart('issuerCompany', (issuer) => changed(changes)({ ...issuer, ...more }));

export const issuerCompany = row<Rewrite>('issuer-company', {
	texts: asIs,
	objects: ofIssuer(
		{ additionalInfo: { plan: 'test' }, limitUsageCount: 1000, limitCurrentConsumption: 1 },
		{ invoiceAddress: ofText((street) => ({ street, country: 'PRT' })) },
	),
	'limits-as-texts': ofIssuer({ limitUsageCount: '1000', limitCurrentConsumption: '1' }),
});

const ofQueue = (more: object): Rewrite =>
	inPart('signatureQueuePriority', (queue) => ({ ...queue, ...more }));

const TIMES = { startTime: '00:00:00', endTime: '23:59:59' };

export const queuePriority = row<Rewrite>('queue-priority', {
	'date-times': asIs,
	times: ofQueue(TIMES),
	texts: ofQueue({ ...TIMES, defaultPriority: 'true' }),
});

export const folderId = row<Rewrite>('folder-id', {
	text: asIs,
	number: inPart('folder', changed({ folderId: Number })),
});
