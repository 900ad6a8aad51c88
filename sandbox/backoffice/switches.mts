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
/** What the control API tells of the sandbox itself, as far as the page shows it. */
export interface Info {
	baseUrl: string;
	tokenUrl: string;
	clients: Client[];
}

/** A fault that waits for its call, as the control API tells it. */
export interface Armed {
	on: string;
	times: number;
	moment: string;
	action: { type: string; status?: number };
}

/** What a person calls the calls, the moments and the actions of faults. */
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

/** A fault that strikes the next calls it is for. */
export const faults: Array<[label: string, fault: object]> = [
	[
		'Break the connection before anything arrives',
		{ on: 'sign', moment: 'received', action: { type: 'reset' } },
	],
	[
		'Break the connection after signing',
		{ on: 'sign', moment: 'signed', action: { type: 'reset' } },
	],
	['Register, and never answer', { on: 'sign', moment: 'registered', action: { type: 'reset' } }],
	[
		'Leave the answer hanging after signing',
		{ on: 'sign', moment: 'signed', action: { type: 'hang' } },
	],
	[
		'Be busy, twice',
		{
			on: 'sign',
			moment: 'received',
			times: 2,
			action: { type: 'answer', status: 429, headers: { 'retry-after': '2' } },
		},
	],
	[
		'Answer no look-up, twenty times',
		{ on: 'lookup', moment: 'received', times: 20, action: { type: 'answer', status: 503 } },
	],
];

/** What stays on until it is switched off: how it is set, how it is taken back, and how it is seen. */
export interface Switch {
	label: string;
	/** What a person would wonder about, shown beside the button. */
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
		label: 'Sign slowly: 3 s a document',
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
		'n8n goes on with the token that it holds; the test of a changed credential fetches a new one.',
	),
	clientSwitch('E-mails cannot be sent', 'emailFailing'),
];
