import { bound } from '../bound.js';

/** A number no smaller than the one named. */
export const predicate = bound('at least', (value, limit) => value >= limit);
