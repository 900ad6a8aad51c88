/** Loaded into n8n's processes: the bytes in use once garbage is collected. */
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answering } from '../../tools/n8n/answering.mts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What one collection frees may have held other memory, which only the next one frees. */
const collections = 3;

answering(async () => {
	for (let done = 0; done < collections; done++) {
		collect();
		await wait(50);
	}
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
});
