import type { components } from './generated/signstash';

type Schemas = components['schemas'];

/** The service's messages, under the names of the contract's schemas. */
export type SignRequest = Schemas['SignRequest'];
export type SignDocument = Schemas['SignDocument'];
export type SignatureInfo = Schemas['SignatureInfo'];
export type AdvancedSignatureInfo = Schemas['AdvancedSignatureInfo'];
export type VisibleSignatureInfo = Schemas['VisibleSignatureInfo'];
export type PreservationInfo = Schemas['PreservationInfo'];
export type BaseOperation = Schemas['BaseOperation'];
export type SignOperation = Schemas['SignOperation'];
export type OperationDocument = Schemas['OperationDocument'];
