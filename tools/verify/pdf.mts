import { readFileSync } from 'node:fs';
import { holds } from './cms.mts';
import { runTool, together, told, type Verdict } from './Verdict.mts';

/**
 * Verifies a PDF's signatures with poppler's pdfsig, where it is installed, and with pkijs, which also checks
 * that the certificate is trusted. Neither of them made the signature, and both have to agree.
 *
 * @param caFile the certificate (PEM) of the authority that must have issued the signer's certificate
 */
export async function verifyPdf(file: string, caFile: string): Promise<Verdict> {
	const pdf = readFileSync(file);
	return together([pdfByTool(pdf), await pdfByLibrary(pdf, readFileSync(caFile, 'utf8'))]);
}

export function pdfByTool(pdf: Buffer): Verdict | undefined {
	const run = runTool('pdfsig', ['-nocert', 'signed.pdf'], { 'signed.pdf': pdf });
	if (run === undefined) return undefined;
	// A signature stays valid if something is appended after it, so the whole file has to be covered.
	const count = (words: string): number => run.output.split(words).length - 1;
	const signed = count('Signature #') - count('The signature form field is not signed');
	const valid = signed > 0 && count('Signature is Valid') === signed;
	const ok = valid && count('Not total document signed') < signed;
	return { ok, by: 'pdfsig', detail: ok ? 'Signature is Valid' : run.output };
}

export async function pdfByLibrary(pdf: Buffer, caPem: string): Promise<Verdict> {
	return told('pkijs', await allHold(pdf, caPem).catch((error: unknown) => error));
}

async function allHold(pdf: Buffer, caPem: string): Promise<boolean> {
	const signatures = pdfSignatures(pdf);
	if (signatures.at(-1)?.end !== pdf.length) throw new Error('no signature covers the whole file');
	for (const { message, content } of signatures) {
		if (!(await holds(message, caPem, content))) return false;
	}
	return true;
}

const byteRange = /\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g;

/**
 * The signatures of a PDF in file order: the CMS message, what it signs, and where that ends
 * (ISO 32000-1, 12.8.1).
 */
export function pdfSignatures(pdf: Buffer): { message: Buffer; content: Buffer; end: number }[] {
	return [...pdf.toString('latin1').matchAll(byteRange)].map((match) => {
		const [length = 0, second = 0, rest = 0] = match.slice(1).map(Number);
		const end = second + rest;
		return {
			message: Buffer.from(pdf.toString('latin1', length + 1, second - 1), 'hex'),
			content: Buffer.concat([pdf.subarray(0, length), pdf.subarray(second, end)]),
			end,
		};
	});
}
