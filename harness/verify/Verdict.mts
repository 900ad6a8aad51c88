import { spawnSync } from 'node:child_process';

/** Whether a signature holds, by which tool or library that was told, and in its words. */
export interface Verdict {
	ok: boolean;
	by: string;
	detail: string;
}

/** Runs a tool of the system; undefined when the machine does not have it. */
export function runTool(
	tool: string,
	args: string[],
): { status: number | null; output: string } | undefined {
	const { error, status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
	if (error !== undefined) return undefined;
	return { status, output: `${stdout}${stderr}` };
}
