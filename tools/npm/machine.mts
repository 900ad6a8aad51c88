import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What an installation needs from the machine. */
export interface Needs {
	/** Free disk, in bytes. */
	diskBytes: number;
	/** Programs that have to be on the PATH, in any version that answers `--version`. */
	programs: readonly string[];
}

/** The programs with which node-gyp builds native code. */
export const compilers: readonly string[] = ['python3', 'make', 'g++'];

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function freeBytes(folder: string): number {
	const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : dirname(folder));
	return bavail * bsize;
}

const starts = (program: string): boolean =>
	spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * What this machine lacks, in one line; undefined if it has everything.
 *
 * @param folder where the package will be installed; it or its parent folder must exist
 */
export function lacking(folder: string, { diskBytes, programs }: Needs): string | undefined {
	const absent = programs.filter((program) => !starts(program));
	const free = freeBytes(folder);
	const lacks = [
		...(absent.length > 0 ? [`${absent.join(', ')} on the PATH`] : []),
		...(free < diskBytes
			? [`${gigabytes(diskBytes)} of free disk for ${folder} (${gigabytes(free)} available)`]
			: []),
	];
	return lacks.length > 0 ? lacks.join(', and ') : undefined;
}
