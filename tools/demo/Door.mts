import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Server } from 'node:net';
import { atEnd } from '../n8n/children.mts';

interface Plate {
	port: number;
	token: string;
}

/** How long to wait for an answer from another start's door, in milliseconds. */
const patienceMs = 2000;

/**
 * Keeps a second start out of a home: a port on loopback answers with what is running here, and a file
 * names the port. A crash could leave a file behind, but then nobody answers on the port.
 */
export class Door {
	#words = '';

	private constructor(server: Server, token: string) {
		server.on('connection', (socket) => socket.end(`${token}\n${this.#words}`));
		server.unref();
	}

	/** Opens the door of a home. @returns the words of another start if one is already running there */
	static async open(file: string): Promise<Door | string> {
		for (;;) {
			const plate = readPlate(file);
			const words = plate && (await knock(plate));
			if (words !== undefined) return words;
			rmSync(file, { force: true });
			const token = randomUUID();
			const server = createServer();
			await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
			const door = new Door(server, token);
			if (hang(file, { port: (server.address() as AddressInfo).port, token })) return door;
			server.close();
		}
	}

	/** Sets what a second start is told from now on. */
	tell(words: string): void {
		this.#words = words;
	}
}

/** @returns false when another start was faster */
function hang(file: string, plate: Plate): boolean {
	try {
		writeFileSync(file, JSON.stringify(plate), { flag: 'wx' });
	} catch {
		return false;
	}
	atEnd(() => rmSync(file, { force: true }));
	return true;
}

function readPlate(file: string): Plate | undefined {
	try {
		const plate: Plate = JSON.parse(readFileSync(file, 'utf8'));
		return plate;
	} catch {
		return undefined;
	}
}

/** @returns what the door says; undefined if it is not ours or nobody answers */
async function knock({ port, token }: Plate): Promise<string | undefined> {
	const heard = await new Promise<string>((resolve) => {
		let text = '';
		const socket = createConnection({ host: '127.0.0.1', port });
		socket.setTimeout(patienceMs, () => socket.destroy());
		socket.on('data', (chunk) => (text += chunk.toString()));
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(text));
	});
	const [first, ...words] = heard.split('\n');
	return first === token ? words.join('\n') : undefined;
}
