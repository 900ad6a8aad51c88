import type { INodeParameters } from 'n8n-workflow';
import { pdf } from '../support/files.cts';
import type { InputFile } from '../support/engine.cts';
import { broken, recovers } from './judge.cts';
import type { Limit } from './limits.cts';
import type { Seen, Stage } from './Stage.cts';
import type { World } from './rows.cts';

/** What a job needs: the stage, and the limits of the world. */
export interface Scene {
	stage: Stage;
	world: World;
	limits: ReadonlySet<Limit>;
}

/** The outcomes that a document may have other than its file. */
export interface Allowed {
	/** It may come back not from the first run, but from a later one or from Recover by Reference. */
	later?: boolean;
	/** It may be refused for good, with nothing signed. */
	refused?: boolean;
	/** It may be signed and out of reach, as long as that is reported. */
	outOfReach?: boolean;
}

/** Something that a user does, with its judgement. @returns the promises that were broken */
export interface Job {
	name: string;
	/** Whether the job proves anything in a world; without it, in all worlds. */
	applies?(world: World): boolean;
	play(scene: Scene): Promise<string[]>;
}

/** Runs and recoveries until a document has to be there; lagging look-ups need many. */
export const triesIn = ({ limits }: Scene): number => (limits.has('lagging') ? 6 : 2);

/** A different document for each text. Its name is one that some services write differently. */
export const document = async (text: string): Promise<InputFile> =>
	await pdf(text, `Fatura FT 2025_1 março ${text}.pdf`);

/** An XML document that is sent unchanged: not UBL, which needs a place added for the signature. */
export function xml(text: string): InputFile {
	const content = Buffer.from(
		`<?xml version="1.0"?>\n<Declaration><Text>${text}</Text></Declaration>\n`,
	);
	return { content, fileName: `${text}.xml`, mimeType: 'text/xml' };
}

export function allowed({ limits }: Scene, more: Allowed = {}): Allowed {
	const contentsLost = limits.has('no contents') && limits.has('needs look-ups');
	const unseen = limits.has('no look-ups') && limits.has('needs look-ups');
	return {
		...more,
		later: more.later ?? false,
		refused: more.refused === true || limits.has('refuses derived references'),
		outOfReach: more.outOfReach === true || contentsLost || unseen || limits.has('names another'),
	};
}

/** The allowed outcomes of a document whose answer was lost. */
export function lost(scene: Scene, more: Allowed = {}): Allowed {
	const { limits } = scene;
	return allowed(scene, {
		...more,
		later: true,
		outOfReach: (['no look-ups', 'no contents', 'names another'] as const).some((limit) =>
			limits.has(limit),
		),
	});
}

/** Where nothing shows that a request is still in progress, the user must not send it again. */
export const losesWhatIsAtWork = ({ limits }: Scene): boolean =>
	limits.has('taken late') && (limits.has('no look-ups') || limits.has('late'));

export async function judged(
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
export async function signed(
	scene: Scene,
	files: InputFile[],
	may: Allowed,
	parameters: INodeParameters = {},
): Promise<string[]> {
	const { stage } = scene;
	const problems: string[] = [];
	const tries = triesIn(scene);
	for (let run = 0; run < tries; run++) {
		// A signature that the service does not show before it is finished ends between two runs; within one run, look-ups wait for it.
		if (run > 0 && scene.world['reference-taken'] === 'at-the-end') await stage.pass();
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
