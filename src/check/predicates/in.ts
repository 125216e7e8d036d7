import type { Judge } from '../context.js';
import { scalars } from '../context.js';
import { equality } from '../equality.js';

/** The scalar is one of those named. */
export const judge: Judge = (value, argument, context) => equality(value, scalars(argument, context));
