import { endsWide, isWide } from '#model/address-range.js';
import { type Predicate, RequirementFault, type Test } from '../context.js';
import { openPart } from '../equality.js';
import { fail, type Outcome, open, pass, quote, unknown } from '../outcome.js';
import { spellings } from '../spelling.js';

/** A range of addresses that takes in much of the internet: wider than /16 (IPv6: /32) and in no private range. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`wide-range` takes true; use `not` for the opposite');
  return judge;
};

const must = 'must be a range that takes in much of the internet';

const judge: Test = (value) => {
  const said = (answer: boolean): Outcome =>
    answer ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must}`);
  switch (value.kind) {
    case 'absent':
      return fail(value.at, `is absent; ${must}`);
    case 'unknown':
      return open(value);
    case 'reference':
      return unknown(value.at, `the value ${quote(value)} has once it exists`);
    case 'scalar':
      return said(isWide(String(value.value)));
    case 'text': {
      const answers = new Set(spellings(value)?.map(isWide));
      const end = value.parts.at(-1);
      const answer = answers.size === 1 ? [...answers][0] : typeof end === 'string' ? endsWide(end) : undefined;
      return answer === undefined ? unknown(value.at, openPart(value)) : said(answer);
    }
    default:
      return said(false);
  }
};
