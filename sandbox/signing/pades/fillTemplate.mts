/** What a template can refer to. */
export interface TemplateValues {
	commonName: string;
	reason?: string;
	location?: string;
	signingTime: Date;
}

/** The known references; the contract only names the first one. */
const REFERENCES: Readonly<Record<string, (values: TemplateValues) => string>> = {
	'certificate.getCommonName()': ({ commonName }) => commonName,
	'certificate.commonName': ({ commonName }) => commonName,
};

const REFERENCE = /\$!?(?:\{([^}]*)\}|(\w+(?:\.\w+(?:\(\))?)+))/g;

/**
 * Fills a Velocity template; a stand-in only needs references to the certificate. All others stay as
 * they are, just as Velocity leaves what it cannot resolve.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
	return template.replace(
		REFERENCE,
		(whole, braced?: string, plain?: string) =>
			REFERENCES[braced ?? plain ?? '']?.(values) ?? whole,
	);
}

/** Stands in for the service's own text. */
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
