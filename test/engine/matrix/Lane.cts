import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resolvedCredential } from '../../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, itemsOf, runNode, type InputItem } from '../../support/engine.cts';
import { pdf } from '../../support/files.cts';
import type { Sandbox } from '../../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../../support/sandboxes.mts';
import type { Case, Got, Result } from './Case.cts';

/** The words that identify the kinds of faults. */
const wordings: Array<[words: RegExp, got: Got]> = [
	[/^'[^']+' was not signed/, 'not signed'],
	[/has not finished operation/, 'still pending'],
	[/^It is not known whether '[^']+' was signed/, 'outcome unknown'],
	[/but its information about the document cannot be read/, 'found, not read'],
	[/is signed, but operation/, 'signed, not fetched'],
	[/could not be reached, and '[^']+' was not sent/, 'nothing sent'],
	[/is busy and turned '[^']+' away each time/, 'busy'],
	[/rejected '[^']+' because it does not accept the access token/, 'turned away'],
	[/gave no access token/, 'no token'],
	[/is not '[^']+' as it is now|is in use, but Sign'Stash does not show/, 'reference taken'],
	[/\((\d+\.\d+\.\d+|HTTP \d+)\)/, 'refused'],
];

interface Outcome {
	got: Got;
	words: string;
	item: INodeExecutionData;
	bytes?: Buffer;
}

async function outcomeOf(item: INodeExecutionData | undefined): Promise<Outcome> {
	if (!item) throw new Error('the node put out nothing');
	if (item.binary?.data)
		return { got: 'file', words: '', item, bytes: await bytesOf(item, 'data') };
	const words = `${faultOf(item).message} ${faultOf(item).description}`;
	const found = wordings.find(([pattern]) => pattern.test(words));
	return { got: found?.[1] ?? 'words nobody knows', words, item };
}

/** What a lane reads of its sandbox. */
interface Snapshot {
	documents: unknown[];
	stats: { requests: { sign?: number; lookup?: number }; signatures: number };
}

const settings = { onError: 'continueRegularOutput' } as const;

/** A separate sandbox, on which cases are played one after the other. */
export class Lane {
	private constructor(
		private readonly sandbox: Sandbox,
		private readonly name: string,
		private readonly usual: unknown,
	) {}

	static async open(name: string): Promise<Lane> {
		const sandbox = await takeSandbox();
		return new Lane(sandbox, name, await sandbox.get('/settings'));
	}

	async close(): Promise<void> {
		await giveBackSandbox(this.sandbox);
	}

	/** Plays a case: signs under its fault; once the fault is over, recovers, and signs again. */
	async play(one: Case): Promise<Result> {
		const { sandbox } = this;
		await sandbox.control('POST', '/reset');
		const data = resolvedCredential(sandbox);
		if (one.holdsToken || one.revoked)
			await this.run(data, { operation: 'recoverByReference', externalReference: 'first token' });
		if (one.revoked) await sandbox.control('POST', '/tokens/revoke');
		if (one.settings) await sandbox.control('PATCH', '/settings', one.settings);
		for (const fault of one.faults) await sandbox.control('POST', '/faults', fault);
		const before = await this.look();

		const input = { files: { data: await pdf('a document of the matrix') } };
		const reference = 'FT_2025_1';
		const sign = { operation: 'sign', externalReference: reference, options: one.options ?? {} };
		const apiBaseUrl = one.baseUrl?.(new URL(sandbox.info.baseUrl).port);
		const first = await outcomeOf(
			await this.run({ ...data, ...(apiBaseUrl && { apiBaseUrl }) }, sign, input),
		);
		const after = await this.look();

		await sandbox.control('DELETE', '/faults');
		await sandbox.control('PATCH', '/settings', this.usual);
		const recovery = await this.recover(data, reference);
		const again = await outcomeOf(await this.run(data, { ...sign, options: {} }, input));
		const details = JSON.stringify(faultOf(first.item).details ?? {});
		return {
			got: first.got,
			words: first.words,
			namesReference: details.includes(`"externalReference":"${reference}`),
			sent: after.sent - before.sent,
			lookedUp: after.lookedUp - before.lookedUp,
			signatures: after.signatures,
			registered: after.registered,
			recovered: String(recovery?.json.result ?? faultOf(recovery).message),
			sameBytes: await sameBytes(first, recovery),
			again: { got: again.got, signatures: (await this.look()).signatures },
		};
	}

	/** What has reached the service, and what it has stored. */
	private async look() {
		const { stats, documents } = await this.sandbox.get<Snapshot>('/snapshot');
		const { requests, signatures } = stats;
		return {
			sent: requests.sign ?? 0,
			lookedUp: requests.lookup ?? 0,
			signatures,
			registered: documents.length > 0,
		};
	}

	private async recover(data: Credential, externalReference: string) {
		const options = { waitForCompletion: 60 };
		const parameters = { operation: 'recoverByReference', externalReference, options };
		return await this.run(data, { ...parameters, ifNotFound: 'continue' });
	}

	private async run(data: Credential, parameters: INodeParameters, input: InputItem = {}) {
		// n8n renews a credential's token once for all its users, so each lane has its own credential.
		const credentials = { signStashOAuth2Api: { id: this.name, name: this.name } };
		const run = await runNode(data, parameters, [input], { ...settings, credentials });
		return (await itemsOf(run))[0];
	}
}

type Credential = ReturnType<typeof resolvedCredential>;

async function sameBytes(first: Outcome, recovery: INodeExecutionData | undefined) {
	if (!first.bytes || !recovery?.binary?.data) return true;
	return first.bytes.equals(await bytesOf(recovery, 'data'));
}

/** Plays all cases on `lanes` sandboxes. @returns the results in the order of the cases */
export async function playAll(cases: Case[], lanes: number): Promise<Result[]> {
	const opened = await Promise.all(
		Array.from({ length: lanes }, async (_, index) => await Lane.open(`lane ${index}`)),
	);
	const results: Result[] = [];
	let next = 0;
	const work = async (lane: Lane): Promise<void> => {
		for (let index = next++; index < cases.length; index = next++) {
			const one = cases[index];
			if (one) results[index] = await lane.play(one);
		}
	};
	try {
		await Promise.all(opened.map(work));
	} finally {
		await Promise.all(opened.map(async (lane) => await lane.close()));
	}
	return results;
}
