/** The settings of the control API that the page shows. */
export interface Settings {
	delay: { perRequestMs: number; perDocumentMs: number };
	async: object | null;
	clients: Record<string, Record<string, boolean>>;
	world: Record<string, string>;
}
interface Client {
	name: string;
	clientId: string;
	clientSecret: string;
}
/** What the control API says about the sandbox itself; only what the page shows. */
export interface Info {
	baseUrl: string;
	tokenUrl: string;
	clients: Client[];
}

/** A fault that waits for its call, as the control API reports it. */
export interface Armed {
	on: string;
	times: number;
	moment: string;
	action: { type: string; status?: number };
}

/** Calls, moments and actions of faults in words. */
const calls: Record<string, string> = {
	sign: 'signing request',
	signMultipart: 'signing request',
	lookup: 'look-up by reference',
	status: 'status request',
	detail: 'request for details',
	documents: 'request for signed documents',
	resend: 'request to send an email again',
	token: 'token call',
};
const moments: Record<string, string> = {
	received: 'before it is read',
	registered: 'when it is registered, not yet signed',
	signed: 'after signing',
	answering: 'in the middle of its answer',
};
const actions: Record<string, string> = {
	reset: 'breaks the connection',
	hang: 'never answers',
	cut: 'cuts its answer short',
};

/** An armed fault as a sentence: which calls it strikes, and what happens to them. */
export function inWords({ on, moment, times, action }: Armed): string {
	const what = calls[on] ?? `'${on}' call`;
	const next = times === 1 ? `The next ${what}` : `The next ${times} calls of this kind (${what})`;
	const does =
		action.status === undefined
			? (actions[action.type] ?? action.type)
			: `answers with status ${action.status}`;
	return `${next}: the sandbox ${does} ${moments[moment] ?? moment}.`;
}

/** Faults that strike the next calls of their kind. */
export const faults: Array<[label: string, fault: object]> = [
	[
		'Break the connection before anything arrives',
		{ on: 'sign', moment: 'received', action: { type: 'reset' } },
	],
	[
		'Break the connection after signing',
		{ on: 'sign', moment: 'signed', action: { type: 'reset' } },
	],
	[
		'Break the connection after registering',
		{ on: 'sign', moment: 'registered', action: { type: 'reset' } },
	],
	[
		'Leave the answer hanging after signing',
		{ on: 'sign', moment: 'signed', action: { type: 'hang' } },
	],
	[
		'Be busy twice',
		{
			on: 'sign',
			moment: 'received',
			times: 2,
			action: { type: 'answer', status: 429, headers: { 'retry-after': '2' } },
		},
	],
	[
		'Fail the next twenty look-ups',
		{ on: 'lookup', moment: 'received', times: 20, action: { type: 'answer', status: 503 } },
	],
];

/** A setting that stays on until it is switched off: how to set it, undo it and see whether it is on. */
export interface Switch {
	label: string;
	/** Explains what might surprise the user; shown as the button's tooltip. */
	note?: string;
	on: (info: Info) => object;
	off: (info: Info) => object;
	isOn: (settings: Settings, info: Info) => boolean;
}

function clientSwitch(label: string, state: string, note?: string): Switch {
	const idOf = ({ clients }: Info): string => clients[0]?.clientId ?? '';
	return {
		label,
		...(note !== undefined && { note }),
		on: (info) => ({ clients: { [idOf(info)]: { [state]: true } } }),
		off: () => ({ clients: {} }),
		isOn: ({ clients }, info) => clients[idOf(info)]?.[state] === true,
	};
}

/** All switches of the page. */
export const switches: Switch[] = [
	{
		label: 'Sign slowly: 3 s per document',
		on: () => ({ delay: { perDocumentMs: 3000 } }),
		off: () => ({ delay: {} }),
		isOn: ({ delay }) => delay.perDocumentMs > 0,
	},
	{
		label: 'Sign later: pending at first',
		on: () => ({ async: { pendingPolls: 3 } }),
		off: () => ({ async: null }),
		isOn: (settings) => settings.async !== null,
	},
	clientSwitch('No certificate', 'noCertificate'),
	clientSwitch('Client service inactive', 'clientServiceInactive'),
	clientSwitch(
		'Secret refused, from the next token on',
		'secretRejected',
		'n8n keeps using the token it has; testing a changed credential fetches a new one.',
	),
	clientSwitch('Emails cannot be sent', 'emailFailing'),
];
