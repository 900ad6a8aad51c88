import { readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { runTool, type Verdict } from './Verdict.mts';

/**
 * Verifies a PDF's signature by poppler's pdfsig, where it is installed, and by pkijs, which did not
 * sign either and knows whose certificate to trust. Both have to agree.
 *
 * @param caFile the certificate (PEM) of the authority that has to have certified the signer
 */
export async function verifyPdf(file: string, caFile: string): Promise<Verdict> {
	const byTool = verifyPdfByTool(file);
	const byLibrary = await verifyPdfByLibrary(file, caFile);
	if (byTool === undefined) return byLibrary;
	return {
		ok: byTool.ok && byLibrary.ok,
		by: `${byTool.by}, ${byLibrary.by}`,
		detail: `${byTool.detail}; ${byLibrary.detail}`,
	};
}

export function verifyPdfByTool(file: string): Verdict | undefined {
	const run = runTool('pdfsig', ['-nocert', file]);
	if (run === undefined) return undefined;
	// A signature stays valid when something is appended after it: the whole file has to be covered.
	const count = (words: string): number => run.output.split(words).length - 1;
	const ok =
		count('Signature #') > 0 &&
		count('Signature is Valid') === count('Signature #') &&
		count('Not total document signed') < count('Signature #');
	return { ok, by: 'pdfsig', detail: ok ? 'Signature is Valid' : run.output.trim() };
}

export async function verifyPdfByLibrary(file: string, caFile: string): Promise<Verdict> {
	const by = 'pkijs';
	try {
		const { signed, container } = readSignature(readFileSync(file));
		const info = new ContentInfo({ schema: fromBER(container).result });
		const data = new SignedData({ schema: info.content });
		const ok = await data.verify({
			signer: 0,
			data: Uint8Array.from(signed).buffer,
			checkChain: true,
			trustedCerts: [readCertificate(caFile)],
		});
		return { ok, by, detail: ok ? 'digest, signature and signer hold' : 'signature does not hold' };
	} catch (error) {
		return { ok: false, by, detail: error instanceof Error ? error.message : String(error) };
	}
}

function readCertificate(file: string): Certificate {
	const base64 = readFileSync(file, 'utf8').replace(/-----[^-]+-----|\s/g, '');
	return Certificate.fromBER(Uint8Array.from(Buffer.from(base64, 'base64')));
}

/** The bytes the last PDF signature covers, and its CMS container (ISO 32000-1, 12.8.1). */
function readSignature(pdf: Buffer): { signed: Buffer; container: ArrayBuffer } {
	const ranges = [
		...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/g),
	].at(-1);
	if (ranges === undefined) throw new Error('there is no signature');
	const [, start = 0, length = 0, second = 0, rest = 0] = ranges.map(Number);
	if (start !== 0 || second + rest !== pdf.length)
		throw new Error('the signature does not cover the whole file');
	const hex = pdf.subarray(length + 1, second - 1).toString('latin1');
	return {
		signed: Buffer.concat([pdf.subarray(0, length), pdf.subarray(second)]),
		container: Uint8Array.from(Buffer.from(hex, 'hex')).buffer,
	};
}
