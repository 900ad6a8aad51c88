import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { SignStash } from '../../nodes/SignStash/SignStash.node';

const { description } = new SignStash();

/** The display names of what the panel shows, from the top down, when the parameters given are set. */
function shown(given: INodeParameters): string[] {
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(properties, given, true, false, null, description);
	const node: Pick<INode, 'typeVersion'> = { typeVersion: 1 };
	return properties
		.filter((field) => NodeHelpers.displayParameter({ ...values }, field, node, description))
		.map(({ displayName }) => displayName);
}

describe('the panel, from the top down', () => {
	test.each<[what: string, given: INodeParameters, fields: string[]]>([
		[
			'Recover by Reference',
			{ operation: 'recoverByReference' },
			['External Reference', 'Return', 'If Not Found', 'Options'],
		],
		['Get Operation', { resource: 'operation' }, ['Operation ID', 'Return', 'Options']],
		[
			'Resend Email',
			{ resource: 'operation', operation: 'resendEmail' },
			['Operation ID', 'Email Receivers', 'Attach Documents', 'Options'],
		],
	])('%s', (_, given, fields) => {
		expect(shown(given)).toEqual(['Resource', 'Operation', ...fields]);
	});

	test('n8n names a step by its action', () => {
		const names = [
			{},
			{ operation: 'recoverByReference' },
			{ resource: 'operation', operation: 'getOperation' },
			{ resource: 'operation', operation: 'resendEmail' },
		].map((chosen) =>
			NodeHelpers.makeNodeName({ resource: 'document', operation: 'sign', ...chosen }, description),
		);
		expect(names).toEqual([
			'Sign document',
			'Recover document by reference',
			'Get operation',
			'Resend email of operation',
		]);
	});
});
