import { isMessage } from '../Answer.mts';
import type { Answer, Message } from '../Answer.mts';
import { first, is, oneOf, unlike } from '../Finding.mts';
import type { Finding } from '../Finding.mts';
import { isOver, isSigned, SIGN } from '../Lab.mts';
import type { Probe } from './Probe.mts';

const saysError = ({ documents }: Answer): boolean =>
	documents.some(({ signError }) => typeof signError === 'string');

const statusOf = ({ message }: Answer): unknown => message?.['status'];

/** When an operation was executed, according to the answers about it. */
function courseTold(answer: Answer, details: readonly Answer[]): Finding | undefined {
	const told = [answer, ...details];
	const inError = told.filter((one) => statusOf(one) === 'EXECUTION_ERROR');
	const waited = told.some((one) => statusOf(one) === 'PENDING_EXECUTION');
	const read = details.filter(({ message }) => message !== undefined);
	if (statusOf(answer) === 'EXECUTION_ERROR') return is('retried-as-error');
	if (inError.length > 0) return is(inError.some(saysError) ? 'retried-as-error' : 'retried');
	if (waited) return read.length > 1 ? is('pending') : oneOf('pending', 'retried');
	if (told.some((one) => saysError(one))) return is('retried-as-error');
	const [stated] = told.filter((one) => typeof statusOf(one) === 'string');
	if (stated !== undefined && isOver(stated)) return is('before-answer');
	const [early] = told.filter(({ documents }) => documents.length > 0);
	if (early?.documents.every(isSigned) === true) return is('before-answer');
	return early && oneOf('pending', 'retried');
}

const execution: Probe = async (trials) => {
	const { trial, details } = await trials.plain();
	return courseTold(trial.answer, details);
};

const hasContent = ({ signedContent }: Message): boolean => typeof signedContent === 'string';

const contentInAnswer: Probe = async (trials) => {
	const { answer } = (await trials.plain()).trial;
	if (answer.documents.length === 0 || !isOver(answer)) return undefined;
	return is(answer.documents.some(hasContent) ? 'given' : 'left-out');
};

const contentsKept: Probe = async (trials) => {
	const { details, over } = await trials.plain();
	const last = details.at(-1);
	if (last?.message === undefined || !over || last.documents.length === 0) return undefined;
	if (last.documents.some(hasContent)) return is('kept');
	const folder = last.message['folder'];
	const hashed = isMessage(folder) ? folder['folderContent'] : undefined;
	const [storage] = last.documents.map(({ storageStatus }) => storageStatus);
	return first(
		[
			[storage === 'DELETED', 'deleted'],
			[storage === 'CONTENT_NOT_STORED' && hashed === 'HASH', 'proxy'],
			[storage === 'CONTENT_NOT_STORED' && hashed === 'DOCUMENT', 'never-stored'],
		],
		() =>
			storage === 'CONTENT_NOT_STORED'
				? oneOf('never-stored', 'proxy')
				: oneOf('deleted', 'never-stored', 'proxy'),
	);
};

/** Whether storing has to be asked for only shows if content is kept at all. */
const storedWithoutPreservation: Probe = async (trials) => {
	const asked = (await trials.plain()).details.at(-1);
	if (!asked?.documents.some(hasContent)) return undefined;
	const trial = await trials.lab.signNew({}, { preservationInfo: undefined });
	const { details, over } = await trials.course(trial);
	const last = details.at(-1);
	if (!over || last === undefined || last.documents.length === 0) return undefined;
	return is(last.documents.some(hasContent) ? 'stored' : 'not-stored');
};

const WRONG = 'not-the-secret';

const refusedTokenCall: Probe = async ({ lab }) => {
	const answer = await lab.account.askForToken(WRONG);
	return first(
		[
			[answer.status === 401 && !answer.isPage, 'http-401'],
			[answer.status === 400 && !answer.isPage, 'http-400'],
			[answer.status === 403 && answer.isPage, 'page-403'],
		],
		() => unlike(answer.shape),
	);
};

const refusedToken: Probe = async ({ lab }) => {
	const answer = await lab.account.call(SIGN, { method: 'POST', body: {}, token: WRONG });
	const { status, code, text, isPage } = answer;
	return first(
		[
			[code === '0.0.10' && status === 409, 'code-0010'],
			[code === '0.0.10' && status === 500, 'code-0010-500'],
			[status === 401 && text === '', 'empty-401'],
			[status === 401 && isPage, 'page-401'],
			[status === 401, 'http-401'],
		],
		() => unlike(answer.shape),
	);
};

export const executionProbes: Readonly<Record<string, Probe>> = {
	execution,
	'content-in-answer': contentInAnswer,
	'contents-kept': contentsKept,
	'stored-without-preservation': storedWithoutPreservation,
	'refused-token-call': refusedTokenCall,
	'refused-token': refusedToken,
};
