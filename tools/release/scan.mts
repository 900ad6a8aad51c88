import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureN8nTools } from '../lint/n8nTools.mts';

/** Runs n8n's own package scanner, offline, on the source and on the packed tarball. */
interface Scan {
	passed: boolean;
	message?: string;
	details?: string;
}

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, patterns: string[]): Promise<Scan>;
}

const scanner = join(
	await ensureN8nTools(),
	'node_modules/@n8n/scan-community-package/scanner/scanner.mjs',
);
// As a URL, because import() does not accept a path with a % or a # in it.
const { analyzePackage, SOURCE_FILE_PATTERNS }: Scanner = await import(pathToFileURL(scanner).href);

const folder = mkdtempSync(join(tmpdir(), 'signstash-scan-'));
try {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }]: [{ filename: string }] = JSON.parse(packed);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	const scans: Array<[what: string, scan: Scan]> = [
		['source', await analyzePackage(resolve('.'), SOURCE_FILE_PATTERNS)],
		['packed tarball', await analyzePackage(join(folder, 'package'), ['**/*.js', 'package.json'])],
	];
	for (const [what, scan] of scans) {
		console.log(`n8n scanner, ${what}: ${scan.passed ? 'nothing found' : scan.message}`);
		if (!scan.passed) {
			console.log(scan.details ?? '');
			process.exitCode = 1;
		}
	}
} finally {
	rmSync(folder, { recursive: true });
}
