import type { SignStashService } from '../service/SignStashService';

/** The calls that signing needs; the wire gives them, a simulation can stand in for it. */
export type Service = Pick<
	SignStashService,
	'sign' | 'find' | 'status' | 'detail' | 'resend' | 'renewToken'
>;

/** Everything signing needs from outside, injected so that every fault can be tested without waiting. */
export interface World {
	service: Service;
	/** Milliseconds since some fixed moment. */
	now(): number;
	/** Waits the given milliseconds. */
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 to below 1. */
	random(): number;
	/** True once the user stopped the execution. */
	stopped(): boolean;
}

/** Pauses that double from `first` up to `most` milliseconds, with up to a quarter of jitter. */
export function growingPause(world: World, attempt: number, first: number, most: number): number {
	return Math.min(first * 2 ** attempt, most) * (1 + world.random() / 4);
}
