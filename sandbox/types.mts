import type { components } from '../nodes/SignStash/service/generated/signstash.ts';

type Schemas = components['schemas'];

/** The contract's messages, under the contract's own names. */
export type BaseOperation = Schemas['BaseOperation'];
export type DeliveryInfo = Schemas['DeliveryInfo'];
export type DeliveryStatus = Schemas['DeliveryStatus'];
export type DocumentAttribute = Schemas['DocumentAttribute'];
export type DocumentAttributeKey = Schemas['DocumentAttributeKey'];
export type ErrorBody = Schemas['ErrorBody'];
export type IssuerCompany = Schemas['IssuerCompany'];
export type MultipartDocumentRequest = Schemas['MultipartDocumentRequest'];
export type MultipartSignRequest = Schemas['MultipartSignRequest'];
export type OperationDocument = Schemas['OperationDocument'];
export type OperationStatus = Schemas['OperationStatus'];
export type PreservationInfo = Schemas['PreservationInfo'];
export type SignatureInfo = Schemas['SignatureInfo'];
export type SignatureType = Schemas['SignatureType'];
export type SignError = Schemas['SignError'];
export type SignOperation = Schemas['SignOperation'];
export type SignRequest = Schemas['SignRequest'];
export type SignStatus = Schemas['SignStatus'];
export type TokenAnswer = Schemas['TokenAnswer'];
