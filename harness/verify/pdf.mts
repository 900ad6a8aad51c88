import { readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';
import { runTool, type Verdict } from './Verdict.mts';

/** Verifies a PDF's signature: by poppler's pdfsig where it is installed, else by pkijs, which did not sign. */
export async function verifyPdf(file: string): Promise<Verdict> {
	return verifyPdfByTool(file) ?? (await verifyPdfByLibrary(file));
}

export function verifyPdfByTool(file: string): Verdict | undefined {
	const run = runTool('pdfsig', ['-nocert', file]);
	if (run === undefined) return undefined;
	const ok = run.output.includes('Signature is Valid');
	return { ok, by: 'pdfsig', detail: ok ? 'Signature is Valid' : run.output.trim() };
}

export async function verifyPdfByLibrary(file: string): Promise<Verdict> {
	const by = 'pkijs';
	try {
		const { signed, container } = readSignature(readFileSync(file));
		const info = new ContentInfo({ schema: fromBER(container).result });
		const data = new SignedData({ schema: info.content });
		const ok = await data.verify({ signer: 0, data: Uint8Array.from(signed).buffer });
		return { ok, by, detail: ok ? 'digest and signature hold' : 'digest or signature do not hold' };
	} catch (error) {
		return { ok: false, by, detail: error instanceof Error ? error.message : String(error) };
	}
}

/** The bytes a PDF signature covers, and its CMS container (ISO 32000-1, 12.8.1). */
function readSignature(pdf: Buffer): { signed: Buffer; container: ArrayBuffer } {
	const ranges = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(pdf.toString('latin1'));
	if (ranges === null) throw new Error('there is no signature');
	const [start, length, second, rest] = ranges.slice(1).map(Number) as [
		number,
		number,
		number,
		number,
	];
	const hex = pdf.subarray(start + length + 1, second - 1).toString('latin1');
	if (second + rest !== pdf.length) throw new Error('the signature does not cover the whole file');
	return {
		signed: Buffer.concat([
			pdf.subarray(start, start + length),
			pdf.subarray(second, second + rest),
		]),
		container: Uint8Array.from(Buffer.from(hex, 'hex')).buffer,
	};
}
