import { RampartError } from '#model/error.js';
import { unseen } from '#model/unseen.js';

/** A place in a JSON document: where it came from and the way to it, as a JSON pointer. */
export interface Place {
  file: string;
  pointer: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Members are asked for by name in a document nobody vouches for, so inherited ones do not count. */
export function member(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const below = ({ file, pointer }: Place, ...steps: readonly (string | number)[]): Place => ({
  file,
  pointer: `${pointer}${steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
});

/** An object; throws `RAMPART_CATALOG_SHAPE` (exit `input`) with the place otherwise. */
export function fields(value: unknown, place: Place): Fields {
  if (isFields(value)) return value;
  throw wrongShape(place, 'an object');
}

/** A list; absent is an empty one. */
export function list(value: unknown, place: Place): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw wrongShape(place, 'a list');
}

/** A text that is there. */
export function text(value: unknown, place: Place): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrongShape(place, 'a text');
}

/** A text on one line that moves no cursor. */
export const printable = (said: string): string => said.replace(unseen, ' ').replace(/ +/g, ' ').trim();

/** Only these keys may stand here: one that is not understood may decide what is selected. */
export function onlyKeys(given: Fields, known: readonly string[], place: Place): void {
  const strange = Object.keys(given).find((key) => !known.includes(key));
  if (strange !== undefined)
    throw wrongShape(below(place, strange), `left out: only ${known.join(', ')} are understood here`);
}

export const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const wrongShape = ({ file, pointer }: Place, wanted: string): RampartError =>
  new RampartError('RAMPART_CATALOG_SHAPE', `${file}: ${pointer || '/'} must be ${wanted}.`, {
    exit: 'input',
    next: 'Give the file as its publisher issues it: an OSCAL catalog or profile, or FedRAMP’s consolidated rules, in JSON.',
    position: { file, line: 1, column: 1 },
  });
