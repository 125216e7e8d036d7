import { jsonText } from '#model/json-text.js';
import type { Value } from '#model/value.js';
import type { Predicate, Test } from '../context.js';
import { openPart } from '../equality.js';
import { knownPart } from '../known-part.js';
import { fail, type Outcome, open, quote, unknown } from '../outcome.js';
import { statementsOf } from '../policy-document.js';

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
        const document = value.json ?? jsonText(value);
        if (!document) {
          const known = knownPart(value);
          const outcome = known && ofDocument(known, context);
          return outcome?.verdict === 'fail' ? outcome : unknown(value.at, openPart(value));
        }
        // JSON of a text is a text once more, and AWS reads a policy out of JSON but once.
        return document.kind === 'text' || document.kind === 'scalar' ? refused(value) : ofDocument(document, context);
      }
      case 'dict':
      case 'scalar': {
        const statements = statementsOf(value);
        return statements ? judge(statements, context) : refused(value);
      }
      default:
        return refused(value);
    }
  };
  return ofDocument;
};

const refused = (value: Value): Outcome => fail(value.at, () => `is ${quote(value)}, no policy document`);
