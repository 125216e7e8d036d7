import type { Judge } from '../context.js';
import { scalars } from '../context.js';
import { equality } from '../equality.js';

/** The scalar is the one named. */
export const judge: Judge = (value, argument, context) => equality(value, scalars(argument, context).slice(0, 1));
