import type { INodeParameters } from 'n8n-workflow';
import { pdf } from '../support/files.cts';
import type { InputFile } from '../support/engine.cts';
import { png } from './image.cts';
import { broken, recovers } from './judge.cts';
import type { Limit } from './limits.cts';
import type { Seen, Stage } from './Stage.cts';
import type { World } from './rows.cts';

/** What a job needs: the stage, and what the world keeps from its user. */
interface Scene {
	stage: Stage;
	world: World;
	limits: ReadonlySet<Limit>;
}

/** What a document may come to besides its file. */
interface Allowed {
	/** It need not come back from the first run, but from a later one or Recover by Reference. */
	later?: boolean;
	/** It may be refused for good, with nothing signed. */
	refused?: boolean;
	/** It may be signed and out of reach, as long as that is told. */
	outOfReach?: boolean;
}

/** Something a user does, judged. @returns the promises that were broken */
interface Job {
	name: string;
	/** Whether it says anything in a world; in all without it. */
	applies?(world: World): boolean;
	play(scene: Scene): Promise<string[]>;
}

/** Runs and recoveries until a document has to be there; look-ups that lag take many. */
const triesIn = ({ limits }: Scene): number => (limits.has('lagging') ? 6 : 2);

/** A document of its own for each text. The name is one that services write otherwise. */
const document = async (text: string): Promise<InputFile> =>
	await pdf(text, `Fatura FT 2025_1 março ${text}.pdf`);

/** An XML document that is sent as it is: no UBL, whose signature needs a place made for it. */
function xml(text: string): InputFile {
	const content = Buffer.from(
		`<?xml version="1.0"?>\n<Declaration><Text>${text}</Text></Declaration>\n`,
	);
	return { content, fileName: `${text}.xml`, mimeType: 'text/xml' };
}

function allowed({ limits }: Scene, more: Allowed = {}): Allowed {
	const contentsLost = limits.has('no contents') && limits.has('needs look-ups');
	const unseen = limits.has('no look-ups') && limits.has('needs look-ups');
	return {
		...more,
		later: more.later ?? false,
		refused: more.refused === true || limits.has('refuses derived references'),
		outOfReach: more.outOfReach === true || contentsLost || unseen,
	};
}

/** What may become of a document whose answer was lost. */
function lost(scene: Scene, more: Allowed = {}): Allowed {
	const { limits } = scene;
	return allowed(scene, {
		...more,
		later: true,
		outOfReach: limits.has('no look-ups') || limits.has('no contents'),
	});
}

async function judged(
	{ stage }: Scene,
	file: InputFile,
	seen: Seen | undefined,
	may: Allowed,
): Promise<string[]> {
	const held = await stage.held(file);
	const problems = broken(file, seen, held);
	if (problems.length > 0 || seen?.bytes) return problems;
	const out = (held.made === 0 && may.refused) || may.later || may.outOfReach;
	return out ? [] : [`not returned: ${seen?.words ?? ''}`];
}

/** Signs documents as long as one has not come back, and recovers what does not; judges each run. */
async function signed(
	scene: Scene,
	files: InputFile[],
	may: Allowed,
	parameters: INodeParameters = {},
): Promise<string[]> {
	const { stage } = scene;
	const problems: string[] = [];
	const tries = triesIn(scene);
	for (let run = 0; run < tries; run++) {
		const patience = run === tries - 1 ? { ...may, later: false } : may;
		const all = await stage.sign(files, parameters);
		await stage.calm();
		for (const [index, file] of files.entries()) {
			const seen = all[index];
			problems.push(...(await judged(scene, file, seen, patience)).map(runs(run)));
			if (run === 0 && seen && !seen.bytes && !may.outOfReach && (await stage.held(file)).made > 0)
				problems.push(...(await recovers(stage, file, seen, tries)));
		}
		if (problems.length > 0 || all.every((seen) => seen?.bytes)) break;
	}
	return problems;
}

const runs =
	(run: number) =>
	(problem: string): string =>
		run === 0 ? problem : `run ${run + 1}: ${problem}`;

const main: Job = {
	name: 'main job, with a receiver whose e-mail fails',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.settings({
			clients: { [stage.sandbox.client.clientId]: { emailFailing: true } },
			mailRetryMs: 1e6,
		});
		const hidden = limits.has('e-mail hides the answer');
		const may = hidden ? lost(scene) : allowed(scene);
		const refused = may.refused === true || limits.has('refuses receivers');
		const parameters = { emailReceivers: 'a@example.com' };
		return await signed(scene, [await document('main')], { ...may, refused }, parameters);
	},
};

const lostAnswer: Job = {
	name: 'a lost answer, and the run again',
	async play(scene) {
		await scene.stage.strike('sign', 'answering', 'reset');
		const problems = await signed(scene, [await document('lost')], lost(scene));
		return [...problems, ...(await signed(scene, [await document('lost')], lost(scene)))];
	},
};

const given = { externalReference: 'Série A FT 2025/1' };

const lostGiven: Job = {
	name: 'a lost answer under a given reference',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.strike('sign', 'answering', 'reset');
		const may = lost(scene, { refused: limits.has('refuses letters') });
		const outOfReach = may.outOfReach === true || limits.has('loses letters');
		return await signed(scene, [await document('given')], { ...may, outOfReach }, given);
	},
};

