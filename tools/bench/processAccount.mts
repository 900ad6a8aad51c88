import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The peak resident memory of a process in bytes since it began, or since {@link forgetPeak}: Linux's
 * own figure (VmHWM), not the program's.
 *
 * @returns undefined when the process is gone
 */
export function peakMemory(pid: number): number | undefined {
	try {
		const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
		return kilobytes === null ? undefined : Number(kilobytes[1]) * 1024;
	} catch {
		return undefined;
	}
}

/** Makes Linux reset the peak to the current value, so that the process's start does not count. */
export function forgetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

const ticksPerSecond = 100;

/** Milliseconds of processor time that a process has used, in all its threads. */
export function processorTime(pid: number): number {
	// The program's name, in brackets, may contain blanks; the numbers come after it.
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
