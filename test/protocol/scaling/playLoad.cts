import { contentOf } from '../../../nodes/SignStash/bytes/Content';
import { signTogether } from '../../../nodes/SignStash/signing/carryOut';
import { Execution } from '../../../nodes/SignStash/signing/Execution';
import { Gate, gated } from '../../../nodes/SignStash/signing/Gate';
import { forEachParallel } from '../../../nodes/SignStash/flow/pool';
import type { Ports } from '../../../nodes/SignStash/signing/Ports';
import type { SigningJob } from '../../../nodes/SignStash/signing/SigningJob';
import { seededRandom } from '../../../tools/n8n/seededRandom.mts';
import { VirtualTime } from '../../support/VirtualTime.cts';
import { LimitedService, type Limit } from './LimitedService.cts';

/** Who signs how much; every execution has the node's default of 4 parallel requests. */
export interface Load {
	workers: number;
	/** Executions that a worker runs at the same time. */
	concurrency: number;
	/** Executions of each worker. */
	executions: number;
	/** Documents of an execution. */
	documents: number;
	/** Milliseconds that the service takes for a document. */
	perDocument: number;
	/** Milliseconds of a worker's one processor that a document takes. */
	perDocumentOwn: number;
	limit: Limit;
}

export interface Outcome {
	signed: number;
	/** Documents that were reported as not signed because the service was busy. */
	toldBusy: number;
	/** How often a document was throttled, on average. */
	refusals: number;
	seconds: number;
	/** The highest number of requests in progress at the same time. */
	most: number;
}

const parallel = 4;

/** What all executions of a worker share. */
interface Process {
	gate: Gate;
	processor: Processor;
}

/** JavaScript runs on one processor: while it works on one document, the others wait. */
class Processor {
	private freeAt = 0;

	constructor(private readonly time: VirtualTime) {}

	async use(milliseconds: number): Promise<void> {
		this.freeAt = Math.max(this.freeAt, this.time.now()) + milliseconds;
		await this.time.sleep(this.freeAt - this.time.now());
	}
}

/** A gate for each process, the node's own protocol, and its own pool: only the service, the clock and the cost of a document are played. */
export async function play(load: Load, seed = 1): Promise<Outcome> {
	const time = new VirtualTime();
	const random = seededRandom(seed);
	const service = new LimitedService(time, load.limit, load.perDocument);
	const outcome: Outcome = { signed: 0, toldBusy: 0, refusals: 0, seconds: 0, most: 0 };
	const ports: Ports = {
		service: service.calls,
		...{ now: time.now, sleep: time.sleep, random, stopped: () => false, control: {} },
		onStop: () => () => undefined,
		execution: new Execution('load', 0),
	};

	const execution = async ({ gate, processor }: Process, name: string): Promise<void> =>
		await forEachParallel(counted(load.documents), parallel, async (number) => {
			await processor.use(load.perDocumentOwn);
			const [result] = await signTogether(gated(ports, gate), [job(`${name}-${number}`)]);
			if (result?.status === 'fulfilled') outcome.signed++;
			else outcome.toldBusy++;
		});
	const worker = async (name: number): Promise<void> => {
		const own = { gate: new Gate(), processor: new Processor(time) };
		await forEachParallel(counted(load.executions), load.concurrency, async (number) => {
			await execution(own, `${name}-${number}`);
		});
	};
	await time.until(Promise.all(Array.from({ length: load.workers }, async (_, n) => worker(n))));

	const { refused, most } = service;
	const documents = outcome.signed + outcome.toldBusy;
	return { ...outcome, refusals: refused / documents, seconds: time.now() / 1000, most };
}

async function* counted(count: number): AsyncGenerator<number> {
	for (let number = 0; number < count; number++) yield number;
}

function job(reference: string): SigningJob {
	const content = contentOf(Buffer.alloc(0));
	return {
		reference,
		fingerprint: reference,
		derived: true,
		name: reference,
		contentLength: 0,
		document: (externalReference) => ({
			documentRequest: {
				...{ externalReference, name: reference, contentType: 'application/pdf', content },
			},
			signatureInfo: { signatureType: 'PAdES' },
		}),
		settings: { preservationInfo: { preserveContent: false } },
		ifAlreadySigned: 'return',
		wantContent: false,
		patience: { call: 120_000, completion: 60_000 },
		shows: async () => undefined,
		isIn: async () => false,
		flaw: () => undefined,
		misfit: '',
	};
}