const lostRequest: Job = {
	name: 'a lost request',
	async play(scene) {
		await scene.stage.strike('sign', 'received', 'reset');
		return await signed(scene, [await document('unsent')], allowed(scene, { later: true }));
	},
};

const together = { options: { documentsPerRequest: 3 } };

/** Where neither a reference nor a look-up tells that a group was signed, the user may not group. */
function losesGroups({ limits }: Scene): boolean {
	const unseen = limits.has('no look-ups') || limits.has('late');
	return limits.has('documents not unique') && unseen;
}

const gathered: Job = {
	name: 'a gathered request whose answer is lost, then one of which a part is signed already',
	async play(scene) {
		const first = [await document('g1'), await document('g2'), xml('g3')];
		if (losesGroups(scene)) return [];
		await scene.stage.strike('sign', 'answering', 'reset');
		const problems = await signed(scene, first, lost(scene), together);
		const again = scene.limits.has('documents not unique') ? [] : first.slice(0, 1);
		const second = [await document('g4'), ...again, xml('g5')];
		return [...problems, ...(await signed(scene, second, lost(scene), together))];
	},
};

const busy: Job = {
	name: 'a refused token and a busy service',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.sandbox.control('POST', '/tokens/revoke');
		await stage.strike('sign', 'received', 'busy');
		const unseen = limits.has('busy or signed') && limits.has('no look-ups');
		const may = allowed(scene, { later: unseen || limits.has('busy for long') });
		return await signed(scene, [await document('busy')], may);
	},
};

const failed: Job = {
	name: 'a document that failed, and is mended',
	async play(scene) {
		const { stage, limits } = scene;
		const match = { nameContains: 'mended' };
		await stage.settings({ signErrors: [{ match, signError: 'INVALID_CERT_SERVICE_CREDS' }] });
		const file = await document('mended');
		const [seen] = await stage.sign([file]);
		const problems = await judged(scene, file, seen, { outOfReach: true });
		await stage.settings({ signErrors: [] });
		const unseen = ['no look-ups', 'failure not seen', 'refuses next references'] as const;
		const outOfReach = unseen.some((limit) => limits.has(limit));
		return [...problems, ...(await signed(scene, [file], lost(scene, { refused: outOfReach })))];
	},
};

const notStored: Job = {
	name: 'a document that is signed and cannot be stored',
	// Where the reference is free again, nothing tells the service that it is the same document.
	applies: (world) =>
		world['storage-error'] === 'signed' && world['reference-after-failure'] !== 'free',
	async play(scene) {
		const { stage } = scene;
		const match = { nameContains: 'unstored' };
		await stage.settings({ signErrors: [{ match, signError: 'STORAGE_SERVICE_GLOBAL_ERROR' }] });
		const file = await document('unstored');
		const [seen] = await stage.sign([file]);
		const problems = await judged(scene, file, seen, { outOfReach: true });
		await stage.settings({ signErrors: [] });
		const [again] = await stage.sign([file]);
		return [...problems, ...(await judged(scene, file, again, { outOfReach: true }))];
	},
};

const unfinished: Job = {
	name: 'a run that does not wait, and the run again',
	applies: ({ execution }) => execution !== undefined && execution !== 'before-answer',
	async play(scene) {
		const file = await document('unfinished');
		const [seen] = await scene.stage.sign([file], { options: { waitForCompletion: 0 } });
		const may = lost(scene);
		const problems = await judged(scene, file, seen, may);
		return [...problems, ...(await signed(scene, [file], may))];
	},
};

const tooLarge: Job = {
	name: 'an image larger than its area',
	applies: (world) => (world['undocumented-codes'] ?? 'none') !== 'none',
	async play(scene) {
		const { stage } = scene;
		const file = await document('image');
		const pdfDetails = { imageField: 'logo', width: 60, height: 20 };
		const before = await stage.sandbox.calls('sign');
		const parameters = { visibleSignature: true, pdfDetails };
		const [seen] = await stage.sign([file], parameters, { logo: png(61, 20) });
		const sent = (await stage.sandbox.calls('sign')) - before;
		const problems = await judged(scene, file, seen, lost(scene, { refused: true }));
		if (seen?.bytes) return [...problems, 'the image was not sent'];
		return sent > 1 ? [...problems, `sent ${sent} times`] : problems;
	},
};

const unknown: Job = {
	name: 'a reference that nobody has',
	async play({ stage, limits }) {
		const seen = await stage.recover('nobody-has-this');
		if (seen?.json.found === false && !limits.has('no look-ups')) return [];
		const words = seen?.words ?? 'nothing';
		if (!limits.has('no look-ups')) return [`Recover by Reference does not say so: ${words}`];
		const isTold = seen && 'error' in seen.json && !/never registered|is safe/i.test(words);
		return isTold ? [] : [`Recover by Reference says more than it knows: ${words}`];
	},
};

/** All jobs, in the order in which they are done. */
export const jobs: Job[] = [
	main,
	lostAnswer,
	lostGiven,
	lostRequest,
	gathered,
	busy,
	failed,
	notStored,
	unfinished,
	tooLarge,
	unknown,
];
