import { type Dict, dictOf, fromJson, type List, type Scalar, type Unknown, type Value } from '#model/value.js';
import { mayBe, openPart } from './equality.js';
import { asList, policyCondition } from './policy-condition.js';

/**
 * The statements of a policy document in normal form: `Action`, `NotAction`, `Resource`, `NotResource` always lists,
 * principals as `*`, `AWS:…`, `Service:…`, `Federated:…`, `Services` the bare names of services among them, `Condition` a list of
 * `{Operator, Key, Values, Binds}`. Undefined for a text that is no policy.
 */
export function statementsOf(document: Dict | Scalar): Value | undefined {
  let statements = known.get(document);
  if (statements === undefined) {
    statements = normalForm(document) ?? null;
    known.set(document, statements);
  }
  return statements ?? undefined;
}

/** Many requirements ask about one policy. Values are read-only, so what was made of one stays true. */
const known = new WeakMap<Dict | Scalar, Value | null>();

function normalForm(document: Dict | Scalar): Value | undefined {
  if (document.kind === 'scalar') {
    const parsed = parse(document);
    return parsed?.kind === 'dict' ? normalForm(parsed) : undefined;
  }
  const element = elementsOf(document);
  const listed = element('Statement');
  // Some resources take one statement where others take a document.
  const statement = listed.kind === 'absent' && element('Effect').kind !== 'absent' ? document : listed;
  if (statement.kind === 'unknown') return statement;
  const items = statement.kind === 'list' ? statement.items : statement.kind === 'absent' ? [] : [statement];
  const open = statement.kind === 'list' ? statement.open : undefined;
  return { kind: 'list', items: items.map(normal), at: statement.at, ...(open ? { open } : {}) };
}

function parse(document: Scalar): Value | undefined {
  if (typeof document.value !== 'string') return undefined;
  try {
    return fromJson(JSON.parse(document.value), document.at);
  } catch {
    return undefined;
  }
}

const listed = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);
const elements = new Set([
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  ...listed,
  'Condition',
]);

/** What stands under the name of an element, also in a case AWS refuses: what it means is judged, so that it does not pass for nothing. */
function elementsOf(part: Dict): (element: string) => Value {
  const others = part.keys().filter((key) => !elements.has(key));
  if (others.length === 0) return (element) => part.get(element);
  return (element) => {
    const value = part.get(element);
    if (value.kind !== 'absent') return value;
    const other = others.find((key) => key.toLowerCase() === element.toLowerCase());
    return other === undefined ? value : part.get(other);
  };
}

/** What AWS refuses says nothing that could pass. */
const refused = (what: string, at: number): Value => ({
  kind: 'unknown',
  settledBy: `what is meant by ${what}, which AWS refuses`,
  at,
});

/** Of another case than AWS takes, what lets in is judged; a denial AWS refuses protects from nothing. */
function effect(value: Value): Value {
  if (value.kind === 'absent') return refused('a statement without an Effect', value.at);
  if (value.kind !== 'scalar' || value.value === 'Allow' || value.value === 'Deny') return value;
  if (String(value.value).toLowerCase() === 'allow') return { ...value, value: 'Allow' };
  return refused(`Effect ${JSON.stringify(value.value)}`, value.at);
}

function normal(statement: Value): Value {
  if (statement.kind !== 'dict')
    return statement.kind === 'unknown' ? statement : refused('a statement that is no object', statement.at);
  const element = elementsOf(statement);
  const get = (key: string): Value => {
    const value = element(key);
    if (key === 'Effect') return effect(value);
    if (key === 'Services') return services(element('Principal'));
    if (value.kind === 'absent') return value;
    if (listed.has(key)) {
      const list = asList(value);
      return { ...list, items: texts(list.items, key) };
    }
    if (key === 'Principal' || key === 'NotPrincipal') return principals(value);
    return key === 'Condition' ? conditions(value) : value;
  };
  const seen = new Map<string, Value>();
  const once = (key: string): Value => {
    let value = seen.get(key);
    if (!value) {
      value = get(key);
      seen.set(key, value);
    }
    return value;
  };
  return dictOf(statement.keys(), once, statement.at, statement.open);
}

/** Actions, resources and principals are texts: in a list within the list, as an `Fn::If` may leave it, nothing would be found. */
function texts(items: readonly Value[], element: string): readonly Value[] {
  const isText = ({ kind }: Value): boolean => kind !== 'list' && kind !== 'dict';
  if (items.every(isText)) return items;
  return items.map((item) => (isText(item) ? item : refused(`a list or object in ${element}`, item.at)));
}

