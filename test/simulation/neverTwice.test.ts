import fc from 'fast-check';
import { Fault } from '../../nodes/SignStash/Fault';
import { recover } from '../../nodes/SignStash/signing/recover';
import { signDocument } from '../../nodes/SignStash/signing/signDocument';
import type { SigningJob } from '../../nodes/SignStash/signing/SigningJob';
import type { Service } from '../../nodes/SignStash/signing/World';
import { Adversary, Killed, readingFaults, signingFaults, type History } from './Adversary';

const content = Buffer.from('document');
const signed = Buffer.from('signed');
const job: SigningJob = {
	reference: 'R',
	name: 'a.pdf',
	contentLength: content.length,
	derived: true,
	ifAlreadySigned: 'return',
	wantContent: true,
	patience: { sending: 300_000, completion: 60_000 },
	settings: {},
	document: (externalReference) => ({
		documentRequest: {
			externalReference,
			name: 'a.pdf',
			contentType: 'application/pdf',
			content,
		},
		signatureInfo: { signatureType: 'PAdES' },
	}),
};

const histories: fc.Arbitrary<{ history: History; runs: number }> = fc.record({
	history: fc.record({
		signing: fc.array(fc.constantFrom(...signingFaults), { maxLength: 6 }),
		reading: fc.array(fc.constantFrom(...readingFaults), { maxLength: 24 }),
	}),
	runs: fc.integer({ min: 1, max: 3 }),
});

type End = 'returned' | 'killed' | Fault;

/** How a client differs from ours; the checks have to catch every wrong one. */
interface Variant {
	service(adversary: Adversary): Service;
	job(run: number): SigningJob;
}

const ours: Variant = { service: (adversary) => adversary, job: () => job };

/** A client that sends each request under whatever reference `rename` makes up. */
function renaming(rename: (count: number) => string): Variant {
	let count = 0;
	return { ...ours, job: () => ({ ...job, reference: rename(count++) }) };
}

const wrongVariants: Array<[name: string, variant: Variant]> = [
	[
		'any look-up fault means not found',
		{
			...ours,
			service: (adversary) => ({
				...bound(adversary),
				async find(reference) {
					const reply = await adversary.find(reference);
					return reply.is === 'answer' ? reply : { is: 'refusal', status: 404 };
				},
			}),
		},
	],
	['a new reference for every run', renaming((count) => `R-${count}`)],
	[
		'a lost request is sent under another reference, without a look',
		{
			...ours,
			service: (adversary) => ({
				...bound(adversary),
				async sign(request) {
					const reply = await adversary.sign(request);
					if (reply.is !== 'broken') return reply;
					const [document] = request.documents;
					if (document === undefined) return reply;
					const documentRequest = { ...document.documentRequest, externalReference: 'other' };
					await adversary.sign({ ...request, documents: [{ ...document, documentRequest }] });
					return reply;
				},
			}),
		},
	],
	[
		'a state that cannot be read counts as failed',
		{
			...ours,
			service: (adversary) => ({
				...bound(adversary),
				async detail(id, content) {
					const reply = await adversary.detail(id, content);
					if (reply.is === 'answer') return reply;
					const failed = { externalReference: 'R', signStatus: 'ERROR_SIGNING' as const };
					const body = {
						id,
						status: 'EXECUTED' as const,
						documentList: [{ ...failed, name: 'a.pdf' }],
					};
					return { is: 'answer', body };
				},
			}),
		},
	],
];

function bound(adversary: Adversary): Service {
	return {
		sign: async (request) => await adversary.sign(request),
		find: async (reference) => await adversary.find(reference),
		status: async (id) => await adversary.status(id),
		detail: async (id, content) => await adversary.detail(id, content),
		resend: async () => await adversary.resend(),
		renewToken: async () => await adversary.renewToken(),
	};
}

async function runOnce(adversary: Adversary, variant: Variant, run: number): Promise<End> {
	try {
		const world = { ...adversary.world(), service: variant.service(adversary) };
		const returned = await signDocument(world, variant.job(run));
		expect(returned.content).toEqual(signed);
		return 'returned';
	} catch (error) {
		if (error instanceof Killed) return 'killed';
		if (error instanceof Fault) return error;
		throw error;
	}
}

/** A signing request may follow a look-up of its reference only if that look-up said 'not found' or found it spent. */
function sentAfterDontKnow(log: string[]): string | undefined {
	return log.find((line, index) => {
		const [call, reference] = line.split(' ');
		const before = log[index - 1];
		if (call !== 'sign' || !before?.startsWith(`find ${reference} `)) return false;
		return !before.endsWith('notFound') && !before.endsWith('answer');
	});
}

const promises = (variant: Variant) =>
	fc.asyncProperty(histories, async ({ history, runs }) => {
		const adversary = new Adversary({
			signing: [...history.signing],
			reading: [...history.reading],
		});
		let end: End = 'killed';
		for (let run = 0; run < runs; run++) {
			const from = adversary.log.length;
			end = await runOnce(adversary, variant, run);
			expect(sentAfterDontKnow(adversary.log.slice(from))).toBeUndefined();
			if (end instanceof Fault) expect(end.remedy).not.toBe('');
		}
		expect(adversary.signed(content)).toBeLessThanOrEqual(1);
		if (end === 'returned') expect(adversary.signed(content)).toBe(1);
		expect(adversary.calls).toBeLessThan(400);

		adversary.calm();
		expect(adversary.signed(content)).toBeLessThanOrEqual(1);
		const found = await recover(adversary.world(), 'R', 60_000, true);
		expect(found.is === 'signed').toBe(adversary.signed(content) === 1);
	});

test('whatever fails and however often it is run: one signature at most, and none is lost', async () => {
	const numRuns = Number(process.env.SIMULATION_HISTORIES ?? 100_000);
	await fc.assert(promises(ours), { numRuns });
}, 600_000);

test.each(wrongVariants)('the checks catch a wrong client: %s', async (_, variant) => {
	const { failed } = await fc.check(promises(variant), { numRuns: 20_000 });
	expect(failed).toBe(true);
});
