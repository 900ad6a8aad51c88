import { atWork, gathered, pages, regrouped, shifted, swapped } from './groups.cts';
import { png } from './image.cts';
import { allowed, document, judged, losesWhatIsAtWork, lost, signed, type Job } from './scene.cts';

const main: Job = {
	name: 'the main job, with a receiver whose email fails',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.settings({
			clients: { [stage.sandbox.client.clientId]: { emailFailing: true } },
			mailRetryMs: 1e6,
		});
		const hidden = limits.has('email hides the answer');
		const may = hidden ? lost(scene) : allowed(scene);
		const refused = may.refused === true || limits.has('refuses receivers');
		const parameters = { emailReceivers: 'a@example.com' };
		return await signed(scene, [await document('main')], { ...may, refused }, parameters);
	},
};

const lostAnswer: Job = {
	name: 'a lost answer, then the same run again',
	async play(scene) {
		await scene.stage.strike('sign', 'answering', { type: 'reset' });
		const problems = await signed(scene, [await document('lost')], lost(scene));
		return [...problems, ...(await signed(scene, [await document('lost')], lost(scene)))];
	},
};

const given = { externalReference: 'Série A FT 2025/1' };

const lostGiven: Job = {
	name: 'a lost answer under a given reference',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.strike('sign', 'answering', { type: 'reset' });
		const may = lost(scene, { refused: limits.has('refuses letters') });
		const outOfReach = may.outOfReach === true || limits.has('loses letters');
		return await signed(scene, [await document('given')], { ...may, outOfReach }, given);
	},
};

const lostRequest: Job = {
	name: 'a lost request',
	async play(scene) {
		await scene.stage.strike('sign', 'received', { type: 'reset' });
		return await signed(scene, [await document('unsent')], allowed(scene, { later: true }));
	},
};

const busy: Job = {
	name: 'a refused token and a busy service',
	async play(scene) {
		const { stage, limits } = scene;
		await stage.sandbox.control('POST', '/tokens/revoke');
		await stage.strike('sign', 'received', { type: 'busy' });
		const unseen = limits.has('busy or signed') && limits.has('no look-ups');
		const may = allowed(scene, { later: unseen || limits.has('busy for long') });
		return await signed(scene, [await document('busy')], may);
	},
};

const failed: Job = {
	name: 'a document that failed, then is repaired',
	async play(scene) {
		const { stage, limits } = scene;
		if (losesWhatIsAtWork(scene)) return [];
		const match = { nameContains: 'mended' };
		await stage.settings({ signErrors: [{ match, signError: 'INVALID_CERT_SERVICE_CREDS' }] });
		const file = await document('mended');
		const [seen] = await stage.sign([file]);
		const problems = await judged(scene, file, seen, { outOfReach: true });
		await stage.settings({ signErrors: [] });
		const unseen = [
			'no look-ups',
			'failure not seen',
			'refuses next references',
			'failed and stuck',
		] as const;
		const outOfReach = unseen.some((limit) => limits.has(limit));
		return [...problems, ...(await signed(scene, [file], lost(scene, { refused: outOfReach })))];
	},
};

const notStored: Job = {
	name: 'a document that is signed and cannot be stored',
	// Where the reference is free again, the service cannot know that it is the same document.
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
	name: 'a run that does not wait, then the same run again',
	applies: ({ execution }) => execution !== undefined && execution !== 'before-answer',
	async play(scene) {
		if (losesWhatIsAtWork(scene)) return [];
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
		return isTold ? [] : [`Recover by Reference claims more than it knows: ${words}`];
	},
};

/** All jobs, in the order in which they are carried out. */
export const jobs: Job[] = [
	main,
	lostAnswer,
	lostGiven,
	lostRequest,
	gathered,
	regrouped,
	shifted,
	swapped,
	pages,
	atWork,
	busy,
	failed,
	notStored,
	unfinished,
	tooLarge,
	unknown,
];
