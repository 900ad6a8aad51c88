import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemsOf, prepared } from './exampleRuns.mts';
import { MailSink } from './mail/MailSink.mts';
import { useStage } from './useStage.mts';

const at = useStage('warnings');

describe('the example of warnings', () => {
	it('sends an email when the subscription is nearly used up, and otherwise none', async () => {
		const { n8n, sandbox } = at.stage;
		const smtp = await MailSink.start();
		try {
			const sender = {
				...{ host: '127.0.0.1', port: smtp.port, secure: false, disableStartTls: true },
				...{ user: '', password: '' },
			};
			const credentials = { smtp: await n8n.createCredential('SMTP of warnings', sender, 'smtp') };
			const signed = await at.stage.run(at.stage.example('sign-pdf-invoice'));
			const id = String(itemsOf(signed, 'Sign')[0]?.json.operationId);
			const example = prepared(at.stage.example('before-it-stops'), { credentials });
			const nodes = example.nodes.map((node) =>
				node.name === 'What to Watch'
					? { ...node, parameters: watching(id, node.parameters) }
					: node,
			);
			for (const used of [899, 900]) {
				await sandbox.control('PATCH', '/settings', { usage: { allowed: 1000, used } });
				const { status, error } = await at.stage.run({ ...example, nodes });
				assert.equal(status, 'success', error?.message);
			}
			await smtp.reaches(1);
			assert.equal(smtp.sent.length, 1);
			assert.match(smtp.sent[0]?.message ?? '', /900 of 1000/);
		} finally {
			await smtp.stop();
		}
	});
});

/** The step's own values, with the operation that is watched. */
function watching(operationId: string, parameters: unknown): object {
	const { assignments }: { assignments: { assignments: Array<{ name: string }> } } =
		Object(parameters);
	const set = assignments.assignments.map((one) =>
		one.name === 'operationId' ? { ...one, value: operationId } : one,
	);
	const others: object = Object(parameters);
	return { ...others, assignments: { assignments: set } };
}
