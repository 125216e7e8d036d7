import type { Predicate, Test } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, quote, unknown } from '../outcome.js';
import { statementsOf } from '../policy-document.js';
import { policyText } from '../policy-text.js';

/** An IAM policy document, as its list of statements in normal form. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.predicate(argument);
  const ofDocument: Test = (value, context) => {
    switch (value.kind) {
      case 'absent':
        return fail(value.at, 'is absent; must be a policy document');
      case 'unknown':
        return open(value);
      case 'text': {
        const document = value.json ?? policyText(value);
        return document ? ofDocument(document, context) : unknown(value.at, openPart(value));
      }
      case 'dict':
      case 'scalar': {
        const statements = statementsOf(value);
        if (statements) return judge(statements, context);
        return fail(value.at, () => `is ${quote(value)}, no policy document`);
      }
      default:
        return fail(value.at, () => `is ${quote(value)}, no policy document`);
    }
  };
  return ofDocument;
};
