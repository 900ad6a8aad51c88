import { Refusal } from '../Refusal.mts';
import { row } from './play.mts';

const after = (status: number, retryAfter: string): Refusal =>
	new Refusal(status, undefined, { 'retry-after': retryAfter });

/** The answer to a call over the limit. @param seconds to wait, if the settings give them */
type Busy = (seconds: number | undefined) => Refusal;

export const busyAnswer = row<Busy>('busy-answer', {
	'bare-429': (seconds) => (seconds === undefined ? new Refusal(429) : after(429, String(seconds))),
	'seconds-429': (seconds = 2) => after(429, String(seconds)),
	'date-429': (seconds = 2) => after(429, new Date(Date.now() + seconds * 1000).toUTCString()),
	'zero-429': () => after(429, '0'),
	'hour-429': () => after(429, '3600'),
	'words-429': () =>
		new Refusal(429, {
			errorCode: 'SANDBOX.BUSY',
			errorCodeDescription: 'Too many requests at a time.',
		}),
	'seconds-503': (seconds = 2) => after(503, String(seconds)),
});
