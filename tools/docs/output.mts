import { table } from './table.mts';

/** What n8n's editor shows for an operation's output (`__schema__`). */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** An operation, and the schema of its simplified output. */
export interface Output {
	operation: string;
	schema: Schema;
}

/** Values of the service with their meanings (contract: `x-meanings`). */
export type Meanings = Record<string, string>;

/** What each field says; if a field is missing here, or only exists here, the page is not written. */
const fields: Record<string, string> = {
	attachDocuments: 'whether the signed documents are attached to the email',
	creationDate: 'when the service registered the operation: ISO 8601 with a zone',
	documentName: "the document's name at the service",
	externalReference: 'the reference that the document was signed under, for _Recover by Reference_',
	fileSize: 'size of the signed file in bytes; missing when no file was returned',
	found: 'false when the service answers as for a reference that is not in use',
	next: 'what to do next, in words',
	operationId:
		'for _Get Operation_ and _Resend Email_; text if a number would lose digits (above 2^53)',
	operationStatus: "the operation's state, see below",
	receivers: 'who gets the email; missing when no one does',
	'receivers.deliveryStatus': 'the state of the email when the node asked, see below',
	'receivers.email': 'address',
	recovered:
		'true when a signature from before this execution is returned, so nothing was signed or billed again',
	certificate:
		"the signer's certificate, from the file's last signature; missing when no file was returned",
	'certificate.signer': "common name of the certificate's holder",
	'certificate.validUntil': 'when the certificate expires: ISO 8601',
	resent: 'true: the service has accepted the request',
	result: 'what became of the document, see below',
	signError: 'why the document was not signed, see [the codes](errors.md)',
	signStatus: "the document's state; `SIGNED` is the only one that means signed",
	signatureType:
		'`PAdES`, `XAdES` or `CAdES`; the operations that only read detect it from the file',
};

const types: Record<string, string> = { integer: 'number', boolean: 'true or false' };

function typeOf({ type, items }: Schema): string {
	if (type === 'array') return items?.type === 'string' ? 'list of texts' : 'list';
	return types[type] ?? (type === 'string' ? 'text' : type);
}

/** A schema's fields, those within lists as `list.field`. */
function flat({ properties = {} }: Schema, within = ''): Array<[name: string, schema: Schema]> {
	return Object.entries(properties).flatMap(([name, schema]) => [
		[`${within}${name}`, schema] as [string, Schema],
		...flat(schema.items ?? schema, `${within}${name}.`),
	]);
}

function section({ operation, schema }: Output): string {
	const rows = flat(schema).map(([name, one]) => {
		const meaning = fields[name];
		if (meaning === undefined) throw new Error(`tools/docs/output.mts lacks the field '${name}'`);
		return [`\`${name}\``, typeOf(one), meaning];
	});
	return `## ${operation}\n\n${table(['field', 'type', 'meaning'], rows)}`;
}

const valuesTable = (meanings: Meanings): string =>
	table(
		['value', 'meaning'],
		Object.entries(meanings).map(([value, meaning]) => [`\`${value}\``, meaning.trim()]),
	);

/** The fields that each operation outputs, and the values they have. */
export function outputPage(
	outputs: Output[],
	values: { operations: Meanings; deliveries: Meanings; results: Meanings },
): string {
	const sections = outputs.map(section);
	const used = new Set(outputs.flatMap(({ schema }) => flat(schema).map(([name]) => name)));
	const unused = Object.keys(fields).filter((name) => !used.has(name));
	if (unused.length > 0) throw new Error(`no operation puts out ${unused.join(', ')}`);
	return `# What comes out

The fields of each operation's \`json\` with _Simplify_ on, as n8n's editor shows them. Written by \`npm run docs -- write\` from the node itself. A field that the service said nothing about is missing. With _Simplify_ off you get the service's whole answer, without the contents of files. With Sign's _Output Items_ set to _One per Input Item_ the fields are under \`documents\`, with one entry for each document.

The signed file is in a binary field, never in \`json\`. For Sign it is the field that the document came from, for the operations that only read it is \`data\`, unless _Put Output File in Field_ names another.

${sections.join('\n\n')}

## Values

\`operationStatus\`:

${valuesTable(values.operations)}

\`receivers.deliveryStatus\`:

${valuesTable(values.deliveries)}

\`result\` of _Recover by Reference_, with the words of \`next\`:

${valuesTable(values.results)}

## An item that failed

With _Continue_ or _Continue (using error output)_ an item that failed has one field, \`error\`:

| field | meaning |
| --- | --- |
| \`error.message\` | what happened, and to which item; items count from 0 |
| \`error.description\` | what to do |
| \`error.details.externalReference\` | for _Recover by Reference_ |
| \`error.details.operationId\` | for _Get Operation_ |
| \`error.details.serviceCode\` | the service's own code, or the document's \`signError\` |
| \`error.details.httpStatus\` | HTTP status of the deciding answer |
| \`error.details.parameter\` | display name of the parameter to correct |

Each detail is present only if it is known. [What to do about each message](errors.md).`;
}
