import { count } from '../count.js';

/** A list with at most so many items. */
export const predicate = count('at most', (length, limit) => length <= limit, false);
