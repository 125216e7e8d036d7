import { lastKey } from './address.js';
import { Configuration } from './configuration.js';
import { Providers } from './provider.js';
import { asArray, asObject, asText, at, type Json, member, objectsIn } from './shape.js';

/** One instance of a resource or data source, as a plan or state lists it. */
export interface Entry {
  address: string;
  mode: string;
  type: string;
  name: string;
  /** Address of the module instance it stands in; empty for the root. */
  module: string;
  /** The key of the instance as it is written: `["x"]`, `[0]` or nothing. */
  key: string;
  provider: string | undefined;
  after: unknown;
  unknown: unknown;
  secret: unknown;
  /** False where an attribute that is not mentioned may still have a value. */
  isComplete: boolean;
  /** False where what is there already has values nobody gives: those the provider read back, which others may have set. */
  isNew: boolean;
}

/** What one plan or state holds. */
export class Source {
  readonly entries: readonly Entry[];
  readonly configuration: Configuration;
  readonly providers: Providers;
  private readonly documents = new Map<string, Entry>();

  /** What is asked of the plan while judging; the rest of it need not be kept. */
  readonly plan: Json;

  constructor(plan: Json) {
    this.plan = { configuration: member(plan, 'configuration'), variables: member(plan, 'variables') };
    this.providers = new Providers(this.plan);
    const changes = changesOf(plan);
    // A plan for some targets lists the others as planned values only.
    const untouched = valuesOf(at(plan, 'planned_values', 'root_module'), false, new Set(changes.listed));
    const all = [...changes.entries, ...untouched, ...valuesOf(at(plan, 'values', 'root_module'), true, new Set())];
    this.entries = all.filter(({ mode }) => mode === 'managed');
    for (const entry of all) {
      if (entry.mode === 'data' && entry.type === 'aws_iam_policy_document') this.documents.set(entry.address, entry);
    }
    let instances: Map<string, string[]> | undefined;
    const isWhole = member(plan, 'deferred_changes') === undefined && member(plan, 'complete') !== false;
    this.configuration = new Configuration(
      this.plan.configuration,
      (module, resource) => {
        instances ??= instancesOf(this.entries);
        return instances.get(`${module} ${resource}`) ?? [];
      },
      isWhole,
      this.plan.variables,
    );
  }

  /** A `data.aws_iam_policy_document` by its address. */
  policyDocument(address: string): Entry | undefined {
    return this.documents.get(address);
  }
}

const nothing: Json = {};

/** A member of what is known to be an object: a plan has ten thousand entries, of which a dozen are asked for each. */
const own = (object: Json, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Changes after which a resource is there no more. */
const gone = new Set(['delete', 'forget']);

function changesOf(plan: Json): { entries: Entry[]; listed: string[] } {
  const entries: Entry[] = [];
  const listed: string[] = [];
  for (const each of objectsIn(member(plan, 'resource_changes'))) {
    const change = asObject(own(each, 'change')) ?? nothing;
    const actions = asArray(own(change, 'actions'));
    const unknown = own(change, 'after_unknown');
    const entry = entryOf(each, asText(own(each, 'module_address')) ?? '', {
      after: own(change, 'after'),
      unknown,
      secret: own(change, 'after_sensitive'),
      isComplete: unknown !== undefined && unknown !== null,
      isNew: actions.includes('create'),
    });
    if (!entry) continue;
    // A deposed object is the rest of a replacement that failed; the resource has an entry of its own.
    if (own(each, 'deposed') !== undefined) continue;
    listed.push(entry.address);
    if (actions.length > 0 && actions.every((action) => gone.has(String(action)))) continue;
    entries.push(entry);
  }
  return { entries, listed };
}

const deepest = 100;

/** The resources of a module and of those it calls, but those that are listed already. */
function valuesOf(module: unknown, isComplete: boolean, listed: ReadonlySet<string>, depth = 0): Entry[] {
  if (depth > deepest) return [];
  const address = asText(member(module, 'address')) ?? '';
  const entries: Entry[] = [];
  for (const each of objectsIn(member(module, 'resources'))) {
    if (listed.has(String(own(each, 'address'))) || own(each, 'deposed_key') !== undefined) continue;
    const [after, secret] = [own(each, 'values'), own(each, 'sensitive_values')];
    const entry = entryOf(each, address, { after, unknown: undefined, secret, isComplete, isNew: isComplete });
    if (entry) entries.push(entry);
  }
  for (const child of objectsIn(member(module, 'child_modules'))) {
    for (const entry of valuesOf(child, isComplete, listed, depth + 1)) entries.push(entry);
  }
  return entries;
}

/** Every entry of a plan is looked at, so one is made at once and not put together of parts. */
function entryOf(
  each: Json,
  module: string,
  { after, unknown, secret, isComplete, isNew }: Pick<Entry, 'after' | 'unknown' | 'secret' | 'isComplete' | 'isNew'>,
): Entry | undefined {
  const address = asText(own(each, 'address'));
  const type = asText(own(each, 'type'));
  if (address === undefined || type === undefined) return undefined;
  return {
    address,
    type,
    module,
    mode: asText(own(each, 'mode')) ?? 'managed',
    name: asText(own(each, 'name')) ?? '',
    key: lastKey(address),
    provider: asText(own(each, 'provider_name')),
    after,
    unknown,
    secret,
    isComplete,
    isNew,
  };
}

function instancesOf(entries: readonly Entry[]): Map<string, string[]> {
  const instances = new Map<string, string[]>();
  for (const { module, type, name, address } of entries) {
    const key = `${module} ${type}.${name}`;
    const known = instances.get(key);
    if (known) known.push(address);
    else instances.set(key, [address]);
  }
  return instances;
}
