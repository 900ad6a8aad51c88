import type { SignerCertificate } from '../../documents/signerCertificate';
import type { Usage } from '../../service/usage';

/** Milliseconds before a certificate expires from which the user is warned. */
const thirtyDays = 30 * 24 * 60 * 60 * 1000;

/** The used share of a subscription from which the user is warned. */
const nearly = 0.9;

const dayOf = (date: string): string => date.slice(0, 10);

/** Warnings, from a run's answers, about what will stop signing soon: an expiring certificate or subscription. */
export class Warnings {
	private certificate?: SignerCertificate;
	private testSigner?: string;
	private usage?: Usage;

	/** A file was signed by this certificate. */
	signedBy(certificate: SignerCertificate, isProduction: boolean): void {
		const { validUntilMs, selfSigned, signer } = certificate;
		if (validUntilMs < (this.certificate?.validUntilMs ?? Infinity)) this.certificate = certificate;
		if (selfSigned && isProduction) this.testSigner = signer;
	}

	/** An answer showed how much of the subscription is used. */
	used(usage: Usage | undefined): void {
		if (usage && usage.used >= (this.usage?.used ?? 0)) this.usage = usage;
	}

	/** @param now milliseconds since 1970 */
	messages(now: number): string[] {
		return [this.ofCertificate(now), this.ofTest(), this.ofUsage()].flatMap((one) => one ?? []);
	}

	private ofCertificate(now: number): string | undefined {
		if (!this.certificate || this.certificate.validUntilMs - now > thirtyDays) return undefined;
		const { signer, validUntil } = this.certificate;
		return `The certificate of '${signer}' expires on ${dayOf(validUntil)}. Renew it in the backoffice before then: without it, nothing can be signed.`;
	}

	private ofTest(): string | undefined {
		return this.testSigner === undefined
			? undefined
			: `'${this.testSigner}' is a test certificate, which no reader trusts, although the credential's 'Environment' is Production. Check the client service in the backoffice.`;
	}

	private ofUsage(): string | undefined {
		if (!this.usage || this.usage.used < this.usage.allowed * nearly) return undefined;
		const { used, allowed, until } = this.usage;
		const period = until === undefined ? '' : `, in the period that ends on ${dayOf(until)}`;
		return `${used} of the ${allowed} signatures of the subscription are used${period}. Ask signstash@multicert.com for more before they run out.`;
	}
}
