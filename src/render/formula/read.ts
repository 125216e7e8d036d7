import type { Condition } from '#model/requirement.js';
import { secretName } from '#model/secret-name.js';
import { type SettingValue, settingAs } from '#model/setting.js';
import { all, any, type Formula, fails, holds, holdsOfNothing, isSet, opposite, test, Unsayable } from './formula.js';
import { wideRange } from './wide-range.js';

/** What arguments of a requirement refer to. */
export interface Given {
  settings: Readonly<Record<string, SettingValue>>;
  boundary: { partition: string; regions: readonly string[] };
}

/** Predicates and keys that speak of more than the value before them. */
const beyond: Readonly<Record<string, string>> = {
  related: 'asks what other resources say of this one',
  'no-related': 'asks what other resources say of this one',
  'refers-to': 'asks what the resource says that it refers to',
  policy: 'reads the statements of an IAM policy in normal form',
  json: 'reads JSON inside a string',
  strings: 'reads every string of the resource',
  'resource-type': 'asks which region has a type',
  boundary: 'asks which accounts are of the boundary',
  'account-in-boundary': 'asks which accounts are of the boundary',
  attributes: 'asks what is said of the resource beside its properties',
  'offered-type': 'asks which region has a type',
  'offered-model': 'asks which region serves a model',
  'for-each-action': 'reads the statements of an IAM policy in normal form',
  entries: 'reads the names somebody chose for entries',
  'holds-secret': 'reads a script',
  'spells-secret': 'tells secrets from references to them',
  'uncovers-secret': 'tells secrets from what is shown',
  'names-somebody': 'asks whom a pattern fits',
  'one-account': 'reads the statements of an IAM policy in normal form',
  shaped: 'takes what is open in a text for a name',
  undecided: 'leaves open what no manifest says',
  unset: 'is said of Terraform plans',
  'unset-or': 'is said of Terraform plans',
};

/** Every predicate a requirement may use, so that a key that is none is a path. */
export const readPredicates: ReadonlySet<string> = new Set([
  ...['absent', 'absent-or', 'account-in-boundary', 'all', 'any', 'arn-in-boundary', 'at-least', 'at-most', 'contains'],
  ...[
    'covers',
    'customer-key',
    'ends-with',
    'entries',
    'equals',
    'every',
    'for-each-action',
    'grants',
    'holds-secret',
    'in',
  ],
  ...[
    'leaves',
    'local-reference',
    'matches',
    'max-items',
    'min-items',
    'names-secret',
    'names-somebody',
    'none',
    'not',
  ],
  ...['nvme-instance', 'offered-instance', 'present', 'spells-secret'],
  ...[
    'quantity-at-least',
    'registry-in-boundary',
    'uncovers-secret',
    'some',
    'spells',
    'spelt-out',
    'starts-with',
    'refers-to',
    'policy',
    'json',
  ],
  ...['offered-type', 'offered-model', 'one-account', 'shaped', 'undecided', 'unset', 'unset-or', 'wide-range'],
]);

const words = new Set(['says', 'wants']);

const entriesOf = (part: unknown): [string, unknown][] => {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new Unsayable('is no condition');
  return Object.entries(part).filter(([key]) => !words.has(key));
};

const listOf = (part: unknown): readonly unknown[] => (Array.isArray(part) ? part : [part]);

/** A condition of the requirement language. Throws `Unsayable` where it speaks of more than one value after the other. */
export const readCondition = (condition: Condition, given: Given): Formula =>
  all(entriesOf(condition).map(([key, argument]) => readEntry(key, argument, given)));

export function readEntry(key: string, argument: unknown, given: Given): Formula {
  const each = () => listOf(argument).map((part) => readCondition(part as Condition, given));
  switch (key) {
    case 'all-of':
      return all(each());
    case 'any-of':
      return any(each());
    case 'none-of':
      return all(each().map(opposite));
    case 'planned':
      return all(entriesOf(argument).map(([setting, predicate]) => planned(given.settings[setting], predicate, given)));
    default:
      if (Object.hasOwn(beyond, key)) throw new Unsayable(beyond[key] as string);
      return along(stepsOf(key), readPredicate(argument, given));
  }
}

