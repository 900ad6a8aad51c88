/**
 * Types of the Sign'Stash API: generated, do not edit.
 * Source: contract/signstash.openapi.yaml; written by `node tools/contract/types.mts`.
 */
export interface paths {
	'/oauth/token': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Exchange the credentials of a client service for an access token.
		 * @description OAuth2 client credentials with HTTP Basic authentication. The client id is the alias of the client service in the backoffice (`PRT.<issuer VAT>-PRT.<partner VAT>-<uuid>`), the client secret is the password set for it there. No scope is sent.
		 */
		post: operations['requestToken'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/document/sign/base64/': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Sign a set of documents whose contents are sent as base64.
		 * @description HTTP 200 does not mean signed. An operation can be `EXECUTED` with a document in `ERROR_SIGNING`, and an answer can come while the operation is still `PENDING_EXECUTION`. Success is per document: `signStatus` is `SIGNED`. One request with many documents is far faster than many requests with one; synchronous signing is meant for fewer than 100 files a request of about 200 KB each, and a 500 MB payload is the extreme.
		 */
		post: operations['signBase64'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/document/sign/': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Sign a set of documents whose contents are sent as parts of a multipart body. */
		post: operations['signMultipart'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/operation/id/withDocumentExternalReference/{externalReference}': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Find the id of the operation that holds a document, by the document's reference.
		 * @description Meant for recovery after a time-out or a broken connection, when it is not known whether the documents were signed.
		 */
		get: operations['findOperationId'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/operation/status/{operationId}': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The status of an operation, without its documents. */
		get: operations['getOperationStatus'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/operation/sign/detail/{operationId}/contentInResponse/{includeContent}': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The whole operation, with the signed contents if requested. */
		get: operations['getSignOperation'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/operation/sign/detail/{operationId}/documents': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Every signed document of an operation in one ZIP file. */
		get: operations['getSignedDocuments'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/api/v0/delivery/mail/resend/{operationId}/{attachDocuments}': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Send the delivery email of an operation again, to the given receivers. */
		post: operations['resendMail'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
export type webhooks = Record<string, never>;
export interface components {
	schemas: {
		TokenRequest: {
			/** @constant */
			grant_type: 'client_credentials';
		};
		TokenAnswer: {
			/** @description A JWT, to be treated as opaque. */
			access_token: string;
			/** @example bearer */
			token_type?: string;
			/**
			 * @description Seconds the token lives from now, about 24 hours.
			 * @example 86399
			 */
			expires_in?: number;
			/** @example read write */
			scope?: string;
			/** @description Id of the token. */
			jti?: string;
		};
		SignRequest: {
			externalReference: components['schemas']['RequestReference'];
			description: components['schemas']['Description'];
			documents: components['schemas']['SignDocument'][];
			preservationInfo?: components['schemas']['PreservationInfo'];
			returnSignedContent?: components['schemas']['ReturnSignedContent'];
		};
		/** @description A document to be signed, and how. */
		SignDocument: {
			documentRequest: components['schemas']['DocumentRequest'];
			signatureInfo: components['schemas']['SignatureInfo'];
		};
		DocumentRequest: {
			externalReference: components['schemas']['DocumentReference'];
			name: components['schemas']['DocumentName'];
			contentType: components['schemas']['ContentType'];
			/** @description The bytes of the document. */
			base64Content: string;
		};
		MultipartBody: {
			/** @description One part of this name per document. */
			files: string[];
			signRequest: components['schemas']['MultipartSignRequest'];
		};
		/** @description A `SignRequest` whose documents come without `base64Content`. */
		MultipartSignRequest: {
			externalReference: components['schemas']['RequestReference'];
			description: components['schemas']['Description'];
			documents: components['schemas']['MultipartSignDocument'][];
			preservationInfo?: components['schemas']['PreservationInfo'];
			returnSignedContent?: components['schemas']['ReturnSignedContent'];
		};
		MultipartSignDocument: {
			documentRequest: components['schemas']['MultipartDocumentRequest'];
			signatureInfo: components['schemas']['SignatureInfo'];
		};
		MultipartDocumentRequest: {
			externalReference: components['schemas']['DocumentReference'];
			name: components['schemas']['DocumentName'];
			contentType: components['schemas']['ContentType'];
		};
		/** @description Reference of the request, chosen by its sender, who is expected to make it unique. */
		RequestReference: string;
		/** @description Reference of the document, chosen by its sender; unique per document. The vendor recommends the client service's id as a prefix, to avoid collisions. Reuse is answered with 409 `0.0.7`. One client was seen to give all its documents the same reference, and to change only the request's: documents' references may not have to be unique at all. */
		DocumentReference: string;
		/** @description File name of the document. */
		DocumentName: string;
		/** @description What is signed, as shown to signers. May be empty. */
		Description: string;
		/**
		 * @description Whether the answer contains the signed contents. For speed, the vendor advises leaving it off and fetching them through the detail calls.
		 * @default false
		 */
		ReturnSignedContent: boolean;
		/** @enum {string} */
		ContentType: 'application/pdf' | 'text/xml' | 'application/xml';
		SignatureInfo: {
			signatureType: components['schemas']['SignatureType'];
			/** @description Why the document is signed. PAdES only. */
			reason?: string;
			/** @description Where the document is signed. PAdES only. */
			location?: string;
			/**
			 * @description Whether the system's timestamp server stamps the signature. A premium feature; leave it off for plain signing of invoices without archiving.
			 * @default false
			 */
			applyTimestamp?: boolean;
			visibleSignatureInfo?: components['schemas']['VisibleSignatureInfo'];
			advancedSignatureInfo?: components['schemas']['AdvancedSignatureInfo'];
		};
		/** @enum {string} */
		SignatureType: 'PAdES' | 'XAdES' | 'CAdES';
		/** @description How the signature is drawn on a page. PDF only. */
		VisibleSignatureInfo: {
			templateType?: components['schemas']['TemplateType'];
			/**
			 * @description The Velocity template for `ONE_OFF`.
			 * @example Digitally Signed by $certificate.getCommonName().
			 */
			oneOffTemplate?: string;
			locationType: components['schemas']['LocationType'];
			/**
			 * @description `page=<n>,x=<px>,y=<px>` for `COORDINATE`, the name of a signature field of the PDF for `SIGN_FIELD`, a unique word of the PDF for `PLACEHOLDER`. Coordinates were seen to be those of the upper left corner of the drawing, counted from the upper left corner of the page, y going down, one pixel to the point: staging drew `page=1,x=100,y=500` with an area of 300 by 200 on a page 841.89 high at `/Rect [100 141.89 400 341.89]`. The vendor's words name the lower left.
			 * @example page=1,x=100,y=500
			 */
			locationValue: string;
			/**
			 * @description `width=<px>,height=<px>`
			 * @example width=200,height=60
			 */
			area?: string;
			/** @description `#RRGGBB` or `transparent` */
			areaBackgroundColor?: string;
			/** @description `color=#000000,size=<pt>`; black is the only colour supported. A client was seen to append `,name=arial`. Without a font, staging was seen to write in 10 points. */
			font?: string;
			imageType?: components['schemas']['ImageType'];
			/** @description The bytes of the image. */
			imageValue?: string;
		};
		/** @enum {string} */
		TemplateType: 'ONE_OFF' | 'SERVICE_CUSTOMIZATION';
		/** @enum {string} */
		LocationType: 'COORDINATE' | 'SIGN_FIELD' | 'PLACEHOLDER';
		/** @enum {string} */
		ImageType: 'IMAGE_PNG' | 'IMAGE_JPG';
		/** @description Where and how an XML signature is placed (the UBL fields). XML only. Sent once: one of the vendor's pages nests the name twice; its own example and every client seen do not. */
		AdvancedSignatureInfo: {
			/**
			 * @description Name of the XML element that is to contain the signature. It must already be in the document.
			 * @example SignatureInformation
			 */
			signatureLocation?: string;
			signatureTransform?: components['schemas']['SignatureTransform'];
			canonicalTransform?: components['schemas']['CanonicalTransform'];
		};
		/** @enum {string} */
		SignatureTransform: 'ENVELOPED' | 'XPATH' | 'XPATH2_FILTER';
		/** @enum {string} */
		CanonicalTransform: 'EXCLUSIVE' | 'EXCLUSIVE_WITH_COMMENTS';
		PreservationInfo: {
			/** @description `true`: the content is kept in custody and its integrity is preserved; `false`: it is only stored for later consultation. */
			preserveContent: boolean;
			/** @description The vendor says that it is not used. */
			alias?: string;
			deliveryInfo?: components['schemas']['DeliveryInfo'];
		};
		/** @description Who is notified by email; in an answer, also the outcome. */
		DeliveryInfo: {
			/**
			 * @description Whether the signed documents are attached.
			 * @default false
			 */
			attachDocuments?: boolean;
			personReceiver: components['schemas']['PersonReceiver'][];
		};
		PersonReceiver: {
			/** Format: email */
			email: string;
			/** @description Clients send `SENT`; the answer contains the real one. */
			deliveryStatus?: components['schemas']['DeliveryStatus'];
		};
		/** @enum {string} */
		DeliveryStatus: 'PENDING' | 'SENT' | 'RECEIVED' | 'SENDING_ERROR' | 'SENDING_FAILED';
		/** @description Email addresses of the receivers. */
		ReceiverAddresses: string[];
		/** Format: int64 */
		OperationId: number;
		/** @description Only its id is required in the model of a public client. */
		BaseOperation: {
			id: components['schemas']['OperationId'];
			type?: components['schemas']['OperationType'];
			status?: components['schemas']['OperationStatus'];
			issuerCompany?: components['schemas']['IssuerCompany'];
			/** @description The client service that asked for the operation, that is, its client id. */
			issuerClientServiceAlias?: string;
			creationDate?: components['schemas']['Timestamp'];
			/** @description External reference of the request. */
			folderExternalReference?: string;
			signatureQueuePriority?: components['schemas']['SignatureQueuePriority'];
		};
		SignOperation: components['schemas']['BaseOperation'] & {
			folder?: components['schemas']['Folder'];
			documentList?: components['schemas']['OperationDocument'][];
			deliveryInfo?: components['schemas']['DeliveryInfo'] | null;
			/**
			 * Format: int32
			 * @description How long the execution took, in milliseconds.
			 */
			executionTime?: number;
		};
		/** @enum {string} */
		OperationType: 'SIGN' | 'EXTEND_PRESERVATION';
		/** @enum {string} */
		OperationStatus: 'PENDING_EXECUTION' | 'EXECUTED' | 'EXECUTION_ERROR' | 'EXECUTION_FAILED';
		IssuerCompany: {
			name?: string;
			vatNumber?: string;
			/**
			 * @description ISO 3166-1 alpha-3.
			 * @example PRT
			 */
			countryCode?: string;
			/** @example pt_PT */
			i18nCode?: string;
			invoiceAddress?: string;
			additionalInfo?: string;
			status?: components['schemas']['IssuerStatus'];
			email?: string;
			creationDate?: components['schemas']['Timestamp'];
			auditLogsActive?: boolean;
			limitPeriodStartDate?: components['schemas']['Timestamp'];
			limitPeriodEndDate?: components['schemas']['Timestamp'];
			limitUsageCount?: number;
			limitCurrentConsumption?: number;
			limitCurrentConsumptionLastModifiedDate?: components['schemas']['Timestamp'];
			notifyExpiredLimit?: boolean;
		};
		/** @enum {string} */
		IssuerStatus: 'REGISTERED' | 'ACTIVE' | 'SUSPENDED' | 'BLOCKED' | 'DELETED';
		SignatureQueuePriority: {
			/** Format: int64 */
			id?: number;
			name?: string;
			startTime?: components['schemas']['Timestamp'];
			endTime?: components['schemas']['Timestamp'];
			defaultPriority?: boolean;
		};
		Folder: {
			folderId?: string;
			/** @description External reference of the request. */
			externalReference?: string;
			description?: string;
			folderContent?: components['schemas']['FolderContent'];
		};
		/** @enum {string} */
		FolderContent: 'DOCUMENT' | 'HASH';
		/** @description A public client's model requires reference, name and content type; a status may be missing. */
		OperationDocument: {
			externalReference: string;
			name: string;
			contentType: string;
			/** Format: int64 */
			internalId?: number;
			signStatus?: components['schemas']['SignStatus'];
			signError?: components['schemas']['SignError'] | null;
			cipherStatus?: components['schemas']['CipherStatus'];
			storageStatus?: components['schemas']['StorageStatus'];
			/**
			 * Format: int64
			 * @description Bytes of the document before it was signed, perhaps only of the subscribed part.
			 */
			contentLength?: number;
			/**
			 * Format: int64
			 * @description Bytes that exceeded the subscribed limit of the service.
			 */
			additionalContentLength?: number;
			receptionDate?: components['schemas']['Timestamp'];
			/**
			 * Format: int64
			 * @description Months.
			 */
			storagePeriod?: number;
			storageEndDate?: components['schemas']['Timestamp'];
			/** @description The bytes of the signed document, when they were asked for. */
			signedContent?: string | null;
			documentAttributes?: components['schemas']['DocumentAttribute'][];
		};
		/** @enum {string} */
		SignStatus: 'RECEIVED' | 'ERROR_SIGNING' | 'SIGNED';
		/** @enum {string} */
		SignError:
			| 'INVALID_CERT_SERVICE_CREDS'
			| 'INVALID_CERT_ACCESS_ACCOUNT'
			| 'CERT_SERVICE_GLOBAL_ERROR'
			| 'CONFIGURATION_SIGN_ERROR'
			| 'TIMESTAMP_SIGN_ERROR'
			| 'INVALID_CERTIFICATE_SIGN_ERROR'
			| 'STORAGE_SERVICE_GLOBAL_ERROR'
			| 'SIGN_OPERATION_INTERNAL_ERROR';
		/** @enum {string} */
		CipherStatus: 'PENDING' | 'ERROR_CIPHERING' | 'CIPHERED' | 'NO_CIPHER';
		/** @enum {string} */
		StorageStatus: 'CONTENT_PRESERVED' | 'CONTENT_STORED' | 'CONTENT_NOT_STORED' | 'DELETED';
		DocumentAttribute: {
			attributeKey?: components['schemas']['DocumentAttributeKey'];
			attributeValue?: string;
		};
		/** @enum {string} */
		DocumentAttributeKey:
			| 'GLOBAL_SIGNATURE_VISIBILITY_ENABLED'
			| 'VISIBLE_SIGNATURE_TEMPLATE_TYPE'
			| 'VISIBLE_SIGNATURE_TEMPLATE_CONTENT'
			| 'VISIBLE_SIGNATURE_LOCATION_TYPE'
			| 'VISIBLE_SIGNATURE_LOCATION_VALUE'
			| 'VISIBLE_SIGNATURE_AREA'
			| 'VISIBLE_SIGNATURE_AREA_BACKGROUND_COLOR'
			| 'VISIBLE_SIGNATURE_FONT'
			| 'VISIBLE_SIGNATURE_IMAGE_TYPE'
			| 'VISIBLE_SIGNATURE_IMAGE_VALUE'
			| 'SIGNATURE_ATTRIBUTE_REASON'
			| 'SIGNATURE_ATTRIBUTE_LOCATION'
			| 'SIGNATURE_ATTRIBUTE_XPATH_LOCATION'
			| 'SIGNATURE_ATTRIBUTE_TRANSFORM'
			| 'SIGNATURE_ATTRIBUTE_CANONICAL';
		/**
		 * Format: date-time
		 * @description ISO 8601 with an offset.
		 * @example 2025-03-31T10:15:30.123+01:00
		 */
		Timestamp: string;
		/** @description Why a request was refused. Note the HTTP statuses: 500 is used for bad requests, which no retry can fix; 409 is used for an expired token; 401 is used for licence faults, which no new token can fix. */
		ErrorBody: {
			/** @example 0.0.2 */
			errorCode?: string;
			/** @example Mandatory attribute is missing. */
			errorCodeDescription?: string;
			/** @example missing signDocumentRequest.document */
			causeMessage?: string | null;
		};
	};
	responses: {
		/** @description The operation. Registered does not mean signed: look at each document's `signStatus`. */
		SignOperation: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				'application/json': components['schemas']['SignOperation'];
			};
		};
		/** @description Too many requests at the same time. Check how many run in parallel. */
		Busy: {
			headers: {
				'Retry-After'?: string;
				[name: string]: unknown;
			};
			content?: never;
		};
		/** @description The request is refused; `errorCode` says why (see `x-codes` of `ErrorBody`). */
		Refused: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				'application/json': components['schemas']['ErrorBody'];
			};
		};
		/** @description The request is refused, or the operation or reference does not exist or belongs to another company; "an error stating that fact" is all the vendor says about the latter. */
		NotFoundOrRefused: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				'application/json': components['schemas']['ErrorBody'];
			};
		};
	};
	parameters: {
		/** @description Id of the operation, as the service gave it. */
		OperationId: components['schemas']['OperationId'];
	};
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
	requestToken: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				'application/x-www-form-urlencoded': components['schemas']['TokenRequest'];
			};
		};
		responses: {
			/** @description A token for about 24 hours. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					'application/json': components['schemas']['TokenAnswer'];
				};
			};
			/** @description Wrong client id or secret; valid credentials must be used. */
			default: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	signBase64: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				'application/json': components['schemas']['SignRequest'];
			};
		};
		responses: {
			200: components['responses']['SignOperation'];
			429: components['responses']['Busy'];
			default: components['responses']['Refused'];
		};
	};
	signMultipart: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				'multipart/form-data': components['schemas']['MultipartBody'];
			};
		};
		responses: {
			200: components['responses']['SignOperation'];
			429: components['responses']['Busy'];
			default: components['responses']['Refused'];
		};
	};
	findOperationId: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description External reference of the document (not of the request). */
				externalReference: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The operation's id, as a bare JSON integer. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					'application/json': components['schemas']['OperationId'];
				};
			};
			429: components['responses']['Busy'];
			default: components['responses']['NotFoundOrRefused'];
		};
	};
	getOperationStatus: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description Id of the operation, as the service gave it. */
				operationId: components['parameters']['OperationId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The operation without folder, documents and deliveries. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					'application/json': components['schemas']['BaseOperation'];
				};
			};
			429: components['responses']['Busy'];
			default: components['responses']['NotFoundOrRefused'];
		};
	};
	getSignOperation: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description Id of the operation, as the service gave it. */
				operationId: components['parameters']['OperationId'];
				/** @description `true` puts the base64 of each signed document into the answer, which the vendor describes as slower. */
				includeContent: boolean;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['SignOperation'];
			429: components['responses']['Busy'];
			default: components['responses']['NotFoundOrRefused'];
		};
	};
	getSignedDocuments: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description Id of the operation, as the service gave it. */
				operationId: components['parameters']['OperationId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Entries are named `<externalReference>.<documentName>`. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					'application/zip': string;
				};
			};
			429: components['responses']['Busy'];
			default: components['responses']['NotFoundOrRefused'];
		};
	};
	resendMail: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description Id of the operation, as the service gave it. */
				operationId: components['parameters']['OperationId'];
				/** @description Whether the signed documents are attached to the email. */
				attachDocuments: boolean;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				'application/json': components['schemas']['ReceiverAddresses'];
			};
		};
		responses: {
			/** @description The email is on its way. The answer has no body. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
			429: components['responses']['Busy'];
			default: components['responses']['NotFoundOrRefused'];
		};
	};
}
