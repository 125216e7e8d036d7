import { bound } from '../bound.js';

/** A number no smaller than the one named. */
export const judge = bound('at least', (value, limit) => value >= limit);
