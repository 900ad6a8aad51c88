const credential = 'signStashOAuth2Api';

/** Signs a file in the shortest possible way, ignoring faults, references and memory. */
async function sign(context, item, file) {
	const { apiBaseUrl } = await context.getCredentials(credential);
	const { fileName: name, mimeType: contentType } = file;
	const bytes = await context.helpers.getBinaryDataBuffer(item, 'data');
	const { id, documentList } = await context.helpers.httpRequestWithAuthentication.call(
		context,
		credential,
		{
			method: 'POST',
			url: `${apiBaseUrl}/api/v0/document/sign/base64/`,
			json: true,
			body: {
				externalReference: name,
				description: name,
				returnSignedContent: true,
				documents: [
					{
						documentRequest: {
							externalReference: name,
							name,
							contentType,
							base64Content: bytes.toString('base64'),
						},
						signatureInfo: { signatureType: 'PAdES', applyTimestamp: false },
					},
				],
			},
		},
	);
	const signed = Buffer.from(documentList[0].signedContent, 'base64');
	const data = await context.helpers.prepareBinaryData(signed, name, contentType);
	return { json: { operationId: id }, binary: { data }, pairedItem: { item } };
}

class Naive {
	constructor() {
		this.description = {
			displayName: 'Naive',
			name: 'naive',
			group: ['transform'],
			version: 1,
			description: 'Sign files, ignoring faults, references and memory',
			defaults: { name: 'Naive' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			properties: [
				{ displayName: 'Parallel', name: 'parallel', type: 'number', default: 1, description: '' },
			],
		};
	}

	async execute() {
		const items = this.getInputData();
		const signed = [];
		let next = 0;
		const lane = async () => {
			for (let item = next++; item < items.length; item = next++)
				signed[item] = await sign(this, item, items[item].binary.data);
		};
		const lanes = this.getNodeParameter('parallel', 0);
		await Promise.all(Array.from({ length: lanes }, lane));
		return [signed];
	}
}

module.exports = { Naive };
