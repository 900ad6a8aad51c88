import { Fault, Unsettled } from '../../nodes/SignStash/Fault';
import { Unanswered } from '../../nodes/SignStash/operations/sign/Unanswered';

const failure = { cause: 'temporarily-unavailable' } as const;
const open = (externalReference: string): Fault =>
	new Unsettled('It is not known.', '', { externalReference }, failure);
/** Registered and in progress at the service: a clear answer. */
const pending = new Unsettled('It is pending.', '', { externalReference: 'pending' });
const down = new Fault('Nothing was sent.', '', {}, failure);

/** Ends the given number of different documents without a clear answer. */
function ended(unanswered: Unanswered, count: number, first = 0): void {
	for (let number = first; number < first + count; number++)
		unanswered.ended({ number }, open(`R${number}`));
}

test('five documents in a row without a clear answer are too many', () => {
	const unanswered = new Unanswered();
	ended(unanswered, 4);
	expect(unanswered.areTooMany).toBe(false);
	ended(unanswered, 1, 4);
	expect(unanswered.areTooMany).toBe(true);
});

test.each<[name: string, clear: (unanswered: Unanswered) => void]>([
	['that is signed', (unanswered) => unanswered.answered()],
	['that is pending', (unanswered) => unanswered.ended({}, pending)],
	['that was never sent', (unanswered) => unanswered.ended({}, down)],
	['that fails for its own reason', (unanswered) => unanswered.ended({}, new Error('disk'))],
])('a document %s restarts the count', (_, clear) => {
	const unanswered = new Unanswered();
	ended(unanswered, 4);
	clear(unanswered);
	ended(unanswered, 4, 4);
	expect(unanswered.areTooMany).toBe(false);
});

test('documents that share a signature count once', () => {
	const unanswered = new Unanswered();
	const signature = {};
	for (let number = 0; number < 9; number++) unanswered.ended(signature, open('R'));
	ended(unanswered, 3);
	expect(unanswered.areTooMany).toBe(false);
	ended(unanswered, 1, 3);
	expect(unanswered.areTooMany).toBe(true);
});

test('once they are too many, later outcomes change nothing', () => {
	const unanswered = new Unanswered();
	ended(unanswered, 5);
	unanswered.answered();
	ended(unanswered, 3, 5);
	expect(unanswered.areTooMany).toBe(true);
	const fault = unanswered.faultOf('a.pdf');
	expect(fault).toMatchObject({
		message:
			"'a.pdf' was not sent: the 5 documents before it, one after the other, got no clear answer",
		remedy:
			"First find out what became of those with 'Recover by Reference': R0, R1, R2, R3, R4. Then run the workflow again.",
		failure,
	});
	expect(fault).not.toBeInstanceOf(Unsettled);
});
