import { mkdtempSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import 'reflect-metadata';

/** Parts of Node's loader that are not in its types. */
interface Loader {
	_extensions: Record<string, (module: Compiled, file: string) => void>;
	_cache: Record<string, unknown>;
}

interface Compiled {
	_compile(code: string, file: string): void;
}

// A module with CommonJS types but other code: only `require` makes the two agree.
const { default: Runtime } = createRequire(import.meta.url)(
	'jest-runtime',
) as typeof import('jest-runtime');

const loader = Module as unknown as Loader;
const root = join(import.meta.dirname, '..', '..');
const foldersOf = (place: string, names: string[]): string[] =>
	names.map((name) => join(place, name) + sep);

const published = foldersOf(root, ['nodes', 'credentials']);
const onTheEngine = foldersOf(join(root, 'test'), ['engine', 'worlds']);
/** Tests that change n8n itself: Jest loads a separate engine for each file. */
const withOwnN8n = foldersOf(join(root, 'test', 'engine'), ['ownN8n']);
/** Shared by all test files of a process. */
const shared = join(root, 'test', 'support', 'sandboxes.mts');
const isWithin = (folders: string[], file: string): boolean =>
	folders.some((folder) => file.startsWith(folder));

// n8n reads these when it is loaded, once for all test files of a process.
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'signstash-engine-'));

/**
 * Makes the tests on n8n's engine load the engine and the published code as Node loads them, and as they are loaded
 * within n8n: Jest would load the engine again for each file, which takes about a second. The test code keeps its own
 * context, and each test file gets a fresh copy of the published code.
 */
export default class PlainRuntime extends Runtime {
	readonly #isPlain: boolean;

	constructor(...parts: ConstructorParameters<typeof Runtime>) {
		super(...parts);
		const [, , , transformer, , coverage, testFile] = parts;
		this.#isPlain = isWithin(onTheEngine, testFile) && !isWithin(withOwnN8n, testFile);
		loader._extensions['.ts'] = (module, file) =>
			module._compile(transformer.transform(file, { ...coverage, ...commonJs }).code, file);
		for (const file of Object.keys(loader._cache))
			if (isWithin(published, file)) Reflect.deleteProperty(loader._cache, file);
	}

	/** `never`: the exports of a module, whatever type its caller expects. */
	override requireModuleOrMock(from: string, name: string): never {
		const file = this.#plainFile(from, name);
		return file === undefined
			? super.requireModuleOrMock(from, name)
			: (createRequire(from)(file) as never);
	}

	/** The name by which Node is to load what a test imports; undefined when Jest is to load it. */
	#plainFile(from: string, name: string): string | undefined {
		const file = join(dirname(from), name);
		if (file === shared) return file;
		if (!this.#isPlain) return undefined;
		if (engine.test(name)) return name;
		return isWithin(published, file) ? `${file}.ts` : undefined;
	}
}

const commonJs = {
	supportsDynamicImport: false,
	supportsExportNamespaceFrom: false,
	supportsStaticESM: false,
	supportsTopLevelAwait: false,
};

/** The parts of n8n's engine, by the name that a test imports. */
const engine = /^@?n8n[-/]/;
