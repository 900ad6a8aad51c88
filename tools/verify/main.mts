import { standsUnderSignatureInformation, verifyXml } from './xml.mts';
import { verifyPdf } from './pdf.mts';

/**
 * `node tools/verify/main.mts CA.pem FILE…` prints a line of JSON for each signed PDF or XML file: its
 * verdict and, for XML, whether the signature is where UBL requires it.
 */
const [caFile = '', ...files] = process.argv.slice(2);
for (const file of files) {
	const verdict = file.endsWith('.pdf')
		? await verifyPdf(file, caFile)
		: { ...verifyXml(file, caFile), underUbl: standsUnderSignatureInformation(file) };
	if (!verdict.ok) process.exitCode = 1;
	console.log(JSON.stringify({ file, ...verdict }));
}
