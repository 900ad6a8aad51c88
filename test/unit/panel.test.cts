import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { SignStash } from '../../nodes/SignStash/SignStash.node';

const { description } = new SignStash();

/** The display names that the panel shows, from the top down, when the given parameters are set. */
function shown(given: INodeParameters): string[] {
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(properties, given, true, false, null, description);
	const node: Pick<INode, 'typeVersion'> = { typeVersion: 1 };
	return properties
		.filter((field) => NodeHelpers.displayParameter({ ...values }, field, node, description))
		.map(({ displayName }) => displayName);
}

describe('the panel', () => {
	const pdfDetails = 'PDF Signature Details';
	const ends = ['Email Delivery', 'Options'];
	const first = ['Input Data Field Name', 'Signature Type', 'External Reference'];
	const ubl = ['UBL Signature', ...ends, 'UBL Signature Details'];
	const drawn = ['Visible Signature', 'Placement'];

	test.each<[what: string, given: INodeParameters, fields: string[]]>([
		['Sign', {}, [...first, 'Visible Signature', pdfDetails, ...ubl]],
		[
			'Sign with PAdES',
			{ signatureType: 'PAdES' },
			[...first, 'Visible Signature', pdfDetails, ...ends],
		],
		['Sign with XAdES', { signatureType: 'XAdES' }, [...first, ...ubl]],
		[
			'Sign with XAdES, not UBL',
			{ signatureType: 'XAdES', ublSignature: 'off' },
			[...first, 'UBL Signature', ...ends],
		],
		['Sign with CAdES', { signatureType: 'CAdES' }, [...first, ...ends]],
		...[
			['COORDINATE', 'Page', 'X (From Left)', 'Y (From Top)'],
			['PLACEHOLDER', 'Placeholder Word'],
			['SIGN_FIELD', 'Signature Field'],
		].map(([visiblePlacement = '', ...fields]): [string, INodeParameters, string[]] => [
			`Sign visibly by ${visiblePlacement}`,
			{ signatureType: 'PAdES', visibleSignature: true, visiblePlacement },
			[...first, ...drawn, ...fields, pdfDetails, ...ends],
		]),
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
	])('shows its fields from the top down for %s', (_, given, fields) => {
		expect(shown(given)).toEqual(['Resource', 'Operation', ...fields]);
	});

	test('offers the appearance of a signature once it is visible', () => {
		const looks = { width: 90, height: 30, reason: 'Issued' };
		const kept = (visibleSignature: boolean) =>
			NodeHelpers.getNodeParameters(
				description.properties,
				{ visibleSignature, pdfDetails: looks },
				false,
				false,
				null,
				description,
			)?.pdfDetails;
		expect([kept(false), kept(true)]).toEqual([{ reason: 'Issued' }, looks]);
	});

	test('has Sign as its first operation, and as the default of a new step', () => {
		const { properties } = description;
		const fresh = NodeHelpers.getNodeParameters(properties, {}, true, false, null, description);
		expect(fresh).toMatchObject({ resource: 'document', operation: 'sign' });
		const offered = ['resource', 'operation'].map((name) =>
			properties.filter((one) => one.name === name).flatMap(({ options = [] }) => options),
		);
		expect(offered.map((options) => options.map(({ name }) => name))).toEqual([
			['Document', 'Signing Operation'],
			['Sign', 'Recover by Reference', 'Get Operation', 'Resend Email'],
		]);
	});

	test('makes n8n name a step after its action', () => {
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
