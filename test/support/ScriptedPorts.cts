import type { SignRequest } from '../../nodes/SignStash/service/messages';
import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import type { NoAnswer, Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import type { FindAnswer } from '../../nodes/SignStash/service/SignStashService';
import { Execution } from '../../nodes/SignStash/signing/Execution';
import type { Control, Picked, Ports, Service } from '../../nodes/SignStash/signing/Ports';

/** The answers to each call, in turn; an Error is thrown. */
export interface Script {
	sign?: Array<Reply<Operation> | Error>;
	find?: Array<Reply<FindAnswer> | Error>;
	status?: Array<Reply<Operation>>;
	detail?: Array<Reply<Operation>>;
	resend?: Array<Reply<true>>;
	renewToken?: Array<Reply<true>>;
}

export const answer = <Body,>(body: Body): Reply<Body> => ({ is: 'answer', body });
export const found = (id: string): Reply<FindAnswer> => answer({ is: 'id', id });
export const nothing = (words = 'none'): Reply<FindAnswer> => answer({ is: 'nothing', words });
export const lost = (why = 'reset'): NoAnswer => ({ is: 'broken', sent: true, why });
export const neverLeft: NoAnswer = { is: 'broken', sent: false, why: 'refused' };
export const renewed: Reply<true> = answer(true);
export const refusal = (kind: Refusal['class'], more: Partial<Refusal> = {}): Refusal => ({
	is: 'refusal',
	class: kind,
	status: 400,
	form: 'words',
	...more,
});

export const operation = (
	documents: Array<Partial<OperationDocument>>,
	more: Partial<Operation> = {},
): Operation => ({
	id: '7',
	status: 'EXECUTED',
	requestReferences: [],
	receivers: [],
	raw: {},
	...more,
	documents: documents.map((one) => ({ externalReference: 'R', signStatus: 'SIGNED', ...one })),
});

/** Ports whose service follows a script, with a clock that only pauses move. */
export class ScriptedPorts implements Ports {
	/** One line per call, with its arguments. */
	readonly calls: string[] = [];
	readonly requests: SignRequest[] = [];
	readonly slept: number[] = [];
	/** How documents were picked from the details, in the order of those calls. */
	readonly picks: Picked[] = [];
	/** The pause, counted from 1, that the user's stop ends. */
	stopAtPause = Infinity;
	/** The call, counted from 1, after which the execution is stopped. */
	stopAtCall = Infinity;
	chance = 0;
	readonly control: Control = {};
	execution = new Execution('run1', 0);
	private time = 0;

	constructor(private readonly script: Script) {}

	readonly now = (): number => this.time;
	readonly random = (): number => this.chance;
	readonly stopped = (): boolean =>
		this.slept.length >= this.stopAtPause || this.calls.length >= this.stopAtCall;
	readonly onStop = (): (() => void) => () => undefined;
	readonly sleep = async (milliseconds: number): Promise<void> => {
		this.slept.push(milliseconds);
		if (!this.stopped()) this.time += milliseconds;
	};

	readonly service: Service = {
		sign: async (request) => {
			this.requests.push(request);
			const references = request.documents.map((one) => one.documentRequest.externalReference);
			return this.reply(`sign ${references.join(' ')}`, this.script.sign);
		},
		find: async (reference) =>
			this.reply(`find ${reference.replace(/[0-9a-f]{32}/, '*')}`, this.script.find),
		status: async (id) => this.reply(`status ${id}`, this.script.status),
		detail: async (id, content, picked) => {
			if (picked) this.picks.push(picked);
			return this.reply(`detail ${id} ${content}`, this.script.detail);
		},
		resend: async (id, attach, receivers) =>
			this.reply(`resend ${id} ${attach} ${receivers.join(' ')}`, this.script.resend),
		renewToken: async () => this.reply('renew', this.script.renewToken),
	};

	private reply<Body>(call: string, replies: Array<Reply<Body> | Error> = []): Reply<Body> {
		const reply = replies.shift();
		this.calls.push(reply === undefined ? `${call}: not in the script` : call);
		if (reply === undefined) return { is: 'stopped' };
		if (reply instanceof Error) throw reply;
		return reply;
	}
}
