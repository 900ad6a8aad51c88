const { createRequire, Module } = require('node:module');
const { join, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const root = join(__dirname, '..', '..') + sep;
const published = ['nodes', 'credentials'].map((folder) => join(root, folder) + sep);

const isPublished = (file) => published.some((folder) => file.startsWith(folder));
const isPackage = (name) => !name.startsWith('.') && !name.startsWith(sep);

/** What a test file asks for by this name, when plain Node is to load it. */
function plainly(from, name) {
	const require = createRequire(from);
	if (isPackage(name)) return { require, name };
	const file = require.resolve(name);
	return isPublished(file) ? { require, name: file } : undefined;
}

/**
 * Packages and the published code run as Node runs them, and as they run within n8n: in the context of a Jest
 * test each access to a global costs, and each file would load n8n's engine anew. Tests keep a context of their
 * own, and each file of them has the published code to itself.
 */
class PlainRuntime extends Runtime {
	constructor(...parts) {
		super(...parts);
		const extensions = Module._extensions;
		extensions['.ts'] = (module, file) => module._compile(this.transformCache.transform(file), file);
		for (const file of Object.keys(require.cache)) if (isPublished(file)) delete require.cache[file];
	}

	requireModuleOrMock(from, name) {
		const plain = plainly(from, name);
		return plain ? plain.require(plain.name) : super.requireModuleOrMock(from, name);
	}
}

module.exports = { default: PlainRuntime, __esModule: true };
