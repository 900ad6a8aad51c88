import { PDFDocument } from 'pdf-lib';
import type { SignatureInfo, SignRequest } from '../../sandbox/types.mts';

/** A document that is to be signed, and how. */
export interface Draft {
	reference: string;
	name?: string;
	contentType?: string;
	content: Buffer;
	signature?: SignatureInfo;
}

/** What a request says beside its documents. */
export type Rest = Partial<Omit<SignRequest, 'documents'>> & Readonly<Record<string, unknown>>;

/** Width and height of the one page, in points. */
export const PAGE = [300, 200] as const;

/** A word that stands on the page once, and where its base line begins. */
export const WORD = { text: 'conformance', y: 100 } as const;

/** A small PDF of this programme's own making; each is another. */
export async function pdf(text: string): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.setTitle(text);
	const page = document.addPage([...PAGE]);
	page.drawText(`A document of a ${WORD.text} run`, { x: 20, y: WORD.y, size: 12 });
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** The message that asks for documents to be signed; what `rest` has is written over it. */
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
