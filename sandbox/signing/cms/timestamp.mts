import { randomBytes } from 'node:crypto';
import type { Identity } from '../identity/Identity.mts';
import { generalizedTime, integer, nothing, octets, oid, sequence } from './der.mts';
import { OID, sha256, signedData } from './signedData.mts';

/** The timestamping policy: a placeholder below the arc that is reserved for examples. */
const POLICY = '2.999.3161';

/** A timestamp token (RFC 3161) over `value` with the current time; DER. */
export function timestamp(value: Buffer, tsa: Identity): Buffer {
	const serial = randomBytes(8);
	// A DER integer must not start with unnecessary zeros.
	serial.writeUInt8(serial.readUInt8() | 0x40);
	const info = sequence(
		integer(1),
		oid(POLICY),
		sequence(sequence(oid(OID.sha256), nothing()), octets(sha256(value))),
		integer(serial),
		generalizedTime(new Date()),
	);
	return signedData(info, tsa, { contentType: OID.tstInfo, attached: true });
}
