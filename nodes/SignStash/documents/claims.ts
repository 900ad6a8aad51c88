/** The name of a file, and the type that n8n gives it. */
interface Called {
	name: string;
	mimeType?: string;
}

const names = /\.(?:pdf|xml)$/i;
const types = /^\s*(?:application\/(?:x-)?pdf|(?:text|application)\/xml)\s*(?:;|$)/i;

/** Whether a file claims to be a PDF or XML, by its name or its MIME type, whatever it is. */
export const claimsToBeSignable = ({ name, mimeType = '' }: Called): boolean =>
	names.test(name.trim()) || (types.test(mimeType) && !/\.(?:svg|x?html?)$/i.test(name.trim()));
