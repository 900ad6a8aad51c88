import { Sandbox } from '../../tools/n8n/Sandbox.mts';

/** Sandboxes that no test file of this process uses at the moment, by the flags they were started with. */
const idle = new Map<string, Sandbox[]>();
const flagsOf = new Map<Sandbox, string>();

/**
 * An empty sandbox, as if it had just started: one that another test file has given back, otherwise a new one.
 * Starting one takes about a second, and its code is slow at first.
 */
export async function takeSandbox(...flags: string[]): Promise<Sandbox> {
	const key = flags.join(' ');
	const left = idle.get(key)?.pop();
	if (left !== undefined) return left;
	const sandbox = await Sandbox.start(...flags);
	sandbox.unref();
	flagsOf.set(sandbox, key);
	return sandbox;
}

/** Makes a sandbox forget everything, for the test file that takes it next. */
export async function giveBackSandbox(sandbox: Sandbox): Promise<void> {
	await sandbox.control('POST', '/reset');
	const key = flagsOf.get(sandbox) ?? '';
	idle.set(key, [...(idle.get(key) ?? []), sandbox]);
}
