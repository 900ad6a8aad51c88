import type { InputFile } from '../support/engine.cts';
import type { Held, Seen, Stage } from './Stage.cts';

/** Words that are only true, and advice that is only safe, while nothing is signed or will be. */
const onlyWithoutSignature = [
	/nothing was (signed|sent)/i,
	/(was|were|is|are) not signed/i,
	/never registered/i,
	/belongs to another/i,
	/signing it (again )?is safe/i,
	/another 'External Reference'/i,
];

const isPdf = ({ fileName }: InputFile): boolean => fileName.endsWith('.pdf');

/** The text of an XML document before its last tag. */
const body = (xml: string): string => xml.slice(0, xml.lastIndexOf('</'));

/** A signed PDF begins with the original bytes; a signed XML document contains the original text and a signature. */
export function isSigned(document: InputFile, bytes: Buffer): boolean {
	if (!isPdf(document)) {
		const text = bytes.toString('utf8');
		return (
			text.startsWith(body(document.content.toString('utf8'))) &&
			/<\/([\w-]+:)?Signature>/.test(text)
		);
	}
	const original = document.content;
	const tail = bytes.subarray(-16).toString('latin1');
	return (
		bytes.length > original.length &&
		bytes.subarray(0, original.length).equals(original) &&
		/%%EOF\s*$/.test(tail)
	);
}

function falseWords({ words }: Seen, { made }: Held): string[] {
	const says = made > 0 ? onlyWithoutSignature.filter((pattern) => pattern.test(words)) : [];
	return says.map((pattern) => `says ${String(pattern)} of a signed document`);
}

/** The references of a document that are named, in any case. */
function named({ words }: Seen, { references }: Held): string[] {
	const told = words.toLowerCase();
	return references.filter((reference) => told.includes(reference.toLowerCase()));
}

/** Which promises a run broke for a document: signed twice, lost, or reported wrongly. */
export function broken(document: InputFile, seen: Seen | undefined, held: Held): string[] {
	const twice = held.made > 1 ? [`signed ${held.made} times`] : [];
	if (!seen) return [...twice, 'there is no output for it'];
	if (seen.bytes) {
		if (held.made === 0) return ['a file came back, and nothing was signed'];
		return isSigned(document, seen.bytes) ? twice : [...twice, 'the file is not the signed one'];
	}
	if (!('error' in seen.json)) return [...twice, 'neither a file nor a fault'];
	const unnamed = held.references.length > 0 && named(seen, held).length === 0;
	const words = falseWords(seen, held);
	return [...twice, ...(unnamed ? ['its reference is not named'] : []), ...words];
}

/** Whether Recover by Reference gets the file of a document that was signed but not returned. */
export async function recovers(
	stage: Stage,
	document: InputFile,
	told: Seen,
	tries: number,
): Promise<string[]> {
	const [reference] = named(told, await stage.held(document));
	if (reference === undefined) return [];
	for (let left = tries; left > 0; left--) {
		const seen = await stage.recover(reference);
		const held = await stage.held(document);
		if (seen?.bytes) return broken(document, seen, held).map((one) => `recovered: ${one}`);
		const problems = seen ? falseWords(seen, held) : ['there is no output'];
		if (problems.length > 0) return problems.map((one) => `recovered: ${one}`);
		if (left === 1) return [`Recover by Reference does not get it: ${seen?.words ?? ''}`];
	}
	return [];
}
