import { isUtf16 } from './encoding';
import { scanElements } from './xmlScan';

/** Namespace of a UBL 2 document: this, the root's name, and `-2` (UBL 2.1, section 3). */
const documents = 'urn:oasis:names:specification:ubl:schema:xsd:';

/**
 * Whether an XML file is a UBL document, told by the name and namespace of its root; what stands
 * behind the root's tag may be missing. What cannot be read that far is none.
 */
export function isUbl(content: Buffer): boolean {
	// UTF-16 with its zeros left out is readable enough for names and namespaces, which are ASCII.
	const text = content.toString('latin1');
	try {
		for (const root of scanElements(isUtf16(content) ? text.replace(/\0/g, '') : text))
			return root.namespace === `${documents}${root.localName}-2`;
		return false;
	} catch {
		return false;
	}
}
