import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation } from '../../../nodes/SignStash/service/Operation';
import type { Reply } from '../../../nodes/SignStash/service/Reply';
import { signTogether, type Settled } from '../../../nodes/SignStash/signing/carryOut';
import { readRefusal } from '../../../nodes/SignStash/service/transport';
import { Execution } from '../../../nodes/SignStash/signing/Execution';
import type { SigningJob } from '../../../nodes/SignStash/signing/SigningJob';
import type { Ports, Service } from '../../../nodes/SignStash/signing/Ports';

/** A client signs some documents in its nth run. */
export type Client = (ports: Ports, jobs: Jobs, run: number) => Promise<Settled>;
export type Jobs = [SigningJob, ...SigningJob[]];

export const ours: Client = async (ports, jobs) => await signTogether(ports, jobs);

/** Our client, with a wrong understanding of the service. */
const misreading =
	(misread: (service: Service) => Partial<Service>): Client =>
	async (ports, jobs) =>
		await signTogether(
			{ ...ports, service: { ...ports.service, ...misread(ports.service) } },
			jobs,
		);

/** Our client with jobs under other references. */
const renaming =
	(rename: (reference: string, run: number) => string): Client =>
	async (ports, [first, ...others], run) => {
		const renamed = (job: SigningJob) => ({ ...job, reference: rename(job.reference, run) });
		return await signTogether(ports, [renamed(first), ...others.map(renamed)]);
	};

/** The same request with every reference marked. */
function marked(request: SignRequest, mark: string): SignRequest {
	const documents = request.documents.map(({ documentRequest, signatureInfo }) => ({
		signatureInfo,
		documentRequest: {
			...documentRequest,
			externalReference: `${documentRequest.externalReference}${mark}`,
		},
	}));
	return { ...request, documents };
}

/** Sends again under another reference when `again` says so of a reply, and returns that answer as if it were the first. */
const sendingAgain = (again: (reply: Reply<unknown>) => boolean): Client =>
	misreading((service) => ({
		async sign(request) {
			const reply = await service.sign(request);
			if (!again(reply)) return reply;
			const second = await service.sign(marked(request, '-again'));
			return second.is === 'answer' ? { is: 'broken', sent: true, why: 'as before' } : second;
		},
	}));

/** Our client without one kind of evidence. */
const disarming =
	(change: Partial<SigningJob>): Client =>
	async (ports, [first, ...others]) => {
		const disarmed = (job: SigningJob) => ({ ...job, ...change });
		return await signTogether(ports, [disarmed(first), ...others.map(disarmed)]);
	};

const undated = (reply: Reply<Operation>): Reply<Operation> =>
	reply.is === 'answer' ? { is: 'answer', body: { ...reply.body, createdAt: undefined } } : reply;

const unsure = (reply: Reply<unknown>): boolean =>
	reply.is === 'unreadable' || (reply.is === 'broken' && reply.sent);

const failedOperation: Operation = {
	id: '',
	status: 'EXECUTED',
	requestReferences: [],
	documents: [],
	receivers: [],
	raw: {},
};

/** Clients with mistakes that integrations are known to make. The checks have to catch each of them. */
export const wrongClients: Array<[name: string, client: Client]> = [
	['a lost answer leads to a request under a new reference', sendingAgain(unsure)],
	[
		'every 5xx leads to a request under a new reference',
		sendingAgain((reply) => reply.is === 'refusal' && reply.status >= 500),
	],
	[
		'a reference in use leads to the next one, without a look-up',
		sendingAgain((reply) => reply.is === 'refusal' && reply.code === '0.0.7'),
	],
	['every run makes its own references', renaming((reference, run) => `${reference}-${run}`)],
	[
		'an operation that is pending counts as failed',
		misreading((service) => ({
			async detail(id, content) {
				const reply = await service.detail(id, content);
				if (reply.is !== 'answer' || reply.body.status === 'EXECUTED') return reply;
				return { is: 'answer', body: { ...reply.body, status: 'EXECUTION_FAILED' } };
			},
		})),
	],
	[
		'an operation that cannot be read counts as failed',
		misreading((service) => ({
			async detail(id, content) {
				const reply = await service.detail(id, content);
				if (reply.is === 'answer') return reply;
				const documents = ['A', 'B', 'C'].map((externalReference) => ({
					externalReference,
					signStatus: 'ERROR_SIGNING',
				}));
				return { is: 'answer', body: { ...failedOperation, id, documents } };
			},
		})),
	],
	[
		'a request that was lost on its way counts as never sent',
		misreading((service) => ({
			async sign(request) {
				const reply = await service.sign(request);
				return reply.is === 'broken' ? { ...reply, sent: false } : reply;
			},
		})),
	],
	[
		'an email that could not be sent counts as a refused signature',
		misreading((service) => ({
			async sign(request) {
				const reply = await service.sign(request);
				const mail = reply.is === 'refusal' && reply.code === '0.0.5';
				return mail ? { ...reply, class: 'rejected' } : reply;
			},
		})),
	],
	[
		'an answer that cannot be read counts as refused',
		misreading((service) => ({
			async sign(request) {
				const reply = await service.sign(request);
				return reply.is === 'unreadable' ? readRefusal(400, '{"errorCode": "0.0.2"}') : reply;
			},
		})),
	],
	[
		'a retry of an execution counts as a new one',
		async (ports, jobs, run) =>
			await signTogether({ ...ports, execution: new Execution(`x${run}`, ports.now()) }, jobs),
	],
	['a given reference counts as proof of the bytes', disarming({ derived: true })],
	[
		'dates are ignored',
		misreading((service) => ({
			sign: async (request) => undated(await service.sign(request)),
			detail: async (id, content) => undated(await service.detail(id, content)),
		})),
	],
	[
		"a gateway's page counts as the service's own answer",
		misreading((service) => ({
			async sign(request) {
				const reply = await service.sign(request);
				return reply.is === 'refusal' ? { ...reply, form: 'words' } : reply;
			},
		})),
	],
];
