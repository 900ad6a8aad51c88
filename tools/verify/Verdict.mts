import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a signature is valid, which tool or library said so, and in which words. */
export interface Verdict {
	ok: boolean;
	by: string;
	detail: string;
}

/** Runs a tool in a folder with these `files`; undefined if the machine does not have the tool. */
export function runTool(
	tool: string,
	args: readonly string[],
	files: Readonly<Record<string, Buffer | string>>,
): { ok: boolean; stdout: Buffer; output: string } | undefined {
	const cwd = mkdtempSync(join(tmpdir(), 'verify-'));
	try {
		for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
		const { error, status, stdout, stderr } = spawnSync(tool, args, { cwd, maxBuffer: 2 ** 28 });
		if (error !== undefined) return undefined;
		return { ok: status === 0, stdout, output: Buffer.concat([stdout, stderr]).toString().trim() };
	} finally {
		rmSync(cwd, { recursive: true });
	}
}

/** The verdict of a tool, given by its exit status. */
export function byTool(...run: Parameters<typeof runTool>): Verdict | undefined {
	const ran = runTool(...run);
	return ran && { ok: ran.ok, by: run[0], detail: ran.ok ? 'OK' : ran.output };
}

/** The verdict of a library, from its result: whether everything is valid, or the error that it threw. */
export function told(by: string, said: unknown): Verdict {
	const detail = said instanceof Error ? said.message : 'the signature is not valid';
	return {
		ok: said === true,
		by,
		detail: said === true ? 'all digests and signers are valid' : detail,
	};
}

/** Combines the verdicts of all that were asked: every one of them has to be positive. */
export function together(asked: ReadonlyArray<Verdict | undefined>): Verdict {
	const verdicts = asked.filter((verdict) => verdict !== undefined);
	return {
		ok: verdicts.length > 0 && verdicts.every(({ ok }) => ok),
		by: verdicts.map(({ by }) => by).join(', '),
		detail: verdicts.map(({ by, detail }) => `${by}: ${detail}`).join('; '),
	};
}
