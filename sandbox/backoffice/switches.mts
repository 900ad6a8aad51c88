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
	on: (info: Info) => object;
	off: (info: Info) => object;
	isOn: (settings: Settings, info: Info) => boolean;
}

function clientSwitch(label: string, state: string): Switch {
	const idOf = ({ clients }: Info): string => clients[0]?.clientId ?? '';
	return {
		label,
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
	clientSwitch('Secret refused', 'secretRejected'),
	clientSwitch('E-mails cannot be sent', 'emailFailing'),
];
