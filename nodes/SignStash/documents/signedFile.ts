import type { SignatureType } from './contentType';

/** A CAdES signature is a separate container, not the signed file's type. */
const cadesMimeType = 'application/pkcs7-mime';

/** As long as file systems allow, in bytes of UTF-8. */
const longestName = 255;

/** What ends any file's name: some letters and digits after a dot, and `.p7m` after that. */
const atEnd = /(?:\.(?=\d*[a-z])[a-z0-9]{1,8})?(?:\.p7m)?$/i;

/** What ends the name of a file that gets a signature of this type: a company's name may end in `.com` or `S.A`. */
const atEndOf: Record<SignatureType, RegExp> = {
	PAdES: /(?:\.pdf)?$/i,
	XAdES: /(?:\.(?:xml|xhtml|html?|xbrl|svg|xsd|xslt?|gml|kml|rdf|xades|xsig|ubl))?$/i,
	CAdES: atEnd,
};

/** Used for a name that consists of an ending only. */
const unnamed = 'document';

/**
 * Characters that a file name cannot contain on one system or another. n8n takes what comes before a slash for a
 * folder and drops it from the name.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/** What a name without such an ending gets. */
const endings: Record<SignatureType, string> = { PAdES: '.pdf', XAdES: '.xml', CAdES: '' };

/**
 * Name of a signed file: `<name>_signed.<ext>`, with the ending of its kind if it has none; a CAdES container has
 * `.p7m` after it.
 */
export function signedFileName(name: string, type: SignatureType): string {
	const [stem, end] = parts(name.replace(unsafe, '_').trim(), atEndOf[type]);
	const ending = end || endings[type];
	return fitting(stem || unnamed, '_signed', `${ending}${type === 'CAdES' ? '.p7m' : ''}`);
}

/**
 * A name for a file that must not have the same name as another: the second file of a name gets ` (2)` before its
 * ending, and so on. Names that differ only in upper and lower case count as the same: some systems see no
 * difference.
 * @param taken how often each name was requested; begins empty, and is updated with each name
 */
export function uniqueName(name: string, taken: Map<string, number>): string {
	const [stem, end] = parts(name);
	const asked = keyOf(name);
	for (let count = (taken.get(asked) ?? 0) + 1; ; count++) {
		taken.set(asked, count);
		if (count === 1) return name;
		const candidate = fitting(stem, ` (${count})`, end);
		const key = keyOf(candidate);
		if (taken.has(key)) continue;
		taken.set(key, 1);
		return candidate;
	}
}

const keyOf = (name: string): string => name.normalize().toLowerCase();

function parts(name: string, ending = atEnd): [stem: string, end: string] {
	const at = name.search(ending);
	return [name.slice(0, at), name.slice(at)];
}

/** Puts a name together, and cuts the end of its stem if it would be too long. */
function fitting(stem: string, mark: string, end: string): string {
	const characters = Array.from(stem);
	const bytes = (): number => Buffer.byteLength(characters.join('') + mark + end);
	for (let over = bytes() - longestName; over > 0; over = bytes() - longestName)
		characters.splice(-Math.ceil(over / 4));
	return `${characters.join('')}${mark}${end}`;
}

/** MIME type of a signed file. */
export function signedMimeType(contentType: string, type: SignatureType): string {
	return type === 'CAdES' ? cadesMimeType : contentType;
}
