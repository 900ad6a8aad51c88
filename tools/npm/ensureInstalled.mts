import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './buildNative.mts';
import { lacking, type Needs } from './machine.mts';
import { endWith, npm } from './npm.mts';

/** A package that is installed into its own folder when it is first needed. */
export interface ToolPackage {
	/** The folder with its package.json. */
	folder: string;
	/** Its name in messages, such as "n8n". */
	name: string;
	/** How long it usually takes. */
	duration: string;
	needs: Needs;
	/** The packages in it whose native code has to be built. The scripts of all others stay off. */
	native: readonly string[];
}

/**
 * Makes sure that a package is installed. It is kept as long as its package.json and its lock file stay the
 * same, and an interrupted installation is started again. If the machine lacks something or npm fails, the
 * program ends with a one-line message.
 */
export async function ensureInstalled(tool: ToolPackage): Promise<void> {
	const { folder, name, duration, needs, native } = tool;
	const stamp = join(folder, 'node_modules', '.signstash-stamp');
	const wanted = fingerprint(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	const lack = lacking(folder, needs);
	if (lack !== undefined) endWith(`${name} cannot be installed: this machine lacks ${lack}.`);
	const size = `${(needs.diskBytes / 1e9).toFixed(1)} GB`;
	console.log(`Installing ${name} into ${folder}: takes ${size} and ${duration}, only once.`);
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
