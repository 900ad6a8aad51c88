type Workflow = typeof import('n8n-workflow');

/** How many times faster than the wall's the node's clock runs. */
const speed = 20;

/**
 * n8n-workflow with a clock that runs twenty times as fast: a pause of the node takes a twentieth of its
 * length, and `Date.now` passes accordingly, so that deadlines fall where they fall in life. The
 * requests themselves, and their time-outs, take the time they take. For `jest.mock('n8n-workflow')`.
 */
export function withFastClock(): Workflow {
	const start = Date.now();
	const real = Date.now.bind(Date);
	Date.now = () => Math.round(start + (real() - start) * speed);
	return {
		...jest.requireActual<Workflow>('n8n-workflow'),
		sleep: async (milliseconds: number) =>
			await new Promise<void>((resolve) => setTimeout(resolve, milliseconds / speed)),
	};
}
