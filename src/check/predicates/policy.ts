import type { Judge } from '../context.js';
import { openPart } from '../equality.js';
import { fail, quote, unknown } from '../outcome.js';
import { statementsOf } from '../policy-document.js';

/** An IAM policy document, as its list of statements in normal form. */
export const judge: Judge = (value, argument, context, engine) => {
  switch (value.kind) {
    case 'absent':
      return fail(value.at, 'is absent; must be a policy document');
    case 'unknown':
      return unknown(value.at, value.settledBy);
    case 'text':
      return value.json ? judge(value.json, argument, context, engine) : unknown(value.at, openPart(value));
    case 'dict':
    case 'scalar': {
      const statements = statementsOf(value);
      if (statements) return engine.predicate(statements, argument, context);
      return fail(value.at, () => `is ${quote(value)}, no policy document`);
    }
    default:
      return fail(value.at, () => `is ${quote(value)}, no policy document`);
  }
};
