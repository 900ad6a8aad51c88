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

/** A small PDF of this programme's own making; each is another. */
export async function pdf(text: string): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.setTitle(text);
	document.addPage([300, 200]).drawText('A document of a conformance run', { x: 20, y: 100 });
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** The message that asks for documents to be signed; what `rest` has is written over it. */
export function signRequest(drafts: readonly Draft[], rest: Rest): object {
	return {
		description: 'Conformance run',
		returnSignedContent: true,
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
