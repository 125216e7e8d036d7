import { statementsOf } from '#check/policy-document.js';
import { type Dict, fromJson, type Value } from '#model/value.js';

// What IAM does with a request under the deny statements of a policy, for the operators these policies use, over the statements in
// the gate's own normal form.

export interface Request {
  action: string;
  resource: string;
  /** Condition keys the request carries, in lower case; a list is a key of several values. */
  context: Record<string, string | readonly string[]>;
}

const glob = (pattern: string, flags = ''): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    flags,
  );

const listOf = (value: Value): string[] | undefined =>
  value.kind === 'list' ? value.items.map((item) => String(item.kind === 'scalar' ? item.value : '')) : undefined;

/** Sids of the statements that deny the request. */
export function denying(text: string, request: Request): string[] {
  const document = fromJson(JSON.parse(text), 0);
  const statements = statementsOf(document as Dict);
  if (statements?.kind !== 'list') throw new Error('no policy');
  return statements.items.flatMap((statement) => {
    if (statement.kind !== 'dict') throw new Error('no statement');
    const sid = statement.get('Sid');
    return denies(statement, request) && sid.kind === 'scalar' ? [String(sid.value)] : [];
  });
}

function denies(statement: Dict, { action, resource, context }: Request): boolean {
  const of = (key: string) => listOf(statement.get(key));
  const matches = (patterns: string[], text: string, flags?: string) =>
    patterns.some((each) => glob(each, flags).test(text));
  const [actions, notActions, resources, notResources] = ['Action', 'NotAction', 'Resource', 'NotResource'].map(of);
  if (actions ? !matches(actions, action, 'i') : matches(notActions ?? [], action, 'i')) return false;
  if (resources ? !matches(resources, resource) : matches(notResources ?? [], resource)) return false;
  const conditions = statement.get('Condition');
  return conditions.kind !== 'list' || conditions.items.every((each) => holds(each as Dict, context));
}

function holds(condition: Dict, context: Request['context']): boolean {
  const text = (key: string): string => String((condition.get(key) as { value?: unknown }).value);
  const values = (listOf(condition.get('Values')) ?? []).map((value) =>
    value.replace(/\$\{([^}]+)\}/g, (_, key: string) => String(context[key.toLowerCase()] ?? '')),
  );
  const found = context[text('Key')];
  const operator = text('Operator');
  if (operator === 'null') return values.includes(String(found === undefined));
  if (operator.startsWith('forallvalues:')) {
    const all = found === undefined ? [] : [found].flat();
    return all.every((each) => compare(operator.slice('forallvalues:'.length), String(each), values));
  }
  if (operator.startsWith('foranyvalue:')) {
    const all = found === undefined ? [] : [found].flat();
    return all.some((each) => compare(operator.slice('foranyvalue:'.length), String(each), values));
  }
  if (found === undefined) return operator.endsWith('ifexists') || operator === 'stringnotequals';
  return compare(operator.replace(/ifexists$/, ''), String(found), values);
}

function compare(operator: string, found: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'stringequals':
      return values.includes(found);
    case 'stringnotequals':
      return !values.includes(found);
    case 'bool':
      return values.includes(found);
    case 'arnlike':
      return values.some((each) => glob(each).test(found));
    case 'numericlessthan':
      return values.some((each) => Number(found) < Number(each));
    case 'numericgreaterthan':
      return values.some((each) => Number(found) > Number(each));
    default:
      throw new Error(`operator ${operator} is not known here`);
  }
}
