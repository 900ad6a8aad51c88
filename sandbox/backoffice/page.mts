/** The script of the sandbox's page: it shows what the control API reports, and arms faults. */
import { faults, inWords, switches } from './switches.mts';
import type { Armed, Info, Settings, Switch } from './switches.mts';

interface WorldRow {
	name: string;
	asks: string;
	alternatives: Array<{ id: string; text: string }>;
}
type Cell = string | number | null | undefined;
type Shown = Record<string, Cell>;

const often = 1000;
const latest = 100;

function place(id: string): HTMLElement {
	const found = document.getElementById(id);
	if (found === null) throw new Error(`the page has no ${id}`);
	return found;
}

function make(tag: string, text: Cell = '', children: Node[] = []): HTMLElement {
	const element = document.createElement(tag);
	if (text !== '') element.textContent = String(text ?? '–');
	element.append(...children);
	return element;
}

async function control<Result>(path: string, method = 'GET', body?: object): Promise<Result> {
	const response = await fetch(path, {
		method,
		...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
	const result: Result = await response.json();
	return result;
}

function button(label: string, work: () => Promise<unknown>): HTMLElement {
	const element = make('button', label);
	element.addEventListener('click', () => void work().then(refresh));
	return element;
}

/** Words longer than this may break: a derived reference has over a hundred letters. */
const longestWord = 24;

function cellFor(value: Cell): HTMLElement {
	const cell = make('td', value ?? null);
	const isLong = String(value ?? '')
		.split(' ')
		.some((word) => word.length > longestWord);
	if (isLong) cell.className = 'long';
	return cell;
}

/** Shows rows as a table; the first row's property names are the columns. */
function show(id: string, rows: Shown[], none: string): void {
	const columns = Object.keys(rows[0] ?? {});
	const head = make(
		'tr',
		'',
		columns.map((name) => make('th', name)),
	);
	const body = rows.map((row) =>
		make(
			'tr',
			'',
			columns.map((name) => cellFor(row[name])),
		),
	);
	place(id).replaceChildren(
		rows.length === 0
			? make('p', none)
			: scrolling(make('table', '', [make('thead', '', [head]), make('tbody', '', body)])),
	);
}

/** A table that is wider than a small screen scrolls in its own frame. */
function scrolling(table: HTMLElement): HTMLElement {
	const frame = make('div', '', [table]);
	frame.className = 'table';
	return frame;
}

const time = (at: string): string => new Date(at).toLocaleTimeString();

interface Views {
	'/operations': Array<{
		id: number;
		creationDate: string;
		status: string;
		externalReference: string;
		documents: string[];
	}>;
	'/documents': Array<{
		operationId: number;
		externalReference: string;
		name: string;
		signatureInfo: { signatureType: string };
		signStatus: string;
		signError?: string;
	}>;
	'/outbox': Array<{
		at: string;
		operationId: number;
		email: string;
		kind: string;
		status: string;
		attempts: number;
	}>;
	'/calls': Array<{
		at: string;
		on: string;
		method: string;
		status: number | null;
		externalReferences?: string[];
	}>;
}

async function read<Path extends keyof Views>(path: Path): Promise<Views[Path]> {
	return await control(`/_control${path}`);
}

function latestFirst<Row>(rows: Row[]): Row[] {
	return rows.slice(-latest).reverse();
}

async function showRecords(): Promise<void> {
	const [operations, documents, mails, calls] = await Promise.all([
		read('/operations'),
		read('/documents'),
		read('/outbox'),
		read('/calls'),
	]);
	show(
		'operations',
		latestFirst(operations).map((one) => ({
			Operation: one.id,
			Created: time(one.creationDate),
			Status: one.status,
			Documents: one.documents.length,
		})),
		'No operation yet.',
	);
	show(
		'documents',
		latestFirst(documents).map((one) => ({
			Operation: one.operationId,
			Document: one.name,
			'External reference': one.externalReference,
			Type: one.signatureInfo.signatureType,
			Status: one.signError ?? one.signStatus,
		})),
		'No documents yet.',
	);
	show(
		'emails',
		latestFirst(mails).map((one) => ({
			Operation: one.operationId,
			Receiver: one.email,
			Sent: time(one.at),
			Why: one.kind === 'resend' ? 'sent again' : 'after signing',
			Status: one.status,
			Tries: one.attempts,
		})),
		'No emails yet.',
	);
	show(
		'calls',
		latestFirst(calls).map((one) => ({
			At: time(one.at),
			Call: one.on,
			Status: one.status,
			References: one.externalReferences?.join(', '),
		})),
		'No calls yet.',
	);
}

async function showFaults(info: Info): Promise<void> {
	const [armed, settings] = await Promise.all([
		control<Armed[]>('/_control/faults'),
		control<Settings>('/_control/settings'),
	]);
	place('armed').replaceChildren(
		...armed
			.filter(({ times }) => times > 0)
			.map(({ on, moment, times, action }) => make('li', inWords({ on, moment, times, action }))),
	);
	for (const [index, one] of switches.entries())
		place('switches').children[index]?.setAttribute(
			'aria-pressed',
			String(one.isOn(settings, info)),
		);
	for (const select of Array.from(place('worlds').querySelectorAll('select')))
		if (document.activeElement !== select) select.value = settings.world[select.name] ?? '';
}

async function toggle(one: Switch, info: Info): Promise<void> {
	const settings = await control<Settings>('/_control/settings');
	const change = one.isOn(settings, info) ? one.off(info) : one.on(info);
	await control('/_control/settings', 'PATCH', change);
}

async function calm(info: Info): Promise<void> {
	await control('/_control/faults', 'DELETE');
	for (const one of switches) await control('/_control/settings', 'PATCH', one.off(info));
}

function worldChoice({ name, asks, alternatives }: WorldRow): HTMLElement {
	const select = document.createElement('select');
	select.name = name;
	for (const { id, text } of alternatives) select.append(new Option(text, id));
	select.addEventListener('change', () => {
		void control<Settings>('/_control/settings')
			.then(({ world }) => ({ world: { ...world, [name]: select.value } }))
			.then(async (change) => await control('/_control/settings', 'PATCH', change));
	});
	return make('label', asks, [select]);
}

function switchButton(one: Switch, info: Info): HTMLElement {
	const element = button(one.label, async () => await toggle(one, info));
	if (one.note !== undefined) element.title = one.note;
	return element;
}

function build(info: Info, rows: WorldRow[]): void {
	const { clientId, clientSecret } = info.clients[0] ?? {};
	const facts = {
		'API Base URL': info.baseUrl,
		'Token URL': info.tokenUrl,
		'Client ID': clientId,
		'Client Secret': clientSecret,
	};
	for (const [name, value] of Object.entries(facts))
		place('client').append(make('dt', name), make('dd', value));
	for (const [label, fault] of faults)
		place('fault-buttons').append(
			button(label, async () => await control('/_control/faults', 'POST', fault)),
		);
	for (const one of switches) place('switches').append(switchButton(one, info));
	place('calm').addEventListener('click', () => void calm(info).then(refresh));
	place('reset').addEventListener(
		'click',
		() => void control('/_control/reset', 'POST').then(refresh),
	);
	place('worlds').append(...rows.map(worldChoice));
}

const info = await control<Info>('/_control/info');
build(info, await control<WorldRow[]>('/backoffice/worlds'));

async function refresh(): Promise<void> {
	const answers = await Promise.all([showRecords(), showFaults(info)]).catch(() => undefined);
	place('silence').hidden = answers !== undefined;
}

await refresh();
setInterval(() => void refresh(), often);
