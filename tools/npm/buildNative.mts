import {
	copyFileSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm } from './npm.mts';

/**
 * Builds the native code of a package that was installed without scripts: installs the package again, with its
 * scripts, in a temporary folder and copies the result. make treats a path with a blank as two paths, so it cannot
 * build in every folder that users have.
 *
 * @param folder the folder whose `node_modules` contains the package
 */
export async function buildNative(folder: string, name: string): Promise<void> {
	const target = join(folder, 'node_modules', name);
	const { version }: { version: string } = JSON.parse(
		readFileSync(join(target, 'package.json'), 'utf8'),
	);
	const place = mkdtempSync(join(tmpdir(), 'signstash-build-'));
	const described = {
		private: true,
		dependencies: { [name]: version },
		allowScripts: { [name]: true },
	};
	writeFileSync(join(place, 'package.json'), JSON.stringify(described));
	// sqlite3's optional node-gyp no longer runs on current versions of Python; npm's own does.
	const options = ['--omit=optional', '--no-package-lock'];
	await npm({ folder: place, name, variables: headersFor(place) }, 'install', ...options);
	const built = join('build', 'Release');
	mkdirSync(join(target, built), { recursive: true });
	for (const file of globSync('*.node', { cwd: join(place, 'node_modules', name, built) }))
		copyFileSync(join(place, 'node_modules', name, built, file), join(target, built, file));
	rmSync(place, { recursive: true, force: true });
}

/** Uses this Node's own headers if it came with them, which saves a download; their path has no blanks. */
function headersFor(place: string): Record<string, string> {
	const own = dirname(dirname(realpathSync(process.execPath)));
	const folders = [
		own,
		...globSync('node_modules/node-*', { cwd: own }).map((one) => join(own, one)),
	];
	const headers = folders.find((one) => existsSync(join(one, 'include', 'node', 'node_api.h')));
	if (headers === undefined) return {};
	const link = join(place, 'node');
	symlinkSync(headers, link, 'dir');
	return { npm_config_nodedir: link };
}
