import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode, type InputFile } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import type { World } from './rows.cts';

/** The output of a run for a document. */
export interface Seen {
	json: IDataObject;
	/** The whole item as JSON. */
	words: string;
	bytes?: Buffer;
}

/** What the service has stored about a document's content. */
export interface Held {
	/** Signatures made. */
	made: number;
	/** References under which it is registered. */
	references: string[];
}

interface Row {
	contentSha256: string;
}

/** What the service has stored about all contents, and the faults that are still to strike. */
interface Snapshot {
	signatures: Array<Row & { count: number }>;
	documents: Array<Row & { externalReference: string }>;
	faults: Array<{ times: number }>;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** A sandbox in one world, and a user of the node there. */
export class Stage {
	/** Read once after each action of the user. */
	private snapshot?: Promise<Snapshot>;

	private constructor(
		readonly sandbox: Sandbox,
		private readonly credential: ReturnType<typeof resolvedCredential>,
	) {}

	static async set(sandbox: Sandbox, world: World): Promise<Stage> {
		await sandbox.control('POST', '/reset');
		await sandbox.world(world);
		return new Stage(sandbox, resolvedCredential(sandbox));
	}

	async settings(changes: object): Promise<void> {
		await this.sandbox.control('PATCH', '/settings', changes);
	}

	/** Makes a fault strike the next call of an endpoint, or one after the given number of others. */
	async strike(on: string, moment: string, action: { type: string }, skip = 0): Promise<void> {
		await this.sandbox.control('POST', '/faults', { on, moment, action, skip });
	}

	/** Lets enough time pass for the service to finish its work. */
	async pass(): Promise<void> {
		this.snapshot = undefined;
		await this.sandbox.control('POST', '/finish');
	}

	/** @throws Error when a fault has not struck, so that no job passes without it */
	async calm(): Promise<void> {
		const { faults } = await this.read();
		if (faults.some(({ times }) => times > 0)) throw new Error('a fault did not strike');
	}

	/**
	 * Signs documents, one in each item, an hour after the previous action; the output is in the documents' order.
	 * @param beside files that every item has as well
	 */
	async sign(
		files: InputFile[],
		parameters: INodeParameters = {},
		beside: Record<string, InputFile> = {},
	): Promise<Array<Seen | undefined>> {
		this.snapshot = undefined;
		await this.sandbox.control('POST', '/age', { milliseconds: 3_600_000 });
		const items = files.map((data) => ({ files: { data, ...beside } }));
		const run = await runNode(this.credential, { operation: 'sign', ...parameters }, items, {
			onError: 'continueRegularOutput',
		});
		const out = await itemsOf(run);
		const ofItem = (item: number): INodeExecutionData | undefined =>
			out.find(({ pairedItem }) => JSON.stringify(pairedItem).includes(`"item":${item}`));
		return await Promise.all(files.map(async (_, item) => await seen(ofItem(item))));
	}

	/** Recovers by a reference; `options` are the node's. */
	async recover(externalReference: string): Promise<Seen | undefined> {
		this.snapshot = undefined;
		const parameters = {
			operation: 'recoverByReference',
			externalReference,
			ifNotFound: 'continue',
			options: { waitForCompletion: 60 },
		};
		const run = await runNode(this.credential, parameters, [{}], {
			onError: 'continueRegularOutput',
		});
		return await seen((await itemsOf(run))[0]);
	}

	async held({ content }: InputFile): Promise<Held> {
		const contentSha256 = sha256(content);
		const ofContent = <One extends Row>(all: One[]): One[] =>
			all.filter((row) => row.contentSha256 === contentSha256);
		const { signatures, documents } = await this.read();
		return {
			made: ofContent(signatures).reduce((sum, { count }) => sum + count, 0),
			references: ofContent(documents).map(({ externalReference }) => externalReference),
		};
	}

	private async read(): Promise<Snapshot> {
		return await (this.snapshot ??= this.sandbox.get<Snapshot>('/snapshot'));
	}
}

async function seen(item: INodeExecutionData | undefined): Promise<Seen | undefined> {
	if (!item) return undefined;
	const bytes = item.binary?.data ? await bytesOf(item, 'data') : undefined;
	return { json: item.json, words: JSON.stringify(item.json), bytes };
}
