import { fileKind, headBytes, webKind } from '../../nodes/SignStash/documents/fileKind';

const bytes = (...values: number[]): string => String.fromCharCode(...values);
const pdf = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj';

/** Beginnings of files that contain a PDF unchanged. */
const tar = `invoice.pdf${bytes(0).repeat(89)}0000644${bytes(0).repeat(405)}`;
const cades = `${bytes(0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02)}${bytes(0xa0, 0x80, 0x24, 0x80, 0x04, 0x82, 0x04, 0x00)}`;

describe('a PDF is recognised by its header', () => {
	test.each([
		['at the very beginning', pdf],
		['after a byte order mark', `\u00ef\u00bb\u00bf${pdf}`],
		['after empty lines', `\r\n \r\n${pdf}`],
		['after a space', ` ${pdf}`],
		['after several spaces', `   ${pdf}`],
		['after a hundred arbitrary bytes', `${bytes(0).repeat(100)}${pdf}`],
		["after an old Mac's type codes", `TEXTmdos${bytes(0, 5)} ${pdf}`],
		[
			'after a MacBinary header',
			`${bytes(0, 11)}fatura.pdf${bytes(0).repeat(53)}PDF CARO${bytes(0).repeat(55)}${pdf}`,
		],
		['after HTTP headers', `HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n${pdf}`],
		['after an empty line with spaces', `stray words\n  ${pdf}`],
		['after a line of text', `stray words\n${pdf}`],
		[
			'after printer commands (PJL)',
			`${bytes(0x1b)}%-12345X@PJL JOB\n@PJL ENTER LANGUAGE=PDF\n${pdf}`,
		],
		['after stray bytes', `${bytes(0, 1, 0xff)}${pdf}`],
		['after something that only looks like a mail header', `${bytes(1)}a: \n${pdf}`],
		['after a kilobyte of text', `${'x'.repeat(1015)}\n${pdf}`],
		['after a byte and what would begin a TAR archive', `${bytes(1)}${tar}${pdf}`],
		['even when XML follows', `${pdf}<?xml version="1.0"?><a/>`],
	])('%s', (_, content) => {
		expect(fileKind(Buffer.from(content, 'latin1'))).toBe('pdf');
	});
});

describe('a file that only contains or mentions a PDF is not a PDF', () => {
	test.each([
		['CAdES', cades],
		['CAdES of known length', bytes(0x30, 0x82, 0x10, 0x00, 0x06, 0x09)],
		['ZIP', `PK${bytes(3, 4, 20, 0)}a.pdf`],
		['gzip', bytes(0x1f, 0x8b, 8, 0)],
		['ar', '!<arch>\na.pdf/  0  644 1234 `\n'],
		['tar', tar],
		['a mail', 'Subject: Invoice\r\nContent-Type: application/pdf\r\n\r\n'],
		['a part of a mail', '--next\r\n\r\n'],
		['a sentence', 'The file begins with '],
		['a mail about HTTP', 'Subject: HTTP/1.1\r\n\r\n'],
		['JSON', '{"file":"'],
		['a comment', '<!-- '],
		['XML', '<a>'],
		['more than a kilobyte of text', 'a line\n'.repeat(150)],
		...Array.from('\t\n\f\r\x1b', (control) => [
			`a text with ${JSON.stringify(control)}`,
			`It${control}begins with `,
		]),
	])('%s', (what, before) => {
		const kind = what === 'a comment' || what === 'XML' ? 'xml' : 'other';
		const content = what === 'a comment' ? `${before}${pdf}--><a/>` : `${before}${pdf}`;
		expect(fileKind(Buffer.from(content, 'latin1'))).toBe(kind);
	});
});

