import { countIn, property, textIn } from './json';

/** How much of a subscription is used (contract: IssuerCompany; what the fields mean is inferred from their names). */
export interface Usage {
	used: number;
	allowed: number;
	/** When the period ends, as the service writes it. */
	until?: string;
}

/**
 * What an operation's answer says about its issuer's usage; undefined for values that are absent, zero, or not counts.
 */
export function usageIn(raw: unknown): Usage | undefined {
	const company = property(raw, 'issuerCompany');
	const used = countIn(property(company, 'limitCurrentConsumption'));
	const allowed = countIn(property(company, 'limitUsageCount'));
	if (used === undefined || allowed === undefined) return undefined;
	return { used, allowed, until: textIn(property(company, 'limitPeriodEndDate')) };
}
