import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { Fault } from '../../nodes/SignStash/Fault';
import { signTogether, type Settled } from '../../nodes/SignStash/signing/carryOut';
import { requestReference } from '../../nodes/SignStash/signing/evidence';
import type { SignedDocument, SigningJob } from '../../nodes/SignStash/signing/SigningJob';
import { answer, operation, refusal, ScriptedPorts, type Script } from './ScriptedPorts.cts';

export const signedBytes = Buffer.from('signed');
export const fingerprint = 'a'.repeat(64);

const saysNothing: SigningJob['shows'] = async () => undefined;

/** A job; it recognises the contents that `shows` calls its own. */
export const jobOf = ({ shows = saysNothing, ...more }: Partial<SigningJob> = {}): SigningJob => ({
	reference: 'R',
	derived: false,
	fingerprint,
	name: 'a.pdf',
	contentLength: 1000,
	document: (externalReference) => ({
		documentRequest: {
			externalReference,
			name: 'a.pdf',
			contentType: 'application/pdf',
			content: contentOf(Buffer.from('document')),
		},
		signatureInfo: { signatureType: 'PAdES' },
	}),
	settings: { preservationInfo: { preserveContent: false } },
	ifAlreadySigned: 'return',
	wantContent: true,
	patience: { call: 10_000, completion: 60_000 },
	shows,
	isIn: async (signed) => (await shows(signed)) === 'mine',
	flaw: () => undefined,
	misfit: 'Check the file.',
	...more,
});

export const mark = requestReference('R', [{ reference: 'R', fingerprint, derived: false }]);
export const isOurs = { requestReferences: [mark] };
export const duplicate = refusal('duplicate', { status: 409, code: '0.0.7' });
export const busy = (retryAfter?: number) => refusal('busy', { status: 429, retryAfter });
export const noToken = refusal('token', { status: 401, meaning: 'expired' });
export const signedNow = answer(operation([{ content: signedBytes }], isOurs));

export type Play = { ports: ScriptedPorts; settled: Settled };

export async function play(
	script: Script,
	jobs = [jobOf()],
	set?: Partial<ScriptedPorts>,
): Promise<Play> {
	const ports = Object.assign(new ScriptedPorts(script), set);
	const [first = jobOf(), ...others] = jobs;
	return { ports, settled: await signTogether(ports, [first, ...others]) };
}

export function fileOf({ settled }: Play, index = 0): SignedDocument {
	const one = settled[index];
	if (one?.status !== 'fulfilled') throw one?.reason;
	return one.value;
}

export function faultIn({ settled }: Play, index = 0): Fault {
	const one = settled[index];
	if (one?.status !== 'rejected' || !(one.reason instanceof Fault))
		throw new Error('it did not end in a fault');
	return one.reason;
}

export const times = <Value,>(count: number, value: Value): Value[] =>
	Array.from({ length: count }, () => value);
