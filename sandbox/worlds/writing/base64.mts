import { row } from '../play.mts';
import { encode } from '../../wire/contentJson.mts';

/** The base64 of a content as it is written in JSON, in slices. */
export type Base64Notation = (content: Buffer) => Buffer[];

const LINE = /.{1,76}/g;

const written =
	(change: (base64: string) => string): Base64Notation =>
	(content) => [Buffer.from(change(content.toString('base64')))];

/** How the base64 of signed documents is written. */
export const base64 = row<Base64Notation>('base64', {
	plain: encode,
	lines: written((text) => (text.match(LINE) ?? []).join('\\r\\n')),
	'data-url': written((text) => `data:application/octet-stream;base64,${text}`),
	'url-safe': (content) => [Buffer.from(content.toString('base64url'))],
	unpadded: written((text) => text.replace(/=+$/, '')),
});
