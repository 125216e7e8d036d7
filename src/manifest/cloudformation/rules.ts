import type { Raw, RawEntry } from '../yaml/tree.js';
import { scalarText } from './parameter.js';

/** What the `Rules` of a template leave of a parameter's values: AWS refuses a deployment that breaks one. */
export interface Ruled {
  /** Only these. */
  among?: readonly string[];
  /** None of these. */
  never: readonly string[];
}

/** Assertions that hold whatever else is given, about one parameter each; what is more involved narrows nothing. */
export function ruledParameters(rules: ReadonlyMap<string, RawEntry>): ReadonlyMap<string, Ruled> {
  const found = new Map<string, Ruled>();
  for (const { value: rule } of rules.values()) {
    if (rule.kind !== 'map' || rule.entries.has('RuleCondition')) continue;
    const assertions = rule.entries.get('Assertions')?.value;
    for (const assertion of assertions?.kind === 'seq' ? assertions.items : []) {
      const assert = assertion.kind === 'map' ? assertion.entries.get('Assert')?.value : undefined;
      if (assert) note(assert, found, 0);
    }
  }
  return found;
}

function note(assertion: Raw, found: Map<string, Ruled>, depth: number): void {
  const [name, items] = call(assertion);
  if (depth > 20 || !items) return;
  if (name === 'Fn::And') for (const item of items) note(item, found, depth + 1);
  if (name === 'Fn::Contains') narrow(found, refOf(items[1]), literals(items[0]));
  if (name === 'Fn::Equals') {
    const [one, other] = items;
    narrow(found, refOf(one), literal(other));
    narrow(found, refOf(other), literal(one));
  }
  if (name !== 'Fn::Not') return;
  const [inner, [one, other] = []] = call(items[0]);
  if (inner !== 'Fn::Equals') return;
  exclude(found, refOf(one), literal(other));
  exclude(found, refOf(other), literal(one));
}

function narrow(found: Map<string, Ruled>, name: string | undefined, values: readonly string[] | undefined): void {
  if (name === undefined || !values) return;
  const ruled = found.get(name) ?? { never: [] };
  const among = ruled.among ? ruled.among.filter((value) => values.includes(value)) : values;
  found.set(name, { ...ruled, among });
}

function exclude(found: Map<string, Ruled>, name: string | undefined, values: readonly string[] | undefined): void {
  if (name === undefined || !values) return;
  const ruled = found.get(name) ?? { never: [] };
  found.set(name, { ...ruled, never: [...ruled.never, ...values] });
}

function call(raw: Raw | undefined): [name?: string, items?: readonly Raw[]] {
  if (raw?.kind !== 'map' || raw.entries.size !== 1) return [];
  const [name, { value }] = raw.entries.entries().next().value as [string, RawEntry];
  return value.kind === 'seq' ? [name, value.items] : [];
}

const refOf = (raw: Raw | undefined): string | undefined =>
  raw?.kind === 'map' && raw.entries.size === 1 ? scalarText(raw.entries.get('Ref')?.value) : undefined;

const literal = (raw: Raw | undefined): readonly string[] | undefined =>
  raw?.kind === 'scalar' ? [String(raw.value ?? '')] : undefined;

function literals(raw: Raw | undefined): readonly string[] | undefined {
  if (raw?.kind !== 'seq' || !raw.items.every((item) => item.kind === 'scalar')) return undefined;
  return raw.items.map((item) => (item.kind === 'scalar' ? String(item.value ?? '') : ''));
}
