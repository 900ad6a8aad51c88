interface Explained {
	meaning: string;
	remedy: string;
}

export type Codes = ReadonlyMap<string, Explained>;

function rows(codes: Codes): string {
	const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
	return [...codes]
		.map(([code, { meaning, remedy }]) => `| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} |`)
		.join('\n');
}

/** The service's codes with their meaning and what to do. */
export function errorsPage(errorCodes: Codes, signErrors: Codes): string {
	return `# Codes of the service

The node puts these words into its messages, beside the service's own. Written by \`npm run docs:write\` from the node itself. A code that is not here is shown as it came.

A message that says nothing about sending again means it: look the document up with _Recover by Reference_ first. Running the workflow again with the same reference never signs twice.

## Refused requests

| code | what it means | what to do |
| --- | --- | --- |
${rows(errorCodes)}

## Documents that were not signed

| code | what it means | what to do |
| --- | --- | --- |
${rows(signErrors)}`;
}
