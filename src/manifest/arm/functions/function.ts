import type { Unknown, Value } from '#model/value.js';
import type { Call } from '../expression.js';
import type { Scope } from '../scope.js';
import { describe, openOf } from '../values.js';

/** Where a function is called. */
export interface Place {
  call: Call;
  at: number;
  scope: Scope;
}

/** A function of the template language, given its arguments worked out. Undefined for arguments it cannot follow. */
export type TemplateFunction = (operands: readonly Value[], place: Place) => Value | undefined;

export type Functions = readonly (readonly [string, TemplateFunction])[];

/** What a call gives that is settled only at deployment, named by its arguments. */
export const settledLater = (operands: readonly Value[], { call, at }: Place): Unknown =>
  openOf(operands, `${call.name}(${operands.map((operand) => describe(operand)).join(', ')})`, at);

export const textIn = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;

export const numberIn = (value: Value | undefined): number | undefined =>
  value?.kind === 'scalar' && typeof value.value === 'number' ? value.value : undefined;

/** Longer lists than any template makes are not followed. */
export const mostItems = 10_000;
