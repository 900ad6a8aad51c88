import type { SignatureInfo, SignatureType } from '../types.mts';
import { settingsFit } from '../signatureRules.mts';
import { OID, signedData } from './cms/signedData.mts';
import { timestamp } from './cms/timestamp.mts';
import { openIdentity } from './identity/Identity.mts';
import type { Identity, SavedIdentity } from './identity/Identity.mts';
import { issue } from './identity/issue.mts';
import type { Party } from './identity/issue.mts';
import { misconfigured } from './SignFault.mts';
import { signPades } from './pades/pades.mts';
import { USUAL_READING } from './pades/placement.mts';
import type { Reading } from './pades/placement.mts';
import { signXades } from './xades/xades.mts';

/** The keys and certificates of a signing authority, as JSON. */
export type AuthorityState = Readonly<Record<Party, SavedIdentity>>;

/** The sandbox's own root, signer and timestamp server, which nobody else trusts. */
export interface SigningAuthority {
	/** PEM certificates for verifying the signatures. */
	readonly certificates: { caPem: string; signerPem: string; tsaPem: string };
	/** The state from which {@link createSigningAuthority} creates the same authority again. */
	state(): AuthorityState;
	/**
	 * Signs a document.
	 * @param info the contract's settings; it is a fault if they do not fit the content
	 * @param reading how the place of a visible signature is interpreted
	 * @returns the signed PDF (PAdES), the signed XML (XAdES), or a CMS message in DER (CAdES). The
	 * contract does not say whether the CMS message includes the content; here it does.
	 * @throws {SignFault} when the document or the settings do not allow a signature
	 */
	sign(
		content: Buffer,
		contentType: string,
		info: SignatureInfo,
		reading?: Reading,
	): Promise<Buffer>;
}

type Stamp = (signatureValue: Buffer) => Buffer;
type Make = (
	content: Buffer,
	info: SignatureInfo,
	by: Identity,
	reading: Reading,
	stamp?: Stamp,
) => Buffer | Promise<Buffer>;

const MAKERS: Readonly<Record<SignatureType, Make>> = {
	PAdES: signPades,
	XAdES: (content, info, by, _reading, stamp) => signXades(content, info, by, stamp),
	CAdES: (content, _info, by, _reading, stamp) =>
		signedData(content, by, {
			contentType: OID.data,
			attached: true,
			signingTime: new Date(),
			stamp,
		}),
};

async function newState(): Promise<AuthorityState> {
	const ca = await issue('ca');
	const [signer, tsa] = await Promise.all([issue('signer', ca), issue('tsa', ca)]);
	return { ca, signer, tsa };
}

/** @param saved the state of an earlier authority; without it a new one is created */
export async function createSigningAuthority(saved?: AuthorityState): Promise<SigningAuthority> {
	const state = saved ?? (await newState());
	const caPem = state.ca.certificatePem;
	const signer = openIdentity(state.signer, caPem);
	const tsa = openIdentity(state.tsa, caPem);
	const stamp: Stamp = (value) => timestamp(value, tsa);
	return {
		certificates: {
			caPem,
			signerPem: state.signer.certificatePem,
			tsaPem: state.tsa.certificatePem,
		},
		state: () => state,
		sign: async (content, contentType, info, reading = USUAL_READING) => {
			if (!settingsFit(contentType, info)) {
				throw misconfigured(`${info.signatureType} or its settings do not fit ${contentType}`);
			}
			return await MAKERS[info.signatureType](
				content,
				info,
				signer,
				reading,
				info.applyTimestamp === true ? stamp : undefined,
			);
		},
	};
}
