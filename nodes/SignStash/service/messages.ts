import type { Content } from '../bytes/Content';
import type { components } from './generated/signstash';

type Schemas = components['schemas'];

/**
 * The service's messages, under the names of the contract's schemas; they contain documents as bytes, base64 is
 * used on the wire.
 */
export type DocumentRequest = Omit<Schemas['DocumentRequest'], 'base64Content'> & {
	content: Content;
};
export interface SignDocument {
	documentRequest: DocumentRequest;
	signatureInfo: SignatureInfo;
}
export type SignRequest = Omit<Schemas['SignRequest'], 'documents'> & { documents: SignDocument[] };
export type SignatureInfo = Schemas['SignatureInfo'];
export type AdvancedSignatureInfo = Schemas['AdvancedSignatureInfo'];
export type VisibleSignatureInfo = Schemas['VisibleSignatureInfo'];
export type PreservationInfo = Schemas['PreservationInfo'];
