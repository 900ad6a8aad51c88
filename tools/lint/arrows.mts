/**
 * The rooms of the house and what each may import. A file belongs to the room with the longest path that contains
 * it, and may import anything within its room. `types` may only be imported as types.
 * No other arrows exist: adding one changes the house (CONTRIBUTING).
 */
export interface Arrows {
	imports: readonly string[];
	types?: readonly string[];
}

const NODE = 'nodes/SignStash';
const N8N = 'tools/n8n';
const VERIFY = 'tools/verify';
const NPM = 'tools/npm';

export const ROOMS: Readonly<Record<string, Arrows>> = {
	credentials: { imports: [`${NODE}/service`] },
	[NODE]: { imports: [`${NODE}/operations`] },
	[`${NODE}/operations`]: {
		imports: ['signing', 'documents', 'service', 'bytes', 'flow', 'Fault'].map(
			(room) => `${NODE}/${room}`,
		),
		types: [`${NODE}/service/messages`],
	},
	[`${NODE}/signing`]: {
		imports: ['service', 'bytes', 'Fault'].map((room) => `${NODE}/${room}`),
		types: [`${NODE}/service/messages`],
	},
	[`${NODE}/documents`]: {
		imports: [`${NODE}/bytes`, `${NODE}/Fault`],
	},
	[`${NODE}/service`]: {
		imports: [`${NODE}/bytes`],
		types: [`${NODE}/service/messages`, `${NODE}/service/generated`],
	},
	// The contract's messages: types without code, so that a request can be described without knowing the wire.
	[`${NODE}/service/messages`]: {
		imports: [],
		types: [`${NODE}/service/generated`, `${NODE}/bytes`],
	},
	[`${NODE}/service/generated`]: { imports: [] },
	[`${NODE}/bytes`]: { imports: [] },
	[`${NODE}/flow`]: { imports: [] },
	[`${NODE}/Fault`]: { imports: [] },

	sandbox: { imports: [], types: [`${NODE}/service/generated`] },
	'sandbox/test': { imports: ['sandbox', N8N, VERIFY] },
	'tools/conformance': { imports: ['sandbox'] },
	'tools/conformance/test': { imports: ['tools/conformance', 'sandbox', N8N] },
	[VERIFY]: { imports: [] },
	'tools/verify/test': { imports: [VERIFY, N8N, 'sandbox'] },
	[NPM]: { imports: [] },
	[N8N]: { imports: [NPM] },
	'tools/demo': { imports: [N8N, VERIFY] },
	'tools/bench': { imports: [N8N] },
	'test/e2e': { imports: [N8N, VERIFY, 'tools/demo'] },
	'test/install': { imports: [NPM] },
	'test/queue': { imports: [N8N, VERIFY, 'test/e2e', 'tools/bench'] },
	'tools/lint': { imports: [NPM] },
	'tools/release': { imports: ['tools/lint'] },
	'tools/compat': { imports: [N8N, NPM] },
	tools: { imports: ['sandbox'] },
	'tools/mutation/jest': { imports: ['test', `${NODE}/signing`] },
	test: {
		imports: [
			N8N,
			VERIFY,
			'credentials',
			NODE,
			...['operations', 'signing', 'documents', 'service', 'bytes', 'flow', 'Fault'].map(
				(room) => `${NODE}/${room}`,
			),
		],
		types: [`${NODE}/service/messages`, `${NODE}/service/generated`],
	},
	'.ci': { imports: [] },
};

const inside = (path: string, room: string) =>
	path === room || path.startsWith(`${room}/`) || path.startsWith(`${room}.`);

/** The room of a path, which is relative to the project; undefined if it is in no room. */
export function roomOf(
	path: string,
	rooms: readonly string[] = Object.keys(ROOMS),
): string | undefined {
	return rooms
		.filter((room) => inside(path, room))
		.sort((a, b) => b.length - a.length)
		.at(0);
}

/** What is wrong with an import between two files, given as paths within the project; undefined if nothing is. */
export function wrongArrow(from: string, to: string, onlyTypes: boolean): string | undefined {
	const [source, target] = [roomOf(from), roomOf(to)];
	if (source === undefined) return `'${from}' is in no room; tools/lint/arrows.mts lists the rooms`;
	if (target === undefined) return `'${to}' is in no room; tools/lint/arrows.mts lists the rooms`;
	const { imports, types = [] } = ROOMS[source] ?? { imports: [] };
	if (source === target || imports.includes(target)) return undefined;
	if (!types.includes(target))
		return `'${source}' must not import from '${target}' (tools/lint/arrows.mts)`;
	return onlyTypes ? undefined : `'${source}' may only import types from '${target}'`;
}
