import { sleep } from 'n8n-workflow';

/** How often to look for a stored token, in milliseconds: this is time that n8n takes, which no test skips. */
const tokenLook = 20;

/** The first token fetch in progress for each credential, across all executions of this process. */
const fetching = new Map<string, Promise<void>>();

/**
 * Makes calls one of which has n8n fetch the first token. n8n does not lock that fetch. So one call goes alone,
 * and the others, also those of other executions, wait until n8n has stored the token, which it does before it
 * sends that call, or until that call has ended.
 *
 * @param key identifies the credential
 */
export function withFirstToken<Given, Result>(
	key: string,
	call: (given: Given) => Promise<Result>,
	tokenIsStored: () => Promise<boolean>,
): (given: Given) => Promise<Result> {
	let stored = false;
	return async (given) => {
		while (!stored) {
			// If the credential cannot be read, the call itself shows it.
			stored = await tokenIsStored().catch(() => true);
			if (stored) break;
			const first = fetching.get(key);
			if (first === undefined)
				return await callAlone(key, async () => await call(given), tokenIsStored);
			await first;
		}
		return await call(given);
	};
}

async function callAlone<Result>(
	key: string,
	call: () => Promise<Result>,
	tokenIsStored: () => Promise<boolean>,
): Promise<Result> {
	const state = { ended: false };
	const result = call().finally(() => (state.ended = true));
	const untilStored = async (): Promise<void> => {
		while (!state.ended && !(await tokenIsStored().catch(() => true))) await sleep(tokenLook);
	};
	fetching.set(
		key,
		untilStored().finally(() => fetching.delete(key)),
	);
	return await result;
}
