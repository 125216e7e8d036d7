/** A condition or predicate as a finding prints it: the requirement's own words without its punctuation. */
export function describe(part: unknown): string {
  if (typeof part !== 'object' || part === null) return spell(part);
  let text = known.get(part);
  if (text === undefined) {
    text = spell(part);
    known.set(part, text);
  }
  return text;
}

/** Requirements are few and judged often: each of their parts is spelt once. */
const known = new WeakMap<object, string>();

function spell(part: unknown): string {
  const text = words(part);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function words(part: unknown): string {
  if (Array.isArray(part)) return part.map(words).join(' or ');
  if (typeof part !== 'object' || part === null) return String(part);
  return Object.entries(part)
    .filter(([key]) => key !== saying && key !== wanting)
    .map(([key, argument]) => phrase(key, argument))
    .join(', ');
}

/** The key under which a part of a requirement has its own words for what is wrong; it asks for nothing. */
export const saying = 'says';

/** The key under which a predicate has its own words for what is wanted, after "must"; it asks for nothing either. */
export const wanting = 'wants';

/** A part's own words for what is wrong, a clause such as `lets everybody read it`. */
export function ownWords(part: unknown): string | undefined {
  const says = typeof part === 'object' && part !== null && saying in part ? part[saying] : undefined;
  return typeof says === 'string' ? says : undefined;
}

function phrase(key: string, argument: unknown): string {
  switch (key) {
    case 'absent':
      return 'absent';
    case 'present':
      return 'set';
    case 'equals':
    case 'in':
      return words(argument);
    case 'not':
      return isAbsence(argument) ? 'set' : `not ${words(argument)}`;
    case 'matches':
      return `like ${words(argument)}`;
    case 'some':
      return `with ${words(argument)}`;
    case 'none':
      return `without ${words(argument)}`;
    case 'absent-or':
      return `absent or ${words(argument)}`;
    case 'all-of':
      return list(argument, ' and ');
    case 'any-of':
    case 'any':
      return `either ${list(argument, ' or ')}`;
    case 'all':
      return list(argument, ' and ');
    default:
      return `${key} ${words(argument)}`;
  }
}

const list = (argument: unknown, between: string): string =>
  Array.isArray(argument) ? argument.map(words).join(between) : words(argument);

const isAbsence = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'absent' in part && Object.keys(part).length === 1;

/** Whether a predicate names the very values it speaks of, so that quoting one gives nothing away. */
export const isSpelt = (argument: unknown): boolean =>
  typeof argument === 'object' && argument !== null && ('in' in argument || 'equals' in argument);
