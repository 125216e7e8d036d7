import { bound } from '../bound.js';

/** A number no larger than the one named. */
export const predicate = bound('at most', (value, limit) => value <= limit);
