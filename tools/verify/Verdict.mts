import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a signature holds, by which tool or library that was told, and in its words. */
export interface Verdict {
	ok: boolean;
	by: string;
	detail: string;
}

/** Runs a tool in a folder that has `files` in it; undefined when the machine does not have the tool. */
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

/** The verdict of a tool that tells by its exit status. */
export function byTool(...run: Parameters<typeof runTool>): Verdict | undefined {
	const ran = runTool(...run);
	return ran && { ok: ran.ok, by: run[0], detail: ran.ok ? 'OK' : ran.output };
}

/** The verdict of a library by what it said: whether all holds, or what it threw. */
export function told(by: string, said: unknown): Verdict {
	const detail = said instanceof Error ? said.message : 'the signature does not hold';
	return { ok: said === true, by, detail: said === true ? 'all digests and signers hold' : detail };
}

/** One verdict of all that were asked: every one of them has to say yes. */
export function together(asked: ReadonlyArray<Verdict | undefined>): Verdict {
	const verdicts = asked.filter((verdict) => verdict !== undefined);
	return {
		ok: verdicts.length > 0 && verdicts.every(({ ok }) => ok),
		by: verdicts.map(({ by }) => by).join(', '),
		detail: verdicts.map(({ by, detail }) => `${by}: ${detail}`).join('; '),
	};
}
