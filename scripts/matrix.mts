/**
 * Plays the matrix of faults (test/matrix) and puts its results into docs/reliability.md, between
 * the markers there. `npx jest test/matrix` fails while the two differ.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const report = join(root, '.cache', 'matrix', 'outcomes.md');
const document = join(root, 'docs', 'reliability.md');
const begin = '<!-- matrix: begin (npm run docs:matrix) -->';
const end = '<!-- matrix: end -->';

rmSync(report, { force: true });
// Its exit status is no matter here: it fails as long as the document is not up to date.
spawnSync(join(root, 'node_modules', '.bin', 'jest'), ['test/matrix', '--silent'], {
	cwd: root,
	stdio: 'inherit',
});

const text = readFileSync(document, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined)
	throw new Error(`docs/reliability.md lacks the markers '${begin}' and '${end}'`);
const results = readFileSync(report, 'utf8');
const whole = `${before}${begin}\n\n${results}\n${end}${after}`;
const options = await resolveConfig(document);
writeFileSync(document, await format(whole, { ...options, parser: 'markdown' }));
