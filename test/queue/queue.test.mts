import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../tools/n8n/root.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { verifyXml } from '../../tools/verify/xml.mts';
import { countSignatures } from '../e2e/Counted.mts';
import type { BinaryMode } from './Cluster.mts';
import type { Unsigned } from './documents.mts';
import { paceOf } from './pace.mts';
import { size as sizes, type Size } from './sizes.mts';
import type { Returned, Told } from './Told.mts';
import { Trial, warmUp } from './Trial.mts';

const figures = join(root, '.cache', 'queue');
mkdirSync(figures, { recursive: true });

/** How much faster two workers are than one, at least; the actual figure depends on what else the machine does. */
const leastPace = 1.25;

/**
 * By how much the memory in use of a process may grow, divided by the bytes of the documents that are signed
 * meanwhile. A worker signs about half of them.
 */
const mostKept = 0.2;

/** How many of the returned signed files are opened and verified. */
const looked = 10;

/** The longest time per document in all further executions, divided by that in the ones timed ahead of them. */
const mostGrowth = 1.1;

for (const mode of ['database', 'filesystem'] satisfies BinaryMode[]) {
	const size = sizes[mode];
	if (size) playIn(mode, size);
}

function playIn(mode: BinaryMode, size: Size): void {
	describe(`queue mode with binary data in the ${mode}: ${size.documents} documents in ${size.executions} executions`, () => {
		let trial: Trial;
		const report: Record<string, unknown> = { mode, ...size };
		const returned = new Map<string, Returned>();
		const note = (told: Told[]): void => {
			for (const one of told.flatMap((each) => each.returned)) returned.set(one.name, one);
		};
		const missing = () =>
			trial.batches.filter(({ documents }) => documents.some(({ name }) => !returned.has(name)));

		before(async () => {
			trial = await Trial.prepare(mode, size);
			await trial.run();
			note(trial.told);
			const { calls, seconds, told } = trial;
			const statuses = Object.groupBy(told, ({ status }) => status);
			Object.assign(report, {
				...{ seconds, calls, returned: returned.size },
				executions: Object.fromEntries(
					Object.entries(statuses).map(([status, all = []]) => [status, all.length]),
				),
				errors: told.flatMap(({ error }) => error ?? []),
				faults: told.flatMap(({ faults }) => faults.map(({ words }) => words)),
				memory: trial.memory,
			});
		});
		after(async () => {
			writeFileSync(join(figures, `${mode}.json`), JSON.stringify(report, null, '\t'));
			await trial.cluster.close();
		});

		it('gives every execution an outcome, and signs nothing twice', async () => {
			assert.equal(trial.told.length, trial.executions);
			assert.equal((await countSignatures(trial.cluster.sandbox)).most, 1);
		});

		it('reports every document of an execution that ended on its own', () => {
			for (const { status, batch, returned: files, faults, executionId } of trial.told) {
				if (status !== 'success') continue;
				const sent = trial.batches[batch ?? -1]?.documents.length;
				assert.equal(files.length + faults.length, sent, `execution ${executionId}`);
			}
		});

		// Among few executions, of which a worker is killed, chance decides who takes them.
		if (size.repeated && (size.executions >= 100 || !size.disturbed))
			it('runs executions with the same documents on two workers at the same moment', () => {
				const workers = new Map<number, Set<string | undefined>>();
				for (const { batch = -1, executionId } of trial.told)
					workers.set(
						batch,
						(workers.get(batch) ?? new Set()).add(trial.cluster.workerOf(executionId)),
					);
				const apart = trial.batches.filter(
					(batch) => trial.timesAtOnce(batch) > 1 && (workers.get(batch.number)?.size ?? 0) > 1,
				);
				assert.ok(apart.length > 0, 'no document was signed by two workers');
			});

		it('fetches at most one token per process and revocation', () => {
			const { token, tokensAllowed } = trial.calls;
			assert.ok(token <= tokensAllowed, `${token} token calls, ${tokensAllowed} allowed`);
		});

		it('is throttled at most three times per document, on average', () => {
			assert.ok(trial.calls.busy <= 3 * size.documents, `${trial.calls.busy} times`);
		});

		it('keeps nothing of the documents in memory', () => {
			assert.ok(trial.memory.length >= 2, 'the main process and a worker run throughout');
			for (const { name, before, after } of trial.memory)
				assert.ok(
					after < before + mostKept * trial.bytes,
					`${name}: ${before}, then ${after} bytes`,
				);
		});

		it('recovers a document by the reference that its fault named, or gets it signed when it is sent again', async () => {
			const references = trial.told.flatMap(({ faults }) =>
				faults.flatMap(({ reference }) => reference ?? []),
			);
			await trial.calm();
			assert.ok(
				references.length > 0 || !size.disturbed,
				'look-ups failed during the disturbances',
			);
			if (references.length > 0) note(await trial.recover([...new Set(references)]));
			report.recovered = returned.size;
			const again = missing();
			report.sentAgain = again.length;
			note(await trial.sendAgain(again));
			assert.equal(returned.size, size.documents);
			const { contents, signatures, most } = await countSignatures(trial.cluster.sandbox);
			assert.deepEqual(
				{ contents, signatures, most },
				{ contents: size.documents, signatures: size.documents, most: 1 },
			);
		});

		it('returns files with valid signatures', async () => {
			const sent = trial.batches.flatMap(({ documents }) => documents);
			const step = Math.floor(sent.length / looked);
			for (let place = 0; place < sent.length; place += step | 1) await holds(sent[place]);
		});

		async function holds(unsigned: Unsigned | undefined): Promise<void> {
			const { file } = returned.get(unsigned?.name ?? '') ?? {};
			assert.ok(unsigned && file, 'the document came back');
			const bytes = await trial.cluster.n8n.readFile(file);
			const { caFile, folder } = trial.cluster;
			const path = join(folder, unsigned.name);
			writeFileSync(path, bytes);
			if (path.endsWith('.xml')) return assert.ok(verifyXml(path, caFile).ok, unsigned.name);
			assert.ok(bytes.subarray(0, unsigned.bytes.length).equals(unsigned.bytes), 'another file');
			assert.ok((await verifyPdf(path, caFile)).ok, unsigned.name);
		}

		if (size.ahead > 0)
			it('takes no longer per document than with fewer documents', () => {
				const each = size.documents / size.executions;
				const one = trial.aheadSeconds / (size.ahead * each);
				const ofMany = trial.seconds / (size.documents - (warmUp + size.ahead) * each);
				Object.assign(report, { oneMs: one * 1000, ofManyMs: ofMany * 1000 });
				assert.ok(ofMany <= one * mostGrowth, `${ofMany / one} times as long`);
			});

		if (size.timed > 0)
			it('signs faster with two workers than with one', async () => {
				const pace = await paceOf(trial.cluster, size.timed);
				Object.assign(report, pace);
				assert.ok(pace.twoToOne > leastPace, `${pace.twoToOne} times as fast`);
			});
	});
}
