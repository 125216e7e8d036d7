import { count } from '../count.js';

/** A list with at least so many items. */
export const predicate = count('at least', (length, limit) => length >= limit, true);
