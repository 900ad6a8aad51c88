import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach } from 'node:test';
import { Stage } from '../../tools/n8n/Stage.mts';

/** A stage for the tests of one file: set up before the first, its sandbox emptied before each, removed after the last. */
export interface StageInUse {
	/** Folder for the files that workflows write. */
	readonly output: string;
	readonly stage: Stage;
}

/** @param variables n8n's environment in addition to the harness's */
export function useStage(name: string, variables: Record<string, string> = {}): StageInUse {
	const output = mkdtempSync(join(tmpdir(), `signstash-${name}-`));
	let stage: Stage | undefined;
	const inUse = (): Stage => {
		if (stage === undefined) throw new Error('the stage is set before the first test');
		return stage;
	};
	before(async () => {
		stage = await Stage.set(output, variables);
	});
	after(async () => {
		await stage?.close();
		rmSync(output, { recursive: true, force: true });
	});
	beforeEach(async () => {
		await inUse().sandbox.control('POST', '/reset');
	});
	return {
		output,
		get stage() {
			return inUse();
		},
	};
}
