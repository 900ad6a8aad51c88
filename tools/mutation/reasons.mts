import { bytes } from './reasons/bytes.mts';
import { documents } from './reasons/documents.mts';
import { flow } from './reasons/flow.mts';
import { service } from './reasons/service.mts';
import { signing } from './reasons/signing.mts';

/** Why survivors change nothing; what has no reason here has not been looked at. The first that fits counts. */
export const reasons = [...signing, ...service, ...documents, ...bytes, ...flow];
