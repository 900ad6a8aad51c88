import { release } from './Buffers';

/** Calls after which what they left is worth a collection. */
const callsPerCollection = 1000;

/**
 * Bytes of a block that has V8 collect, seen with Node 24: 65 MB did nothing. Nobody writes to the block, so the
 * operating system finds no memory for it.
 */
const pressing = 130_000_000;

/**
 * Has V8 collect now and then. Each call of n8n's request helper leaves some 50 KB in V8's old space: the credential
 * that it reads, the expressions in it, its sockets. With memory outside of the heap piling up as well, V8 would
 * collect soon; as a run gives that back by itself, V8 lets the old space grow to several times its size first.
 */
export class Pressure {
	private calls = 0;

	/** Makes a call, and presses meanwhile if it is time. */
	async during<Result>(call: () => Promise<Result>): Promise<Result> {
		this.calls++;
		const block = this.calls % callsPerCollection === 0 ? blockOf(pressing) : undefined;
		try {
			return await call();
		} finally {
			if (block) release(Buffer.from(block));
		}
	}
}

/** Undefined where there is no room for it: then V8 collects by itself. */
function blockOf(bytes: number): ArrayBuffer | undefined {
	try {
		return new ArrayBuffer(bytes);
	} catch {
		return undefined;
	}
}
