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

export const queuePriority = row<Rewrite>('queue-priority', {
	times: asIs,
	'date-times': ofQueue({
		startTime: '2025-01-01T00:00:00.000+00:00',
		endTime: '2025-01-01T23:59:59.000+00:00',
	}),
	texts: ofQueue({ defaultPriority: 'true' }),
});

export const folderId = row<Rewrite>('folder-id', {
	number: asIs,
	text: inPart('folder', changed({ folderId: String })),
});
