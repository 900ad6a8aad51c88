import type { IncomingMessage } from 'node:http';

/** Which endpoint a call is for. */
export type On = 'token' | 'sign' | 'lookup' | 'status' | 'detail' | 'resend';

/** A call that arrived. */
export interface Call {
	on: On;
	/** Its number among the calls of its endpoint, from 1. */
	n: number;
	/** The reference or the operation that it asks for. */
	subject: string;
	/** The rest of the path. */
	more?: string;
	authorization?: string;
	body: string;
}

const paths: Array<[path: RegExp, on: On]> = [
	[/\/oauth\/token$/, 'token'],
	[/\/document\/sign\/base64\/$/, 'sign'],
	[/\/operation\/id\/withDocumentExternalReference\/([^/]+)$/, 'lookup'],
	[/\/operation\/status\/(\d+)$/, 'status'],
	[/\/operation\/sign\/detail\/(\d+)\/contentInResponse\/(true|false)$/, 'detail'],
	[/\/delivery\/mail\/resend\/(\d+)\/(true|false)$/, 'resend'],
];

/** A call from its request; anything outside the contract is a fault of the node. */
export function callOf({ url = '', headers }: IncomingMessage, body: string): Call {
	for (const [path, on] of paths) {
		const [whole, subject = '', more] = path.exec(url) ?? [];
		if (whole === undefined) continue;
		const { authorization } = headers;
		return { on, n: 0, subject: decodeURIComponent(subject), more, authorization, body };
	}
	throw new Error(`unknown address ${url}`);
}
