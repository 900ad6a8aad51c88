import { row } from './play.mts';

interface Length {
	/** In characters. */
	most: number;
	/** Whether a longer reference is cut; otherwise it is refused. */
	cut: boolean;
}

/** How long a reference may be. */
export const referenceLength = row<Length>('reference-length', {
	'up-to-255': { most: 255, cut: false },
	'up-to-100': { most: 100, cut: false },
	'cut-100': { most: 100, cut: true },
	'cut-64': { most: 64, cut: true },
});

/** What a document's reference may consist of. */
export const referenceCharacters = row('reference-characters', {
	any: /^[^]*$/u,
	plain: /^[A-Za-z0-9._-]*$/,
});

/** Maximum length of a document's name, in characters. */
export const nameLength = row('document-name-length', { 'up-to-255': 255, 'up-to-60': 60 });

/** Maximum length of a description, in characters. */
export const descriptionLength = row('description-length', {
	'up-to-1000': 1000,
	'up-to-100': 100,
});

/** Whether properties that the contract does not have are accepted. */
export const takesUnknownProperties = row('unknown-properties', { refused: false, ignored: true });

/** Whether CAdES accepts documents of any type. */
export const takesAnyType = row('cades-content-types', { documented: false, any: true });

/** Whether a receiver must have a delivery status, or must not have one. */
export const receiverStatus = row<'required' | 'refused' | undefined>('receiver-status', {
	optional: undefined,
	required: 'required',
	refused: 'refused',
});

/** Whether parts are matched with documents by name. */
export const matchesByName = row('multipart-match', { order: false, name: true });

/** Whether the signing paths work without their trailing slash. */
export const worksWithoutSlash = row('path-without-slash', { 'not-found': false, works: true });

/** HTTP status for `2.2.1`, an image that is larger than its area; undefined: it is drawn smaller. */
export const imageTooLarge = row<number | undefined>('undocumented-codes', {
	'status-400': 400,
	'status-409': 409,
	'status-500': 500,
	none: undefined,
});

/** Whether a request is refused if its settings do not fit the signature type. */
export const refusesMisfits = row('misfit-settings', { 'document-fails': false, refused: true });

interface AddressLimits {
	/** Whether a list may be empty; it then means the operation's own receivers. */
	none: boolean;
	most: number;
}

/** To how many addresses an email may be sent again. */
export const resendAddresses = row<AddressLimits>('resend-receivers', {
	'at-least-one': { none: false, most: Infinity },
	'up-to-ten': { none: false, most: 10 },
	'none-means-all': { none: true, most: Infinity },
});
