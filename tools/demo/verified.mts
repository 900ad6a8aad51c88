import { rmSync } from 'node:fs';
import { verifyPdf } from '../verify/pdf.mts';
import type { Verdict } from '../verify/Verdict.mts';
import { tamper, verifyXml } from '../verify/xml.mts';
import type { Checks } from './Checks.mts';

async function verdictOn(file: string, caFile: string): Promise<Verdict> {
	return file.endsWith('.pdf') ? await verifyPdf(file, caFile) : verifyXml(file, caFile);
}

/** Checks a signed file with independent tools. @returns the tools' names */
export async function verifiedBy(checks: Checks, file: string, caFile: string): Promise<string> {
	const verdict = await verdictOn(file, caFile);
	checks.that(`the signature of ${file} holds`, verdict.ok, verdict.detail);
	return verdict.by;
}

/** Checks that verification fails if one byte is changed at the first occurrence of `text`. */
export async function changeIsFound(
	checks: Checks,
	file: string,
	caFile: string,
	text: string,
): Promise<void> {
	const copy = file.replace('_signed', '_changed');
	tamper(file, text, copy);
	checks.that(`a changed byte in ${file} is found`, !(await verdictOn(copy, caFile)).ok);
	rmSync(copy);
}
