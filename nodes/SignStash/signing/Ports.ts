import type { Operation, OperationDocument, OperationId } from '../service/Operation';
import type { Reply } from '../service/Reply';
import type { Execution } from './Execution';
import type { SignStashService } from '../service/SignStashService';

/** The documents of an operation that a caller asks for. */
export type Picked = (shown: Operation) => Array<OperationDocument | undefined>;

/** The calls that signing needs; the wire provides them, and a simulation can take its place. */
export interface Service
	extends Pick<SignStashService, 'sign' | 'find' | 'status' | 'resend' | 'renewToken'> {
	/** With `content`, the contents of the picked documents must be included; those of the others need not be. */
	detail(id: OperationId, content: boolean, picked?: Picked): Promise<Reply<Operation>>;
}

/** A service that makes some of its calls in another way. */
export const withCalls = (service: Service, calls: Partial<Service>): Service => ({
	sign: async (request) => await service.sign(request),
	find: async (reference) => await service.find(reference),
	status: async (id) => await service.status(id),
	detail: async (id, content, picked) => await service.detail(id, content, picked),
	resend: async (id, attach, receivers) => await service.resend(id, attach, receivers),
	renewToken: async () => await service.renewToken(),
	...calls,
});

/** Everything signing needs from outside, injected so that every fault can be tested without waiting. */
export interface Ports {
	service: Service;
	/** Milliseconds of a monotonic clock. */
	now(): number;
	/** Waits the given milliseconds, or until the execution is stopped. */
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 to below 1. */
	random(): number;
	/** True once the user has stopped the execution. */
	stopped(): boolean;
	/** Calls back once when the execution is stopped; the returned function cancels that. */
	onStop(listener: () => void): () => void;
	/** What this execution of the workflow has done so far. */
	execution: Execution;
	/** What the service answered for the run's control reference: see `lookUp`. */
	control: Control;
}

/** The run's memory of how the service answers for a reference that is not in use; asked once, when it matters. */
export interface Control {
	words?: string;
}
