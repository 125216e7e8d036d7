import type { Raw, RawMap } from '../yaml/tree.js';
import { orUnknown } from './later.js';
import { itemsAt, mapAt, textAt } from './value.js';

/** Whether a label selector matches; an empty one matches everything. An operator nobody knows matches nothing. */
export function selects(selector: Raw | undefined, labels: Raw | undefined): boolean {
  const wanted = mapAt(selector, 'matchLabels');
  for (const key of wanted?.entries.keys() ?? []) {
    if (textAt(labels, key) !== textAt(wanted, key)) return false;
  }
  return itemsAt(selector, 'matchExpressions').every((expression) => holds(expression, labels));
}

function holds(expression: Raw, labels: Raw | undefined): boolean {
  const value = textAt(labels, textAt(expression, 'key') ?? '');
  const values = valuesOf(expression);
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

const valuesOf = (expression: Raw | undefined): readonly string[] =>
  itemsAt(expression, 'values').map((item) => (item.kind === 'scalar' ? String(item.value) : ''));

/**
 * Things with selectors, by a label that each asks for first: of thousands of policies in one namespace only those that speak of a label of
 * a pod are asked about it. Those that ask for none are asked about all.
 */
export class Selectors<Thing> {
  private readonly byLabel = new Map<string, Map<string, Thing[]>>();
  private readonly others: Thing[] = [];

  constructor(
    readonly all: readonly Thing[],
    private readonly selectorOf: (thing: Thing) => RawMap | undefined,
  ) {
    for (const thing of all) {
      const first = orUnknown(() => firstOf(this.selectorOf(thing)));
      if (!Array.isArray(first)) {
        this.others.push(thing);
        continue;
      }
      const [key, values] = first;
      const here = this.byLabel.get(key) ?? new Map<string, Thing[]>();
      this.byLabel.set(key, here);
      for (const value of values) {
        const those = here.get(value);
        if (those) those.push(thing);
        else here.set(value, [thing]);
      }
    }
  }

  /** Those whose selectors match. */
  of(labels: RawMap | undefined): readonly Thing[] {
    const found = [...this.others];
    for (const key of labels?.entries.keys() ?? []) {
      const here = this.byLabel.get(key);
      if (here) found.push(...(here.get(textAt(labels, key) ?? '') ?? []));
    }
    return found.filter((thing) => selects(this.selectorOf(thing), labels));
  }
}

/** The label a selector asks for first, and the values it may have. */
function firstOf(selector: RawMap | undefined): [key: string, values: ReadonlySet<string>] | undefined {
  const wanted = mapAt(selector, 'matchLabels');
  for (const key of wanted?.entries.keys() ?? []) {
    const value = textAt(wanted, key);
    return value === undefined ? undefined : [key, new Set([value])];
  }
  const [expression] = itemsAt(selector, 'matchExpressions');
  const key = textAt(expression, 'key');
  if (key === undefined || textAt(expression, 'operator') !== 'In') return undefined;
  return [key, new Set(valuesOf(expression))];
}
