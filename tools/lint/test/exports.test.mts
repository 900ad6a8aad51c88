import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');
const exported =
	/^export (?:abstract |async |declare )*(?:class|const|function\*?|interface|type) (\w+)/gm;

test('no two exports of the published code have the same name', () => {
	const files = globSync('{nodes,credentials}/**/*.ts', { cwd: root });
	const names = files.flatMap((file) =>
		Array.from(readFileSync(join(root, file), 'utf8').matchAll(exported), ([, name]) => name),
	);
	assert.ok(names.length > 300);
	assert.deepEqual(
		names.filter((name, index) => names.indexOf(name) < index),
		[],
	);
});
