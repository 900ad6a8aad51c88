import type { IExecuteFunctions } from 'n8n-workflow';

/** Documents between two progress messages. */
const step = 50;

/** Reports the progress of a long run in n8n's log, and in the browser's console during a manual run. */
export class Progress {
	private done = 0;
	private readonly items: number;

	constructor(private readonly context: IExecuteFunctions) {
		this.items = context.getInputData().length;
	}

	/** One more document is finished. */
	one(): void {
		if (++this.done % step !== 0) return;
		const message = `${this.context.getNode().name}: ${this.done} documents done (${this.items} input items)`;
		this.context.logger.info(message);
		this.context.sendMessageToUI(message);
	}
}
