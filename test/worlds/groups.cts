import type { InputFile } from '../support/engine.cts';
import { isSigned } from './judge.cts';
import { document, losesWhatIsAtWork, lost, signed, xml, type Job, type Scene } from './scene.cts';
import type { Seen } from './Stage.cts';

const together = { options: { documentsPerRequest: 3 } };

/** Where only the request's reference is unique, another group is another request: the user must not change groups. */
const losesGroups = (scene: Scene): boolean =>
	scene.limits.has('documents not unique') || losesWhatIsAtWork(scene);

export const gathered: Job = {
	name: 'a gathered request whose answer is lost, then one with some documents already signed',
	async play(scene) {
		const first = [await document('g1'), await document('g2'), xml('g3')];
		if (losesGroups(scene)) return [];
		await scene.stage.strike('sign', 'answering', { type: 'reset' });
		const problems = await signed(scene, first, lost(scene), together);
		const second = [await document('g4'), ...first.slice(0, 1), xml('g5')];
		return [...problems, ...(await signed(scene, second, lost(scene), together))];
	},
};

export const regrouped: Job = {
	name: 'documents that were signed together, then sent in other groups and alone',
	async play(scene) {
		if (losesGroups(scene)) return [];
		const files = [await document('r1'), await document('r2'), xml('r3')];
		const problems: string[] = [];
		for (const documentsPerRequest of [3, 2, 1]) {
			const parameters = { options: { documentsPerRequest } };
			problems.push(...(await signed(scene, files, lost(scene), parameters)));
		}
		return problems;
	},
};

/** Which documents were returned with another one's file. */
function mistaken(files: InputFile[], all: Array<Seen | undefined>): string[] {
	return files
		.filter((file, index) => all[index]?.bytes && !isSigned(file, all[index].bytes))
		.map(({ fileName }) => `another document's file was returned as ${fileName}`);
}

export const shifted: Job = {
	name: 'given references that each shift to the next document in a second run',
	async play({ stage }) {
		const parameters = { ...together, externalReference: '=N-{{ $itemIndex }}' };
		const first = [await document('s1'), await document('s2')];
		const second = [await document('s0'), ...first];
		const problems = mistaken(first, await stage.sign(first, parameters));
		problems.push(...mistaken(second, await stage.sign(second, parameters)));
		const alone = { externalReference: '=N-{{ $itemIndex }}' };
		return [...problems, ...mistaken(second, await stage.sign(second, alone))];
	},
};

export const swapped: Job = {
	name: 'contents of two documents that are swapped in an answer',
	async play(scene) {
		if (losesGroups(scene)) return [];
		const files = [await document('w1'), xml('w2')];
		await scene.stage.strike('sign', 'received', { type: 'swap' });
		return await signed(scene, files, lost(scene), together);
	},
};

/** Statuses with which firewalls and gateways refuse with their own page. */
const pageStatuses = [400, 401, 403, 413, 429];

export const pages: Job = {
	name: "pages from a gateway in place of the service's answers, and before the service is reached",
	async play(scene) {
		if (losesWhatIsAtWork(scene)) return [];
		const headers = { 'content-type': 'text/html' };
		const problems: string[] = [];
		for (const moment of ['answering', 'received']) {
			for (const [skip, status] of pageStatuses.entries()) {
				const body = `<html><title>${status}</title><h1>Request blocked</h1></html>`;
				const action = { type: 'answer', status, headers, body };
				await scene.stage.strike('sign', moment, action, skip);
			}
			const files = await Promise.all(
				pageStatuses.map(async (status) => await document(`page ${moment} ${status}`)),
			);
			problems.push(...(await signed(scene, files, lost(scene))));
		}
		return problems;
	},
};

export const atWork: Job = {
	name: 'a gateway that gives up while the document is being signed',
	async play(scene) {
		// Nothing is signed, so nothing is in progress.
		if (scene.limits.has('refuses derived references') || losesWhatIsAtWork(scene)) return [];
		const action = { type: 'answer', status: 504, body: '<html>Gateway Time-out</html>' };
		await scene.stage.strike('sign', 'registered', action);
		return await signed(scene, [await document('at work')], lost(scene));
	},
};
