import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';

/** Room for the largest load, as input, as what n8n stores of it, and as what comes back. */
const wantedBytes = 8e9;

function freeBytes(folder: string): number {
	try {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize;
	} catch {
		return 0;
	}
}

/**
 * Where the bench keeps its files: in memory where there is room. On a disk that has still to write or to
 * discard what earlier runs left, each run takes longer than the one before, an empty one too.
 */
export const workplace =
	freeBytes(inMemory) > wantedBytes
		? { folder: inMemory, name: 'files in memory' }
		: { folder: tmpdir(), name: 'files on disk' };
