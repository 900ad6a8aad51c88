import { container, primitive, update } from './signedFiles.cts';

const signature = Buffer.from('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>');

/** A document with something that looks like a signature: a PDF continues after its original bytes, an XML has an extra element, a container encloses the document. */
export function signed(content: Buffer, type?: string): Buffer {
	if (type === 'CAdES') return container(primitive(content));
	if (content.subarray(0, 5).toString() === '%PDF-') return Buffer.concat([content, update]);
	const end = content.lastIndexOf('</');
	if (end < 0) throw new Error('neither PDF nor XML');
	return Buffer.concat([content.subarray(0, end), signature, content.subarray(end)]);
}
