import type { Finding } from '../Finding.mts';
import type { Trials } from '../Trials.mts';

/** Finds out which alternative of a row a service has; undefined if this service does not show it. */
export type Probe = (trials: Trials) => Promise<Finding | undefined>;
