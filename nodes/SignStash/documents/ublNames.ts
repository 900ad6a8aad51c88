const schema = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** Namespaces that UBL's extension for a signature is made of (UBL 2.1, sections 3 and 5). */
export const extensionNamespace = `${schema}CommonExtensionComponents-2`;
export const signaturesNamespace = `${schema}CommonSignatureComponents-2`;
export const aggregateNamespace = `${schema}SignatureAggregateComponents-2`;
export const basicNamespace = `${schema}SignatureBasicComponents-2`;

/** Whether a namespace is one of UBL's. */
export const isUblNamespace = (namespace: string): boolean => namespace.startsWith(schema);

/** The namespace of a UBL 2 document whose root has this name (UBL 2.1, section 3). */
export const ublNamespaceOf = (rootName: string): string => `${schema}${rootName}-2`;

/** The element of UBL's extension that contains a signature. */
export const signatureInformation = 'SignatureInformation';
