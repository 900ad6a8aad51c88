import type { Sandbox } from '../../tools/n8n/Sandbox.mts';

/** One fault in this many calls: 5 %. */
const every = 20;

/** What happens to a signing request, in turn. */
const signing = [
	{ moment: 'received', action: { type: 'reset' } },
	{ moment: 'signed', action: { type: 'reset' } },
	{ moment: 'answering', action: { type: 'cut' } },
	{ moment: 'received', action: { type: 'answer', status: 502 } },
	{ moment: 'signed', action: { type: 'answer', status: 500, body: { errorCode: '0.0.1' } } },
	{ moment: 'registered', action: { type: 'reset' } },
	{ moment: 'signed', action: { type: 'hang' } },
	{ moment: 'answering', action: { type: 'reset' } },
];

/** What happens to a reading call, in turn. */
const reading = [
	{ moment: 'received', action: { type: 'reset' } },
	{ moment: 'received', action: { type: 'answer', status: 503 } },
	{ moment: 'answering', action: { type: 'cut' } },
];

/** How many calls one document may need: it may be sent again, and some documents belong to two executions. */
const callsPerDocument = 2;

/** Arms faults for one in twenty of the calls that the given number of documents needs. */
export async function armFaults(sandbox: Sandbox, documents: number): Promise<void> {
	const count = Math.floor((documents * callsPerDocument) / every);
	for (let number = 0; number < count; number++) {
		const skip = number * every + ((number * 7) % every);
		const sign = signing[number % signing.length];
		await sandbox.control('POST', '/faults', { on: 'sign', skip, ...sign });
		const read = reading[number % reading.length];
		const on = number % 2 === 0 ? 'lookup' : 'detail';
		await sandbox.control('POST', '/faults', { on, skip, ...read });
	}
}
