import { containerOf } from './containers';
import { pdfStart, webKind } from './fileKind';

/** What a file that is neither a PDF nor XML contains, and what can be done about it. */
export interface Looks {
	what: string;
	remedy: string;
}

const unpack = "Extract the file from it first; for ZIP and gzip, n8n has the 'Compression' node.";
const decode =
	"Convert it to a file first: the 'Convert to File' node has the operation 'Move Base64 String to File'.";
const another =
	"Choose another file in 'Input Data Field Name', or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container whose name ends in .p7m.";

/** What the first characters show. */
const texts: Array<[start: RegExp, looks: Looks]> = [
	[
		/^(?:filesystem(?:-v2)?|database|s3|azure(?:-blob)?):\S+\s*$/,
		{
			what: "n8n's reference to a stored file, not the file itself",
			remedy: 'Pass on the binary field itself, not its content as text.',
		},
	],
	[/^data:[^,]{0,200};base64,/, { what: 'a file as base64 text', remedy: decode }],
	[/^-----BEGIN [A-Z0-9 ]+-----/, { what: 'a signed file or a key (PEM)', remedy: another }],
	[/^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*)/, { what: 'an image', remedy: another }],
	[/^\{\\rtf/, { what: 'an RTF document', remedy: another }],
];

/** Text in words has blanks; base64 has line ends at most. */
const base64 = /^[A-Za-z0-9+/\r\n]{24,}={0,2}$/;

/** What a file is that is neither a PDF nor XML, by its first bytes; undefined if it is not known. */
export function looksLike(head: Buffer): Looks | undefined {
	const text = head.toString('latin1');
	const [, told] = texts.find(([first]) => first.test(text)) ?? [];
	if (told) return told;
	const page = webKind(head);
	const start = pdfStart(head);
	if (start)
		return {
			what: `${start.behind ?? page ?? 'text'}, in which a PDF begins at byte ${start.at}`,
			remedy:
				'Cut off what comes before the PDF, or extract the PDF from the file that contains it.',
		};
	const container = containerOf(head);
	if (container !== undefined) return { what: container, remedy: unpack };
	if (page !== undefined)
		return {
			what: page,
			remedy:
				'The address that it was fetched from may require a log-in. Look at the file in the step that provides it.',
		};
	return base64.test(text.trimEnd()) && /[A-Z]/.test(text) && /[a-z]/.test(text)
		? { what: 'a file as base64 text', remedy: decode }
		: undefined;
}
