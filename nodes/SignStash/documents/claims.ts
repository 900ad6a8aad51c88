/** How a file is called, and what n8n takes it for. */
interface Called {
	name: string;
	mimeType?: string;
}

const names = /\.(?:pdf|xml)$/i;
const types = /^\s*(?:application\/(?:x-)?pdf|(?:text|application)\/xml)\s*(?:;|$)/i;

/** Whether a file says that it is a PDF or XML, by its name or by its MIME type, whatever it is. */
export const claimsToBeSignable = ({ name, mimeType = '' }: Called): boolean =>
	names.test(name.trim()) || (types.test(mimeType) && !/\.(?:svg|x?html?)$/i.test(name.trim()));
