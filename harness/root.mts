import { dirname } from 'node:path';

/** The repository's top folder. */
export const root = dirname(import.meta.dirname);
