interface Attachment {
	name: string;
	type: string;
	content: Buffer;
}

const boundary = 'signstash-part';
/** Bytes in a base64 line of an email (RFC 2045: 76 characters at most). */
const lineBytes = 57;

/** An email with attachments, in its wire format. */
export function emailWith(from: string, subject: string, attachments: Attachment[]): string {
	const parts = attachments.map(({ name, type, content }) =>
		[
			`Content-Type: ${type}; name="${name}"`,
			`Content-Disposition: attachment; filename="${name}"`,
			'Content-Transfer-Encoding: base64',
			'',
			...lines(content),
		].join('\r\n'),
	);
	const text = ['Content-Type: text/plain; charset=utf-8', '', 'See the attachments.'].join('\r\n');
	const body = [text, ...parts].map((part) => `--${boundary}\r\n${part}\r\n`).join('');
	return [
		`From: ${from}`,
		'To: invoices@example.com',
		`Subject: ${subject}`,
		`Date: ${new Date().toUTCString()}`,
		`Message-ID: <${subject.replaceAll(' ', '-')}@example.com>`,
		'MIME-Version: 1.0',
		`Content-Type: multipart/mixed; boundary="${boundary}"`,
		'',
		`${body}--${boundary}--`,
		'',
	].join('\r\n');
}

function lines(content: Buffer): string[] {
	const all: string[] = [];
	for (let at = 0; at < content.length; at += lineBytes)
		all.push(content.subarray(at, at + lineBytes).toString('base64'));
	return all;
}

/** The attachments of an email by their names. */
export function attachmentsOf(message: string): Map<string, Buffer> {
	const found = new Map<string, Buffer>();
	for (const part of message.split(/\r?\n--/)) {
		const name = /filename="?([^"\r\n;]+)/.exec(part)?.[1];
		const [, content] = part.split(/\r?\n\r?\n/, 2);
		if (name !== undefined && content !== undefined)
			found.set(name, Buffer.from(content, 'base64'));
	}
	return found;
}
