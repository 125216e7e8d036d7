import type { Reference, Unknown, Value } from '#model/value.js';
import { type Context, type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';
import { followOne, stepsOf } from '../path.js';
import { isNamed, referent } from '../referent.js';

/**
 * The string matches a regular expression, with each open part of it that is a name taken for one of letters, digits and hyphens. For
 * what AWS itself holds to a form, so that only the form of what is spelt out is in question: `${Bucket.Arn}/*` is all objects of a
 * bucket. A parameter may hold anything, save where the resource is given its name by it as well, or the one it refers to is.
 */
export const predicate: Predicate = (argument) => {
  const { form, ...names } = formOf(argument);
  const pattern = new RegExp(form, 'u');
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const parts = value.kind === 'text' ? value.parts : [value.kind === 'scalar' ? String(value.value ?? '') : value];
    const isString = value.kind === 'scalar' || value.kind === 'text' || value.kind === 'reference';
    const other = value.kind === 'text' ? value.parts.find((part) => mayBeAnything(part, names, context)) : undefined;
    if (other) return open(other as Unknown, value.at);
    const spelt = parts.map((part) => (typeof part === 'string' ? part : 'name')).join('');
    if (isString && pattern.test(spelt)) return pass(value.at);
    return fail(value.at, () => `is ${quote(value)}; must be of the form ${form}`);
  };
};

/** The property that names the resource, or refers to one that has its name in the property `of`. */
interface Names {
  names?: string;
  of?: string;
}

function formOf(argument: unknown): { form: string } & Names {
  if (typeof argument === 'string') return { form: argument };
  const { form, names, of } = (argument ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof form === 'string' && typeof names === 'string')
    return typeof of === 'string' ? { form, names, of } : { form, names };
  throw new RequirementFault('`shaped` takes a regular expression, or {form, names} with or without `of`');
}

function mayBeAnything(part: string | Unknown | Reference, { names, of }: Names, context: Context): boolean {
  if (typeof part === 'string' || part.kind === 'reference' || part.samples || isNamed(part)) return false;
  const { resource, world } = context;
  if (names === undefined || !resource) return true;
  context.watch?.looksElsewhere();
  const name = followOne(resource.properties(world), stepsOf(names));
  if (isMadeOf(name, part)) return false;
  const named = of === undefined ? undefined : referent(name, [], context);
  // What stands in another manifest has parameters of its own.
  if (!named || named.manifest !== resource.manifest) return true;
  return !isMadeOf(followOne(named.properties(world), stepsOf(of as string)), part);
}

const isMadeOf = (name: Value, part: Unknown): boolean =>
  (name.kind === 'text' ? name.parts : [name]).some((piece) => isSame(piece, part));

const isSame = (piece: string | Value, { settledBy }: Unknown): boolean =>
  typeof piece !== 'string' && piece.kind === 'unknown' && piece.settledBy === settledBy;
