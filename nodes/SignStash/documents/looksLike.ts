import { containerOf } from './containers';
import { pdfStart, webKind } from './fileKind';

/** What a file holds that is neither a PDF nor XML, and what can be done about it. */
export interface Looks {
	what: string;
	remedy: string;
}

const unpack = "Take the file out of it first; for ZIP and gzip n8n has the node 'Compression'.";
const decode =
	"Make a file of it first: the node 'Convert to File' has the operation 'Move Base64 String to File'.";
const another =
	"Choose another file in 'Input Data Field Name', or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container with .p7m at its end.";

/** What is told by the first characters. */
const texts: Array<[start: RegExp, looks: Looks]> = [
	[
		/^(?:filesystem(?:-v2)?|database|s3|azure(?:-blob)?):\S+\s*$/,
		{
			what: "n8n's note of where a file is stored, and not the file",
			remedy: 'Hand the binary field on as it is, and not what stands in it as text.',
		},
	],
	[/^data:[^,]{0,200};base64,/, { what: 'a file as base64 text', remedy: decode }],
	[/^-----BEGIN [A-Z0-9 ]+-----/, { what: 'a signed file or a key (PEM)', remedy: another }],
	[/^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*)/, { what: 'an image', remedy: another }],
	[/^\{\\rtf/, { what: 'a document in RTF', remedy: another }],
];

const base64 = /^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/;

/** Says what a file is that is neither a PDF nor XML, by its first bytes; undefined when it is not known. */
export function looksLike(head: Buffer): Looks | undefined {
	const text = head.toString('latin1');
	const [, told] = texts.find(([first]) => first.test(text)) ?? [];
	if (told) return told;
	const { at, behind } = pdfStart(head) ?? {};
	if (at !== undefined && behind !== undefined)
		return {
			what: `${behind}, in which a PDF begins at byte ${at}`,
			remedy: 'Cut off what stands before the PDF, or take the PDF out of the file that holds it.',
		};
	const container = containerOf(head);
	if (container !== undefined) return { what: container, remedy: unpack };
	const page = webKind(head);
	if (page !== undefined)
		return {
			what: page,
			remedy:
				'The address that it was fetched from may want a log-in. Look at the file in the step that brings it.',
		};
	return base64.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text)
		? { what: 'a file as base64 text', remedy: decode }
		: undefined;
}
