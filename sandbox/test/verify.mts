import {
	parseCms,
	verifyCms as cms,
	verifyTimestamp as timestamp,
} from '../../tools/verify/cms.mts';
import { pdfByLibrary, pdfByTool, pdfSignatures } from '../../tools/verify/pdf.mts';
import { together, type Verdict } from '../../tools/verify/Verdict.mts';
import { xmlByLibrary, xmlByTool } from '../../tools/verify/xml.mts';

export { pdfSignatures } from '../../tools/verify/pdf.mts';
export { tampered } from '../../tools/verify/xml.mts';

/** The common verdict of all verifiers on this machine; if they disagree, one of them is wrong. */
function agreed(asked: ReadonlyArray<Verdict | undefined>): Verdict {
	const verdict = together(asked);
	const said = new Set(asked.flatMap((one) => one?.ok ?? []));
	if (said.size > 1) throw new Error(`The verifiers disagree: ${verdict.detail}`);
	return verdict;
}

/** Verifies a CMS message that includes its content. */
export async function verifyCms(message: Buffer, caPem: string): Promise<Verdict> {
	return agreed(await cms(message, caPem));
}

/** The content that a CMS message includes. */
export function contentOf(message: Buffer): Buffer {
	const { eContent } = parseCms(message).encapContentInfo;
	return Buffer.from(eContent?.getValue() ?? new ArrayBuffer(0));
}

/** Verifies every signature of a PDF, and that the last one covers the whole file. */
export async function verifyPdf(pdf: Buffer, caPem: string): Promise<Verdict & { count: number }> {
	const verdict = agreed([pdfByTool(pdf), await pdfByLibrary(pdf, caPem)]);
	return { ...verdict, count: pdfSignatures(pdf).length };
}

/** Verifies every signature of an XML document. */
export function verifyXml(xml: Buffer, caPem: string): Verdict {
	return agreed([xmlByTool(xml, caPem), xmlByLibrary(xml, caPem)]);
}

/** Verifies a timestamp token (RFC 3161) over some data. */
export async function verifyTimestamp(
	token: Buffer,
	data: Buffer | string,
	caPem: string,
): Promise<Verdict> {
	return agreed(await timestamp(token, data, caPem));
}
