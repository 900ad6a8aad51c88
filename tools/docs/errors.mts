import type { Words } from './faults.mts';
import type { BadInput } from './source.mts';
import { cell, table } from './table.mts';

interface Explained {
	meaning: string;
	remedy: string;
}

export type Codes = ReadonlyMap<string, Explained>;

/** Everything that the node says when something is wrong. */
export interface Messages {
	sign: Words[];
	reading: Words[];
	resending: Words[];
	badInputs: BadInput[];
	errorCodes: Codes;
	signErrors: Codes;
	/** Words of the credential's test. */
	credential: string[];
}

const saying = ['the message says', 'what to do'];
const coded = ['code', 'what it means', 'what to do'];

const wordsTable = (words: Words[]): string =>
	table(
		saying,
		words.map(({ message, remedy }) => [cell(message), cell(remedy)]),
	);

const codesTable = (codes: Codes): string =>
	table(
		coded,
		[...codes].map(([code, { meaning, remedy }]) => [`\`${code}\``, cell(meaning), cell(remedy)]),
	);

/** Every message, and every code of the service, with what to do. */
export function errorsPage(all: Messages): string {
	const refused = all.badInputs.map(({ parameter, message, remedy }) => [
		parameter === '' ? 'the one it names' : parameter,
		cell(message),
		cell(remedy),
	]);
	return `# From a message to what to do

The node's messages, written by \`npm run docs -- write\` from the node itself. _…_ stands for a value that only a run knows: a name, a reference, a number, the service's own words.

Three rules apply to all of them:

- **Never change the reference to "try again".** The service refuses a reference that it already holds; under another reference it signs again. Look the document up with _Recover by Reference_ first.
- To try again, run the step again with the same document and the same settings. It then uses the same reference, and finds the signature if there is one. With _If Already Signed_ set to _Sign Again_, each new execution signs once more.
- **A changed setting is a new signature.** If _External Reference_ is empty, changing _Signature Type_, _Apply Timestamp_, a reason, the drawing or a UBL detail signs documents again that are signed already. Change it in a separate step, for the failed documents only.

## Sign

${wordsTable(all.sign)}

## Bad input

The node checks parameters and files before it sends them. In _Sign_ each description here ends with "This document was not sent.", in _Resend Email_ with "No email was sent."

${table(['parameter', ...saying], refused)}

## Recover by Reference, Get Operation

${wordsTable(all.reading)}

Both can also end with the words of a code.

## Resend Email

${wordsTable(all.resending)}

## Codes: refused requests

A code that is not listed here is shown as it came.

${codesTable(all.errorCodes)}

## Codes: documents that were not signed

${codesTable(all.signErrors)}

## The credential's test

These are the messages for answers of the API. Those for the token call are n8n's own: see [the credential](credential.md).

${all.credential.map((words) => `- ${words.replaceAll('<', '&lt;')}.`).join('\n')}`;
}
