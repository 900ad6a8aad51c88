import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	bytesOf,
	faultOf,
	hintsOf,
	itemsOf,
	runNode,
	type ExecutionSettings,
	type InputFile,
	type InputItem,
} from './engine.cts';
import { RuledService } from './RuledService.cts';
import type { Rules } from './ruledRules.cts';
import { signed } from './ruledSignature.cts';

/** An XML document that is clearly not UBL; texts of the same length give the same length. */
export const xml = (text: string, fileName = `${text}.xml`): InputFile => ({
	content: Buffer.from(`<order xmlns="urn:example:order"><id>${text}</id></order>`),
	fileName,
	mimeType: 'text/xml',
});

/** The output of a run, in the words that tests compare. */
export interface Outcome {
	items: INodeExecutionData[];
	/** One line for each item: the file that came back under a document's name, or `fault`. */
	lines: string[];
	/** Message and description of each item; empty for a file. */
	words: string[];
	hints: string[];
}

/** Runs of the node with one service, each a separate execution an hour after the previous one. */
export class RuledRuns {
	/** All documents that may come back. */
	private readonly files: InputFile[] = [];

	constructor(readonly service: RuledService) {}

	/** Signs files, one in each item. @throws the run's fault when it stops on a fault */
	async sign(
		files: InputFile[],
		parameters: INodeParameters = {},
		settings: Partial<INode> = {},
		execution: ExecutionSettings = {},
	): Promise<Outcome> {
		this.files.push(...files);
		const input = files.map((data) => ({ json: { name: data.fileName }, files: { data } }));
		return await this.run({ operation: 'sign', ...parameters }, input, settings, execution);
	}

	async recover(externalReference: string, parameters: INodeParameters = {}): Promise<Outcome> {
		const operation = 'recoverByReference';
		return await this.run({ operation, externalReference, ...parameters }, [{}]);
	}

	async run(
		parameters: INodeParameters,
		input: InputItem[],
		settings: Partial<INode> = {},
		execution: ExecutionSettings = {},
	): Promise<Outcome> {
		this.service.hourPasses();
		const { credential, origin } = this.service;
		const credentials = { signStashOAuth2Api: { id: origin, name: origin } };
		const node = { onError: 'continueRegularOutput', credentials, ...settings } as const;
		const run = await runNode(credential, parameters, input, node, {}, execution);
		const items = await itemsOf(run);
		const lines = await Promise.all(items.map(async (item) => await this.line(item)));
		return { items, lines, words: items.map(wordsOf), hints: hintsOf(run) };
	}

	private async line(item: INodeExecutionData): Promise<string> {
		const { documentName, recovered } = item.json;
		if (faultOf(item).message !== undefined) return 'fault';
		const name = String(documentName);
		const mark = recovered === true ? ', recovered' : '';
		if (!item.binary?.data) return `${name}: no file${mark}`;
		const bytes = await bytesOf(item, 'data');
		const holder = this.files.find(({ content }) =>
			['', 'CAdES'].some((type) => signed(content, type).equals(bytes)),
		);
		return `${name}: ${holder?.fileName ?? 'an unknown file'}${mark}`;
	}
}

const wordsOf = (item: INodeExecutionData): string => {
	const { message, description } = faultOf(item);
	return message === undefined ? '' : `${message} ${description}`;
};

/** The message of the fault that stopped a run; fails when there was none. */
export async function thrownBy(run: Promise<unknown>): Promise<string> {
	const thrown: unknown = await run.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (typeof thrown !== 'object' || thrown === null)
		throw new Error('the run ended without a fault');
	const message = 'message' in thrown ? String(thrown.message) : '';
	const description = 'description' in thrown ? String(thrown.description) : '';
	return `${message} ${description}`;
}

const running: RuledService[] = [];

/** A service and the runs with it, until {@link stopServices}. */
export async function ruled(rules: Partial<Rules> = {}): Promise<RuledRuns> {
	const service = await RuledService.start(rules);
	running.push(service);
	return new RuledRuns(service);
}

export async function stopServices(): Promise<void> {
	await Promise.all(running.splice(0).map(async (service) => await service.stop()));
}