/** What is asked at the end of a path; an absent or empty list counts as one absent value. */
function along(steps: readonly (string | undefined)[], asked: Formula): Formula {
  const star = steps.indexOf(undefined);
  if (star < 0) return at(steps as readonly string[], asked);
  const inner = along(steps.slice(star + 1), asked);
  const every: Formula = { kind: 'every', of: inner };
  return at(
    steps.slice(0, star) as readonly string[],
    holdsOfNothing(inner) ? every : all([{ kind: 'some', of: holds }, every]),
  );
}

const at = (keys: readonly string[], of: Formula): Formula => (keys.length === 0 ? of : { kind: 'at', keys, of });

function stepsOf(path: string): (string | undefined)[] {
  const steps = [...path.matchAll(/\.?(?:"([^"]+)"|([^."[\]]+))|(\[\*\])/g)];
  return steps.map(([, quoted, plain, star]) => (star === undefined ? (quoted ?? plain) : undefined));
}

/** A predicate on a value, or on an item of a list, where a condition may stand instead. */
function readPredicate(predicate: unknown, given: Given): Formula {
  const entries = entriesOf(predicate);
  if (!entries.every(([name]) => readPredicates.has(name))) return readCondition(predicate as Condition, given);
  return all(entries.map(([name, argument]) => readNamed(name, argument, given)));
}

function readNamed(name: string, argument: unknown, given: Given): Formula {
  const inner = () => readPredicate(argument, given);
  switch (name) {
    case 'absent':
      return opposite(isSet);
    case 'absent-or':
      return any([opposite(isSet), inner()]);
    case 'not':
      return opposite(inner());
    case 'all':
      return all(listOf(argument).map((part) => readPredicate(part, given)));
    case 'any':
      return any(listOf(argument).map((part) => readPredicate(part, given)));
    case 'every':
      return all([isSet, { kind: 'every', of: inner() }]);
    case 'some':
      return { kind: 'some', of: inner() };
    case 'none':
      return { kind: 'every', of: opposite(inner()) };
    case 'contains':
      return all(scalars(argument, given).map((scalar) => ({ kind: 'some', of: test('in', [scalar]) })));
    case 'equals':
    case 'in':
      return test('in', scalars(argument, given));
    case 'starts-with': {
      const starts = scalars(argument, given);
      // A rule that reads templates as they are written would refuse every ARN with ${AWS::Partition}.
      if (starts.some((start) => String(start).includes('{partition}')))
        throw new Unsayable('asks for the partition in a text that templates put together');
      return test(name, starts);
    }
    case 'names-secret':
      return test('matches', secretName);
    case 'ends-with':
    case 'local-reference':
      return test(name, scalars(argument, given));
    case 'wide-range':
      return wideRange;
    default:
      if (Object.hasOwn(beyond, name)) throw new Unsayable(beyond[name] as string);
      return test(name, resolved(argument, given));
  }
}

const scalars = (argument: unknown, given: Given): readonly unknown[] =>
  listOf(resolved(argument, given)).flatMap((item) => listOf(resolved(item, given)));

function resolved(argument: unknown, { settings, boundary }: Given): unknown {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) return argument;
  const reference = argument as { setting?: unknown; as?: unknown; boundary?: unknown };
  if (typeof reference.setting === 'string') {
    if (!Object.hasOwn(settings, reference.setting)) throw new Unsayable(`setting ${reference.setting} has no value`);
    return settingAs(settings[reference.setting] as SettingValue, reference.as);
  }
  if (reference.boundary === 'partition') return boundary.partition;
  if (reference.boundary === 'regions') return boundary.regions;
  throw new Unsayable('takes an argument of another cloud');
}

/** A predicate on what the plan says, which is known here. */
function planned(value: SettingValue | undefined, predicate: unknown, given: Given): Formula {
  const decided = entriesOf(predicate).every(([name, argument]) => {
    const wanted = scalars(argument, given).map(String);
    if (name === 'equals' || name === 'in') return wanted.includes(String(value));
    if (name === 'at-least') return Number(value) >= Number(wanted[0]);
    if (name === 'at-most') return Number(value) <= Number(wanted[0]);
    throw new Unsayable(`asks ${name} of a planned setting`);
  });
  return decided ? holds : fails;
}
