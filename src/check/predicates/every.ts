import type { Value } from '#model/value.js';
import type { Predicate } from '../context.js';
import { listOf } from '../list.js';
import { all, fail, open, quote, reworded } from '../outcome.js';

/** Each item of the list meets a predicate or condition; an empty list does. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return fail(value.at, 'is absent; must be a list');
    const listed = all(list.items, (item) => judge(item, context), value.at);
    if (list.open && listed.verdict === 'pass') return open(list.open, value.at);
    if (listed.verdict !== 'fail' || list.items.length < 2 || context.secret) return listed;
    return reworded(listed, (reason) => reason + others(list.items, (item) => judge(item, context).verdict === 'fail'));
  };
};

/** Texts that fail beside the first item that does: whoever mends one should not come back for the next. */
function others(items: readonly Value[], fails: (item: Value) => boolean): string {
  const [, ...more] = items.filter((item) => {
    try {
      return fails(item);
    } catch {
      // What depends on a choice nobody made yet is not told of.
      return false;
    }
  });
  const named = more.filter(({ kind }) => kind === 'scalar' || kind === 'text').map(nameOf);
  if (named.length === 0) return '';
  const rest = named.length > most ? ` and ${named.length - most} more` : '';
  return `; the same goes for ${named.slice(0, most).join(', ')}${rest}`;
}

const most = 3;

/** Of an ARN its end, since the first was quoted whole. */
const nameOf = (value: Value): string => quote(value).replace(/^"arn:.*\//, '"…/');
