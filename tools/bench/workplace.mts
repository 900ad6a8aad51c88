import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';

/** Room for the largest load: the input, what n8n stores of it, and the returned files. */
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
 * Where the bench keeps its files: in memory if there is room. On a disk that still has to write or discard
 * what earlier runs left, each run takes longer than the one before, even an empty one.
 */
export const workplace =
	freeBytes(inMemory) > wantedBytes
		? { folder: inMemory, name: 'files in memory' }
		: { folder: tmpdir(), name: 'files on disk' };
