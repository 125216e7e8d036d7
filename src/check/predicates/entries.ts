import { dictOf, type Value } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, quote } from '../outcome.js';

/** What the entries of an object are, as a list of its names and values: for objects whose keys are names somebody chose. */
export const predicate: Predicate = (argument, engine) => {
  if (typeof argument !== 'object' || argument === null)
    throw new RequirementFault('`entries` takes a predicate on a list');
  const judge = engine.predicate(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'absent') return judge(value, context);
    if (value.kind !== 'dict') return fail(value.at, () => `is ${quote(value)}, no object`);
    const items = value.keys().map((key): Value => {
      const inner = value.get(key);
      const name: Value = { kind: 'scalar', value: key, at: inner.at };
      const item = dictOf(
        ['name', 'value'],
        (part) => (part === 'name' ? name : part === 'value' ? inner : { kind: 'absent', at: inner.at }),
        inner.at,
      );
      return Object.assign(item, { entry: key });
    });
    const list: Value = { kind: 'list', items, at: value.at };
    return judge(value.open ? { ...list, open: value.open } : list, context);
  };
};
