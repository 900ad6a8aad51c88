/** What a template can refer to. */
export interface TemplateValues {
	commonName: string;
	reason?: string;
	location?: string;
	signingTime: Date;
}

/** The references that are known; the contract names the first one only. */
const REFERENCES: Readonly<Record<string, (values: TemplateValues) => string>> = {
	'certificate.getCommonName()': ({ commonName }) => commonName,
	'certificate.commonName': ({ commonName }) => commonName,
};

const REFERENCE = /\$!?(?:\{([^}]*)\}|(\w+(?:\.\w+(?:\(\))?)+))/g;

/**
 * Fills a Velocity template, as far as a stand-in needs it: references to the certificate. Others
 * stay as they are, as Velocity leaves what it cannot resolve.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
	return template.replace(
		REFERENCE,
		(whole, braced?: string, plain?: string) =>
			REFERENCES[braced ?? plain ?? '']?.(values) ?? whole,
	);
}

/** The service's own text, in a stand-in's words. */
export function defaultText({ commonName, reason, location, signingTime }: TemplateValues): string {
	const lines = [
		`Digitally signed by ${commonName}`,
		`Date: ${signingTime
			.toISOString()
			.replace('T', ' ')
			.replace(/\.\d+Z$/, ' UTC')}`,
		reason === undefined ? '' : `Reason: ${reason}`,
		location === undefined ? '' : `Location: ${location}`,
	];
	return lines.filter((line) => line !== '').join('\n');
}