function principals(value: Value): Value {
  if (value.kind !== 'dict') return asList(value);
  const items = value.keys().flatMap((spelt) => {
    const named = value.get(spelt);
    const list = named.kind === 'list' ? [...named.items, ...(named.open ? [named.open] : [])] : [named];
    const kind = kinds.find((each) => each.toLowerCase() === spelt.toLowerCase());
    if (kind === undefined) return [refused(`principals of kind ${spelt}`, value.at)];
    return texts(list, 'Principal').map((principal) => withKind(kind, principal));
  });
  return { kind: 'list', items, at: value.at, ...(value.open ? { open: value.open } : {}) };
}

/** As AWS spells its services: named in another case it is the same one, or AWS refuses it. */
const inLowerCase = (service: Scalar): Scalar => ({ ...service, value: String(service.value).toLowerCase() });

/** Which services there are among principals, whoever else is. */
function services(value: Value): Value {
  const spelt = value.kind === 'dict' ? value.keys().find((key) => key.toLowerCase() === 'service') : undefined;
  if (spelt !== undefined && value.kind === 'dict') {
    const named = asList(value.get(spelt));
    return { ...named, items: named.items.map((item) => (item.kind === 'scalar' ? inLowerCase(item) : item)) };
  }
  const open = value.kind === 'dict' ? value.open : value;
  // Of principals that are open not even what they are known not to be says whether there is a service among them.
  if (open?.kind === 'unknown') return { kind: 'unknown', settledBy: open.settledBy, maybeAbsent: true, at: value.at };
  return { kind: 'absent', at: value.at };
}

const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser', '*'];

/** `{"AWS": "*"}` is everybody, and so is `{"*": "*"}`; AWS refuses a `*` of services and identity providers, and one within a name. */
const mayBeEverybody = (kind: string): boolean => kind === 'AWS' || kind === '*';

const hasWildcard = (name: string): boolean => /[*?]/.test(name);

function withKind(kind: string, principal: Value): Value {
  const { at } = principal;
  if (principal.kind === 'scalar') {
    if (principal.value === '*' && mayBeEverybody(kind)) return principal;
    const name = `${kind}:${kind === 'Service' ? inLowerCase(principal).value : principal.value}`;
    return hasWildcard(name.slice(1))
      ? refused(`principal ${JSON.stringify(name)}`, at)
      : { ...principal, value: name };
  }
  if (principal.kind === 'text') {
    // `*` and an open part that turns out to be nothing is everybody.
    if (mayBeEverybody(kind) && mayBe(principal, '*')) return { kind: 'unknown', settledBy: openPart(principal), at };
    if (principal.parts.some((part) => typeof part === 'string' && hasWildcard(part)))
      return refused('a principal with a wildcard in its name', at);
    const [start, ...rest] = principal.parts;
    const parts = typeof start === 'string' ? [`${kind}:${start}`, ...rest] : [`${kind}:`, ...principal.parts];
    return { kind: 'text', parts, at };
  }
  if (principal.kind !== 'unknown' && principal.kind !== 'reference') return principal;
  // An open principal may be `*`, unless it is known not to be.
  if (principal.kind === 'unknown' && mayBeEverybody(kind) && !principal.not?.includes('*')) return principal;
  return { kind: 'text', parts: [`${kind}:`, principal], at };
}

/** A value that is left out, as by `AWS::NoValue`, takes its condition with it, and so does the last of several. */
const isLeftOut = (value: Value): boolean =>
  value.kind === 'absent' || (value.kind === 'list' && !value.open && value.items.every(isLeftOut));

/** What decides whether a value is left out, where that is open: itself, or the one of a list in which all others are. */
function mayBeLeftOut(value: Value): Unknown | undefined {
  if (value.kind === 'unknown') return value.maybeAbsent ? value : undefined;
  if (value.kind !== 'list' || value.open) return undefined;
  const parts = value.items.filter((item) => !isLeftOut(item)).map(mayBeLeftOut);
  return parts.every((part) => part !== undefined) ? parts[0] : undefined;
}

function conditions(value: Value): Value {
  if (value.kind !== 'dict') return value;
  const items = value.keys().flatMap((operator): Value[] => {
    const keys = value.get(operator);
    if (keys.kind !== 'dict') return [keys];
    const held = keys.keys().flatMap((key): Value[] => {
      const value = keys.get(key);
      if (isLeftOut(value)) return [];
      // Where the value may turn out to be left out, whether there is a condition is open.
      return [mayBeLeftOut(value) ?? policyCondition(operator, key, value)];
    });
    return keys.open ? [...held, keys.open] : held;
  });
  const list: List = { kind: 'list', items, at: value.at };
  return value.open ? { ...list, open: value.open } : list;
}
