import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './buildNative.mts';
import { lacking, type Needs } from './machine.mts';
import { endWith, npm } from './npm.mts';

/** A package that is installed into a folder of its own, when it is first asked for. */
export interface ToolPackage {
	/** The folder with its package.json. */
	folder: string;
	/** What it is to whoever waits for it, such as "n8n". */
	name: string;
	/** How long it takes, as a rule. */
	duration: string;
	needs: Needs;
	/** The packages within it whose native code has to be brought. Scripts of all others stay off. */
	native: readonly string[];
}

/**
 * Makes sure that a package is installed. It is kept as long as its package.json and its lock file stay
 * the same, and an installation that was interrupted is begun again. When the machine lacks something,
 * or npm fails, the program ends with one line.
 */
export async function ensureInstalled(tool: ToolPackage): Promise<void> {
	const { folder, name, duration, needs, native } = tool;
	const stamp = join(folder, 'node_modules', '.signstash-stamp');
	const wanted = fingerprint(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	const lack = lacking(folder, needs);
	if (lack !== undefined)
		endWith(`${name} cannot be installed on this machine, which lacks ${lack}.`);
	const size = `${(needs.diskBytes / 1e9).toFixed(1)} GB`;
	console.log(`Installing ${name} into ${folder}: ${size} and ${duration}, once.`);
	rmSync(stamp, { force: true });
	const how = existsSync(join(folder, 'package-lock.json'))
		? ['ci']
		: ['install', '--no-package-lock'];
	await npm({ folder, name }, ...how, '--ignore-scripts');
	for (const one of native) await buildNative(folder, one);
	writeFileSync(stamp, wanted);
}

function fingerprint(folder: string): string {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json'].map((name) => join(folder, name)))
		if (existsSync(file)) hash.update(readFileSync(file));
	return hash.digest('hex');
}
