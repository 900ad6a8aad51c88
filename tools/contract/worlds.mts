/**
 * Writes docs/worlds.md from contract/worlds.yaml: for each unknown, what a user sees either way. With `--check`
 * it only says whether the file is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROWS } from '../../sandbox/worlds/World.mts';
import type { Row } from '../../sandbox/worlds/World.mts';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'worlds.md');

/** Headings by what a row touches, in the order in which a user meets them. */
const HEADINGS = new Map([
	['registration', 'References'],
	['execution', 'Signing'],
	['look-up', 'Look-ups'],
	['wire', 'How answers are written'],
	['request', 'What a request may contain'],
	['token', 'Tokens'],
	['load', 'A busy service'],
	['delivery', 'Emails'],
]);

const INTRODUCTION = `# The worlds that the service may be in

<!-- Written by npm run docs -- worlds from contract/worlds.yaml. -->

Nobody outside the vendor knows exactly how Sign'Stash behaves. Each row below is one question that the
public facts leave open, with the answers that they allow. Tests play the node in each of them, one by
one and in all pairs ([test/worlds](../test/worlds)). Unless a row says otherwise, what a user sees is
the same for every answer. To find out which world a service is in, see
[conformance.md](conformance.md).`;

/** A text as the cell of a table. */
const cell = (text: string): string => text.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

const bullet = ([name, text]: readonly [string, string]): string => `\`${name}\`: ${cell(text)}`;

function line([name, { asks, alternatives, holds, holdsOtherwise }]: [string, Row]): string {
	const answers = [...alternatives].map(bullet).join('<br>');
	const otherwise = [...holdsOtherwise].map(bullet).map((text) => `<br>${text}`);
	return `| **${name}** – ${cell(asks)} | ${answers} | ${cell(holds)}${otherwise.join('')} |`;
}

function section([touches, heading]: [string, string]): string {
	const rows = [...ROWS].filter(([, row]) => row.touches === touches).map(line);
	const head = `| question | answers, the sandbox's usual one first | what a user sees |\n| --- | --- | --- |`;
	return `## ${heading}\n\n${head}\n${rows.join('\n')}`;
}

const left = [...ROWS].filter(([, { touches }]) => !HEADINGS.has(touches));
if (left.length > 0) throw new Error(`no heading for ${left.map(([name]) => name).join(', ')}`);
const text = [INTRODUCTION, ...[...HEADINGS].map(section)].join('\n\n');
const options = await resolveConfig(FILE);
const written = await format(text, { ...options, parser: 'markdown' });

if (!process.argv.includes('--check')) writeFileSync(FILE, written);
else if (readFileSync(FILE, 'utf8') !== written) {
	console.error('docs/worlds.md is not up to date: npm run docs -- worlds writes it');
	process.exitCode = 1;
}
