import type { Reason } from './survivors.mts';

/** Why survivors change nothing; what has no reason here has not been looked at. The first that fits counts. */
export const reasons: Reason[] = [];
