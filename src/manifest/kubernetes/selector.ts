import type { Raw } from '../yaml/tree.js';
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
  const values = itemsAt(expression, 'values').map((item) => (item.kind === 'scalar' ? String(item.value) : ''));
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
