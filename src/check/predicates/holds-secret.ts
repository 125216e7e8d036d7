import { decoded, scriptHoldsSecret } from '#model/secret-script.js';
import { openMark } from '#model/secret-text.js';
import type { List, Text } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { type Spelt, speltOf } from '../open-text.js';
import { fail, open, pass } from '../outcome.js';

/**
 * A text such as a script, plain or as Base64, spells out a secret: one known by its own form, or what is assigned to a name of one, given to a
 * command as a password, or stands before the host of a URL. The value is not quoted.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true && argument !== 'where-spelt')
    throw new RequirementFault('`holds-secret` takes true or where-spelt; use `not` for the opposite');
  return (given) => {
    const value = given.kind === 'list' ? commandLine(given) : given;
    const spelt = speltOf(value);
    if (spelt && holds(spelt.known)) return pass(value.at);
    // A whole script may be given, and anything may stand in it. Of values nothing says that they are one, any could be.
    if (spelt?.open && (value === spelt.open || mayBeBase64(spelt) ? argument === true : holds(spelt.settled ?? '')))
      return open(spelt.open, value.at);
    return fail(value.at, 'spells out no secret');
  };
};

/** The words of a command as one text, so that an option and its value in two items are told as in one. */
function commandLine({ items, open: more, at }: List): Text {
  const parts = [...items, ...(more ? [more] : [])].flatMap((item): Text['parts'] => {
    if (item.kind === 'scalar') return item.given || item.value === null ? [] : [String(item.value), ' '];
    if (item.kind === 'text') return [...item.parts, ' '];
    return item.kind === 'unknown' || item.kind === 'reference' ? [item, ' '] : [];
  });
  return { kind: 'text', parts, at };
}

/** Of Base64 in pieces the pieces tell nothing of what the whole would say. Lines that were folded have blanks between them, and no words. */
function mayBeBase64({ known }: Spelt): boolean {
  const rest = known.replaceAll(openMark, '');
  if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(rest)) return false;
  return !/[^\S\r\n]/.test(rest) || rest.split(/\s/).some((line) => line.length >= shortestLine);
}

/** Longer than any word, and shorter than the lines of what folds Base64. */
const shortestLine = 40;

function holds(text: string): boolean {
  if (scriptHoldsSecret(text)) return true;
  const script = decoded(text);
  return script !== undefined && scriptHoldsSecret(script);
}
