import { PDFDocument } from 'pdf-lib';
import type { SignatureInfo, SignRequest } from '../../sandbox/types.mts';

/** A document to be signed, and how. */
export interface Draft {
	reference: string;
	name?: string;
	contentType?: string;
	content: Buffer;
	signature?: SignatureInfo;
}

/** A request's properties other than its documents. */
export type Rest = Partial<Omit<SignRequest, 'documents'>> & Readonly<Record<string, unknown>>;

/** Width and height of the one page, in points. */
export const PAGE = [300, 200] as const;

/** A word that is on the page once, and the y coordinate of its base line. */
export const WORD = { text: 'conformance', y: 100 } as const;

/** A small PDF that this program creates; each one is different. */
export async function pdf(text: string): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.setTitle(text);
	const page = document.addPage([...PAGE]);
	page.drawText(`A document of a ${WORD.text} run`, { x: 20, y: WORD.y, size: 12 });
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** The signing request for some documents; properties of `rest` override the defaults. */
export function signRequest(drafts: readonly Draft[], rest: Rest): object {
	return {
		description: 'Conformance run',
		returnSignedContent: true,
		preservationInfo: { preserveContent: false },
		documents: drafts.map(({ reference, name, contentType, content, signature }) => ({
			documentRequest: {
				externalReference: reference,
				name: name ?? 'conformance.pdf',
				contentType: contentType ?? 'application/pdf',
				base64Content: content.toString('base64'),
			},
			signatureInfo: signature ?? { signatureType: 'PAdES' },
		})),
		...rest,
	};
}
