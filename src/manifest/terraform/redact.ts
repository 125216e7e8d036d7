import { asObject, type Json, member, objectsIn } from './shape.js';

/**
 * A plan or state as it may be kept: what was judged, without sensitive values and without the parts that repeat them unmarked
 * (what was before, values of variables, planned values, constants of the configuration).
 */
export function redactedPlan(text: string): string {
  const plan = asObject(JSON.parse(text)) ?? {};
  const kept = pick(plan, ['format_version', 'terraform_version', 'complete', 'errored', 'timestamp']);
  const changes = member(plan, 'resource_changes');
  if (Array.isArray(changes)) kept.resource_changes = objectsIn(changes).map(keptChange);
  const deferred = member(plan, 'deferred_changes');
  if (Array.isArray(deferred)) kept.deferred_changes = objectsIn(deferred).map(keptDeferral);
  for (const key of ['planned_values', 'values']) {
    const root = asObject(member(member(plan, key), 'root_module'));
    // Planned values are read only of resources without a change, but nothing tells that here; they are redacted alike.
    if (root) kept[key] = { root_module: keptModule(root, 0) };
  }
  const variables = asObject(member(plan, 'variables'));
  if (variables) kept.variables = stripped(variables);
  const configuration = asObject(member(plan, 'configuration'));
  if (configuration) kept.configuration = withoutConstants(configuration, '', 0);
  // One line, as Terraform writes it, so that lines named in findings are those of this text too.
  return `${JSON.stringify(kept)}\n`;
}

const named = [
  'address',
  'module_address',
  'mode',
  'type',
  'name',
  'index',
  'deposed',
  'provider_name',
  'action_reason',
];

function keptChange(each: Json): Json {
  const change = asObject(member(each, 'change')) ?? {};
  const after = hidden(member(change, 'after'), member(change, 'after_sensitive'));
  return {
    ...pick(each, named),
    change: { ...pick(change, ['actions', 'after_unknown', 'after_sensitive', 'replace_paths', 'importing']), after },
  };
}

/** What is left to a later plan is judged there; here it is said that it is. */
const keptDeferral = (each: Json): Json => ({
  ...pick(each, ['reason']),
  resource_change: pick(asObject(member(each, 'resource_change')) ?? {}, named),
});

function keptModule(module: Json, depth: number): Json {
  const resources = objectsIn(member(module, 'resources')).map((each) => ({
    ...pick(each, named),
    values: hidden(member(each, 'values'), member(each, 'sensitive_values')),
    ...pick(each, ['sensitive_values']),
  }));
  const children = depth < 100 ? objectsIn(member(module, 'child_modules')) : [];
  return {
    ...pick(module, ['address']),
    resources,
    child_modules: children.map((child) => keptModule(child, depth + 1)),
  };
}

/** A value with every sensitive part of it replaced. Marks are a tree of the value's shape with `true` where it is sensitive. */
function hidden(value: unknown, marks: unknown): unknown {
  if (marks === true) return value === null || value === undefined ? value : '(sensitive)';
  if (Array.isArray(value)) {
    return value.map((item, index) => hidden(item, Array.isArray(marks) ? marks[index] : undefined));
  }
  const object = asObject(value);
  if (!object || !asObject(marks)) return value;
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, hidden(item, member(marks, key))]));
}

/** What a value is without what it says: whether there is one, and which keys it has, is asked when the plan is judged again. */
function stripped(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value === '' ? '' : '(sensitive)';
  if (typeof value === 'number') return 0;
  if (depth > 200) return null;
  if (Array.isArray(value)) return value.map((item) => stripped(item, depth + 1));
  const object = asObject(value);
  if (!object) return value;
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, stripped(item, depth + 1)]));
}

const constants = new Set(['default', 'constant_value']);

/** Constants may be secrets written into the code. Where a provider works, as what and in which accounts is what requirements ask for. */
const askedFor: readonly string[] = ['region', 'zone', 'role_arn', 'allowed_account_ids'];

/** The host of a service of AWS: whether it is one with validated modules is asked of a provider. */
const isHost = (value: unknown): boolean =>
  typeof value === 'string' && /^https:\/\/[\w.-]+\.amazonaws\.com\/?$/.test(value);

function withoutConstants(value: unknown, key: string, depth: number): unknown {
  if (depth > 200) return undefined;
  if (Array.isArray(value)) return value.map((item) => withoutConstants(item, key, depth + 1));
  const object = asObject(value);
  // The address of a module may name a user and a token.
  if (!object) return key === 'source' && typeof value === 'string' ? withoutUser(value) : value;
  const isConstant = (name: string, item: unknown): boolean =>
    constants.has(name) && !(name === 'constant_value' && (askedFor.includes(key) || isHost(item)));
  return Object.fromEntries(
    Object.entries(object).map(([name, item]) => [
      name,
      isConstant(name, item) ? stripped(item) : withoutConstants(item, name, depth + 1),
    ]),
  );
}

const withoutUser = (address: string): string => address.replace(/:\/\/[^/@]*@/g, '://(sensitive)@');

const pick = (object: Json, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(object, key)).map((key) => [key, object[key]]));
