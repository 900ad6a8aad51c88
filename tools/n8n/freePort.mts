import { createServer } from 'node:net';

/** A port on loopback that is free at this moment. */
export async function freePort(): Promise<number> {
	return await listenedOn(0);
}

/** This port if it is free at this moment, otherwise another free one. */
export async function portOrFree(wanted: number): Promise<number> {
	return await listenedOn(wanted).catch(freePort);
}

async function listenedOn(wanted: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