describe('XML is recognised by its markup', () => {
	const decl = '<?xml version="1.0"?>';
	test.each([
		`${decl}<a/>`,
		`\ufeff${decl}<a/>`,
		'  \r\n<!-- note --><a/>',
		'<a:Invoice/>',
		'<Invoice',
		`${decl}<Note>%PDF-1.7</Note>`,
		'<!-- a -->\n <!-- b -->\t<?c d?>\r\n <?e f?> <a/>',
		'<?erp-export v="1"?><a/>',
		'<Índice/>',
		'<Ωmega a="1">',
		'<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice/>',
		'<!DOCTYPE  Invoice><Invoice/>',
		`${decl}\n<!DOCTYPE Invoice []>\n<Invoice/>`,
		`${decl}<html xmlns="http://www.w3.org/1999/xhtml"/>`,
		'<table xmlns="urn:rates"/>',
		'<divisions/>',
	])('%j', (content) => {
		expect(fileKind(Buffer.from(content))).toBe('xml');
	});

	test.each([
		['white space', `${' \n'.repeat(30_000)}<a/>`],
		['white space and a declaration', `${' \n'.repeat(30_000)}${decl}<a/>`],
		[
			'a comment that does not end within the part that is examined',
			`<!-- ${'x'.repeat(headBytes)} --><a/>`,
		],
	])('after a lot of %s', (_, content) => {
		expect(fileKind(Buffer.from(content))).toBe('xml');
	});

	test.each([
		['LE with a byte order mark', Buffer.from('\ufeff<a/>', 'utf16le')],
		['BE with a byte order mark', Buffer.from('\ufeff<a/>', 'utf16le').swap16()],
		['LE without a byte order mark', Buffer.from('<a/>', 'utf16le')],
		['LE after a space', Buffer.from(' <a/>', 'utf16le')],
		['BE after an empty line', Buffer.from('\r\n<a/>', 'utf16le').swap16()],
		['LE after a byte order mark and a space', Buffer.from('\ufeff \n<Índice/>', 'utf16le')],
	])('UTF-16 %s', (_, content) => {
		expect(fileKind(content)).toBe('xml');
	});
});

describe('what begins with markup but is not XML', () => {
	test.each([
		'<!DOCTYPE html><html/>',
		'<!doctype  html>\n<html/>',
		'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>',
		'<!--[if mso]> <![endif]--><html xmlns="http://www.w3.org/TR/REC-html40">',
		'<HTML><BODY>',
		'<html><body><!DOCTYPE note></body></html>',
		'<html><?xml version="1.0"?></html>',
		'<div dir="ltr">Hello</div>',
		'\r\n<p>Hello<br>',
		'<table border=0><tr>',
		'<?php echo 1;',
		'<a@example.com> wrote:',
		'<http://example.com/>',
		'< 5',
		'<',
		'plain text',
		'',
	])('%j', (content) => {
		expect(fileKind(Buffer.from(content))).toBe('other');
	});

	test('in UTF-16', () => {
		expect(fileKind(Buffer.from('\ufeff<html><body>', 'utf16le'))).toBe('other');
		expect(fileKind(Buffer.from('\ufeffplain', 'utf16le'))).toBe('other');
	});
});

describe('a web page or drawing', () => {
	test.each([
		['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
		[
			'<?xml version="1.0"?>\n<!-- a --><s:svg xmlns:s="http://www.w3.org/2000/svg">',
			'an SVG drawing',
		],
		['<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>', 'an SVG drawing'],
		[
			'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
			'an HTML page',
		],
		['<!-- a -->\n<!DOCTYPE   svg><svg/>', 'an SVG drawing'],
		['<!doctype HTML>\n<p>', 'an HTML page'],
		['<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>', 'an HTML page'],
		['<Invoice><!DOCTYPE html></Invoice>', undefined],
		['<div>x</div>', 'an HTML page'],
		['<table xmlns="urn:rates"/>', undefined],
		['<Invoice><svg/></Invoice>', undefined],
		['<!DOCTYPE Invoice><Invoice/>', undefined],
		['<svgs/>', undefined],
		['%PDF-1.7', undefined],
		['', undefined],
	])('%j: %s', (content, kind) => {
		expect(webKind(Buffer.from(content))).toBe(kind);
	});
});
