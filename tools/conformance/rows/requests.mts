import type { Buffer } from 'node:buffer';
import { first, is, oneOf, unlike } from '../Finding.mts';
import { pdf } from '../drafts.mts';
import { SIGN, standsFor } from '../Lab.mts';
import type { Probe } from './Probe.mts';
import { decoded } from './contents.mts';
import { hasFailed, refusedOr } from './registration.mts';

const LONG_NAME = `${'n'.repeat(96)}.pdf`;
const LONG_DESCRIPTION = 'd'.repeat(200);

/** A black PNG of two by two pixels. */
const IMAGE =
	'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAAC0lEQVR4nGNgAAEAAAYAAf6MZ8gAAAAASUVORK5CYII=';

const LARGER_THAN_ITS_AREA = {
	signatureType: 'PAdES',
	visibleSignatureInfo: {
		locationType: 'COORDINATE',
		locationValue: 'page=1,x=10,y=10',
		area: 'width=1,height=1',
		imageType: 'IMAGE_PNG',
		imageValue: IMAGE,
	},
} as const;

const nameLength: Probe = async ({ lab }) =>
	refusedOr((await lab.signNew({ name: LONG_NAME })).answer, ['0.0.4'], 'up-to-60', 'up-to-255');

const descriptionLength: Probe = async ({ lab }) => {
	const { answer } = await lab.signNew({}, { description: LONG_DESCRIPTION });
	return refusedOr(answer, ['0.0.4'], 'up-to-100', 'up-to-1000');
};

const unknownProperties: Probe = async ({ lab }) => {
	const { answer } = await lab.signNew({}, { conformanceRun: true });
	return refusedOr(answer, ['0.0.2', '0.0.6'], 'refused', 'ignored');
};

const receiverStatus: Probe = async (trials) => {
	const without = (await trials.mailedWithoutStatus())?.trial.answer;
	const with_ = (await trials.mailed())?.trial.answer;
	if (without === undefined || with_ === undefined) return undefined;
	return first(
		[
			[without.id !== undefined && with_.id !== undefined, 'optional'],
			[without.id === undefined && with_.id !== undefined, 'required'],
			[without.id !== undefined && with_.id === undefined, 'refused'],
		],
		() => unlike(with_.shape),
	);
};

const anyType: Probe = async ({ lab }) => {
	const draft = { contentType: 'text/plain', name: 'conformance.txt' };
	const { answer } = await lab.signNew({ ...draft, signature: { signatureType: 'CAdES' } });
	return refusedOr(answer, ['0.0.2', '0.0.6'], 'documented', 'any');
};

const multipartMatch: Probe = async ({ lab }) => {
	const [one, two] = [
		await lab.draft({ name: 'one.pdf' }),
		await lab.draft({ name: 'two.pdf', content: await pdf('another, which is longer') }),
	];
	const trial = await lab.signMultipart([one, two], [two, one]);
	const answers = [trial.answer, ...(await lab.details(trial))];
	const document = answers
		.flatMap(({ documents }) => documents)
		.findLast(({ externalReference }) => standsFor(externalReference, one.reference));
	const signed = document?.['signedContent'];
	const length = document?.['contentLength'];
	const held = (content: Buffer): boolean =>
		typeof signed === 'string'
			? decoded(signed).subarray(0, content.length).equals(content)
			: length === content.length;
	if (held(one.content)) return is('name');
	return held(two.content) ? is('order') : undefined;
};

const withoutSlash: Probe = async ({ lab }) => {
	const path = SIGN.replace(/\/$/, '');
	const { status, code } = await lab.account.call(path, { method: 'POST', body: {} });
	return is(status === 404 && code === undefined ? 'not-found' : 'works');
};

const undocumentedCodes: Probe = async ({ lab }) => {
	const { answer } = await lab.signNew({ signature: LARGER_THAN_ITS_AREA });
	const refused = answer.code === '2.2.1';
	return first(
		[
			[refused && answer.status === 400, 'status-400'],
			[refused && answer.status === 409, 'status-409'],
			[refused && answer.status === 500, 'status-500'],
			[answer.id !== undefined, 'none'],
		],
		() => unlike(answer.shape),
	);
};

const misfits: Probe = async ({ lab }) => {
	const { answer } = await lab.signNew({ signature: { signatureType: 'XAdES' } });
	return refusedOr(answer, ['0.0.2', '0.0.6'], 'refused', 'document-fails');
};

const zip: Probe = async (trials) => {
	const course = await trials.failed();
	const { id } = course.trial.answer;
	if (!hasFailed(course) || id === undefined || course.details.every(({ message }) => !message))
		return undefined;
	const answer = await trials.lab.account.call(`/api/v0/operation/sign/detail/${id}/documents`);
	return first(
		[
			[answer.status === 204, 'no-content'],
			[answer.code !== undefined, 'code-500'],
			[answer.text.startsWith('PK'), 'empty'],
		],
		() => unlike(answer.shape),
	);
};

/** More addresses than a service with the lowest limit accepts. */
const MANY = 11;

const resendReceivers: Probe = async (trials) => {
	const { trial, over } = await trials.plain();
	const { id } = trial.answer;
	if (id === undefined || !over || !(await trials.present())?.message) return undefined;
	const none = await trials.lab.resend(id, []);
	if (none.status === 200) return is('none-means-all');
	const { email } = trials.lab;
	if (email === undefined) return oneOf('at-least-one', 'up-to-ten');
	const many = await trials.lab.resend(
		id,
		Array.from({ length: MANY }, () => email),
	);
	return is(many.status === 200 ? 'at-least-one' : 'up-to-ten');
};

const resendTooEarly: Probe = async ({ lab, present }) => {
	if (lab.email === undefined || !(await present())?.message) return undefined;
	const { answer } = await lab.signNew();
	const waits = answer.message?.['status'] === 'PENDING_EXECUTION';
	if (answer.id === undefined || !waits) return undefined;
	const early = await lab.resend(answer.id, [lab.email]);
	return is(early.status === 200 ? 'accepted' : 'refused');
};

export const requestProbes: Readonly<Record<string, Probe>> = {
	'document-name-length': nameLength,
	'description-length': descriptionLength,
	'unknown-properties': unknownProperties,
	'receiver-status': receiverStatus,
	'cades-content-types': anyType,
	'multipart-match': multipartMatch,
	'path-without-slash': withoutSlash,
	'undocumented-codes': undocumentedCodes,
	'misfit-settings': misfits,
	'zip-without-documents': zip,
	'resend-receivers': resendReceivers,
	'resend-too-early': resendTooEarly,
};
