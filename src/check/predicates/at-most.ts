import { bound } from '../bound.js';

/** A number no larger than the one named. */
export const judge = bound('at most', (value, limit) => value <= limit);
