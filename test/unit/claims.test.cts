import { claimsToBeSignable } from '../../nodes/SignStash/documents/claims';

test.each<[name: string, mimeType: string | undefined, claims: boolean]>([
	['a.pdf', undefined, true],
	[' A.XML ', undefined, true],
	['a.pdf.txt', undefined, false],
	['pdf', undefined, false],
	['a', 'application/pdf', true],
	['a', 'application/x-pdf', true],
	['a', ' Text/XML ; charset=utf-8', true],
	['a', 'application/xml;charset=utf-8', true],
	['a', 'application/xml+x', false],
	['a', 'multipart/application/pdf', false],
	['a', 'application/pdfx', false],
	['a', 'image/png', false],
	['a.svg ', 'text/xml', false],
	['a.htm', 'text/xml', false],
	['a.html', 'application/xml', false],
	['a.xhtml', 'application/xml', false],
	['a.svg.x', 'text/xml', true],
])('%j of type %j claims to be signable: %s', (name, mimeType, claims) => {
	expect(claimsToBeSignable({ name, mimeType })).toBe(claims);
});
