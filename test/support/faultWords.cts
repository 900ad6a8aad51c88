import type { Fault } from '../../nodes/SignStash/Fault';
import type { NoAnswer } from '../../nodes/SignStash/service/Reply';
import { type FaultContext } from '../../nodes/SignStash/signing/faults';
import { operation, refusal } from './ScriptedPorts.cts';

export const last = refusal('unknown', {
	status: 500,
	code: '0.0.1',
	meaning: 'Unhandled.',
	cause: 'disk',
});
export const said = 'HTTP 500: 0.0.1 Unhandled. disk';
export const recover =
	"Use 'Recover by Reference' with 'R~2': it returns the signed document, or says what became of it.";
export const again =
	'Running this step again with the same document and settings uses the same reference, and finds the signature if there is one.';

export const shown = operation([
	{ signStatus: 'ERROR_SIGNING', signError: 'TIMESTAMP_SIGN_ERROR' },
]);
export const all: FaultContext = {
	name: 'a.pdf',
	reference: 'R~2',
	sent: true,
	operation: shown,
	document: shown.documents[0],
	flaw: 'is empty',
	last,
};

/** Words that are true only when the document was seen not to be signed. */
export const denials = /not signed this time|was not sent|was not signed|nothing was/i;
/** Words that lead to a new reference, and so may lead to a second signature. */
export const newReference = /its own 'External Reference'|with another 'External Reference'/;

export interface Words {
	told?: Partial<FaultContext>;
	message: string;
	remedy: string;
	/** Whether it says that nothing was signed, and whether it leads to a new reference. */
	denies?: true;
	renames?: true;
	failure?: Fault['failure'];
}

export const unavailable = { cause: 'temporarily-unavailable' } as const;
export const invalid = { cause: 'credential-invalid' } as const;
export const checkCredential =
	"Open the credential, check 'Client ID', 'Client Secret' and 'Environment', and save it again. This request was not sent.";
export const noToken: NoAnswer = { is: 'noToken', why: 'invalid_client' };
