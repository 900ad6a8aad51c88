import type { NodeExecutionHint } from 'n8n-workflow';
import { Hints } from '../../nodes/SignStash/operations/sign/Hints';
import type { SignedDocument } from '../../nodes/SignStash/signing/SigningJob';
import { operation } from '../support/ScriptedPorts.cts';

type Asked = Parameters<Hints['tell']>[0];

const shown = (hints: Hints): string[] => {
	const all: NodeExecutionHint[] = [];
	hints.show({ addExecutionHints: (...more) => all.push(...more) }, 20_000_000);
	return all.map(({ message }) => message);
};

const plain: Asked = { receivers: [], preserveContent: false, isToNobody: false };

const signed = (
	more: Partial<SignedDocument> = {},
	receivers: SignedDocument['operation']['receivers'] = [],
	id = '7',
): SignedDocument => ({
	reference: 'R',
	operation: operation([{}], { id, receivers }),
	document: { externalReference: 'R' },
	recovered: false,
	cannotTellWhen: false,
	...more,
});

interface Told {
	parameters?: Partial<Asked>;
	signed: SignedDocument;
	shared?: boolean;
}

const after = (...documents: Told[]): string[] => {
	const hints = new Hints();
	for (const { parameters, signed: one, shared = false } of documents)
		hints.tell({ ...plain, ...parameters }, one, shared);
	return shown(hints);
};

const recovered = { recovered: true };
const earlier =
	'1 document was signed before this execution: the existing signature is returned, and nothing was billed again.';
const late = (operations: string): string =>
	`This run sent no email for documents that were signed before, though they have 'Email Receivers' now. Use 'Resend Email' for those who have not had it: ${operations}.`;
const stuck = (operations: string): string =>
	`Not every email has gone out. Check the addresses, then use 'Resend Email' for ${operations}.`;
const unpreserved = "'Preserve Content' has no effect on 1 document that was signed before.";
const a = { email: 'a@b.pt', deliveryStatus: 'SENT' };

test('a document that was signed now needs no hint', () => {
	expect(
		after({
			signed: signed({}, [a]),
			parameters: { receivers: ['a@b.pt'], preserveContent: true },
		}),
	).toEqual([]);
});

test.each<[name: string, told: Told, hints: string[]]>([
	['was signed earlier', { signed: signed(recovered) }, [earlier]],
	[
		'was signed at an unknown time',
		{ signed: signed({ cannotTellWhen: true }) },
		[
			"Sign'Stash does not show whether 1 document was signed by this execution or before it: 'recovered' is false there.",
		],
	],
	[
		'was signed earlier, without the receivers it has now',
		{ signed: signed(recovered), parameters: { receivers: ['a@b.pt'] } },
		[earlier, late('1 operation: 7')],
	],
	[
		'was signed earlier, with other receivers',
		{ signed: signed(recovered, [a]), parameters: { receivers: ['a@b.pt', 'c@d.pt'] } },
		[earlier, late('1 operation: 7')],
	],
	[
		'was signed earlier, with the same receivers',
		{ signed: signed(recovered, [a]), parameters: { receivers: ['A@B.pt'] } },
		[earlier],
	],
	[
		'was signed earlier, and whose receivers are emailed separately',
		{ signed: signed(recovered), parameters: { receivers: ['a@b.pt'] }, shared: true },
		[earlier],
	],
	[
		'was signed earlier, and is to be preserved now',
		{ signed: signed(recovered), parameters: { preserveContent: true } },
		[earlier, unpreserved],
	],
	[
		'was signed earlier, and is preserved',
		{
			signed: signed({
				...recovered,
				document: { externalReference: 'R', storageStatus: 'CONTENT_PRESERVED' },
			}),
			parameters: { preserveContent: true },
		},
		[earlier],
	],
	[
		'has an email that did not go out',
		{ signed: signed({}, [a, { email: 'c@d.pt', deliveryStatus: 'SENDING_ERROR' }]) },
		[stuck('1 operation: 7')],
	],
	[
		'has an email that never will',
		{ signed: signed({}, [{ email: 'c@d.pt', deliveryStatus: 'SENDING_FAILED' }]) },
		[stuck('1 operation: 7')],
	],
	['has receivers without a delivery status', { signed: signed({}, [{ email: 'c@d.pt' }]) }, []],
])('the hints for a document that %s', (_, told, hints) => {
	expect(after(told)).toEqual(hints);
});

test('documents are counted, and each operation is named once, five of them at most', () => {
	const failing = { email: 'c@d.pt', deliveryStatus: 'SENDING_FAILED' };
	const ids = ['1', '2', '3', '4', '5', '6', '6'];
	const all = ids.map((id) => ({ signed: signed(recovered, [failing], id) }));
	expect(after(...all)).toEqual([
		'7 documents were signed before this execution: the existing signature is returned, and nothing was billed again.',
		stuck('6 operations: 1, 2, 3, 4, 5 and 1 more'),
	]);
});

test('settings that a shared signature takes from one document are named', () => {
	const hints = new Hints();
	for (const name of ['a.pdf', 'b.pdf']) hints.add('sharedSettings', name);
	for (const id of ['7', '7']) hints.add('notMailed', id);
	hints.add('rewritten', 'FT 1');
	for (const name of ['a.png', 'b.png']) hints.add('skipped', name);
	expect(shown(hints)).toEqual([
		"2 documents share the signature of an identical document in this run, and with it that document's 'Description', 'If Already Signed' and 'Preserve Content'.",
		"2 files matched 'Input Data Field Name' but are neither PDF nor XML, and were left out: a.png, b.png.",
		"Sign'Stash knows FT 1 as FT_1. 'Recover by Reference' accepts either form.",
		"Documents that several items share are signed, but it is not certain that every receiver was emailed. 'Resend Email' sends it again for 1 operation: 7.",
	]);
});
