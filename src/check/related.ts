import type { Resource } from '#model/resource.js';
import type { Value } from '#model/value.js';
import { type Context, contextOf, type Engine, RequirementFault, type Test } from './context.js';
import { ownWords } from './describe.js';
import { areApart, isOpen, mayRead, sameText } from './names.js';
import { all, any, fail, itself, type Outcome, pass, reworded, unknown } from './outcome.js';
import { follow, stepsOf } from './path.js';
import { pointersTo } from './plan-pointers.js';
import { namesOf, type Pointing, pointers, type Relation, strangers } from './pointers.js';

/** A relation as a requirement asks for it. */
interface Wanted extends Relation {
  /** The property that points, as it is spelt. */
  property: string;
  must: Test;
  /** Leaves out this resource itself, or those that point here by this relation as well. */
  other: true | Relation | undefined;
  /** What a finding says where there is none (under `no-related`: where there is one). */
  says: string | undefined;
}

/** Holds when, for each relation, some resource of the manifest points here and meets the condition. */
export function related(argument: unknown, engine: Engine): Test {
  const relations = wantedBy(argument, engine);
  return (_, context) => {
    const here = resourceOf(context);
    const met = (relation: Wanted): Outcome =>
      any(candidates(relation, here, context), itself, (first) => missing(relation, here, first));
    return all(relations, met, here.at);
  };
}

/** `first` is the first of those that point here. */
const missing = ({ says, property, types }: Wanted, here: Resource, first: Outcome | undefined): Outcome =>
  first
    ? reworded(first, (reason) => says ?? reason, here.at)
    : fail(here.at, () => says ?? `has no ${types.join(' or ')} that refers to it by ${property}`);

/** Holds when no resource of the manifest points here and meets the condition. */
export function noRelated(argument: unknown, engine: Engine): Test {
  const relations = wantedBy(argument, engine);
  return (_, context) => {
    const here = resourceOf(context);
    const absent = ({ says, types }: Wanted, outcome: Outcome): Outcome => {
      if (outcome.verdict === 'fail') return pass(outcome.at);
      if (outcome.verdict === 'unknown') return outcome;
      return fail(outcome.at, () => says ?? `must have no related ${types.join(' or ')} of this kind`);
    };
    const outcomes = relations.flatMap((relation) =>
      candidates(relation, here, context).map((outcome) => absent(relation, outcome)),
    );
    return all(outcomes, itself, here.at);
  };
}

/** What each resource that may point here says to the relation's condition. */
function candidates(relation: Wanted, here: Resource, context: Context): readonly Outcome[] {
  let outcomes: Outcome[] | undefined;
  for (const type of relation.types) {
    const found = pointing(type, relation, here, context);
    for (const { other, isCertain, world = context.world } of relation.other
      ? others(found, type, relation, here, context)
      : found) {
      if (!other.existsIn(world)) continue;
      const outcome = relation.must(other.properties(world), contextOf(context, other, world));
      outcomes ??= [];
      if (other.manifest !== here.manifest) outcomes.push(fromAfar(outcome, other, here));
      else if (isCertain) outcomes.push(withAddress(outcome, other));
      // It may point here and meet the condition, or it may not.
      else if (outcome.verdict !== 'fail') outcomes.push(unknown(other.at, `${other.address}.${relation.property}`));
    }
  }
  return outcomes ?? none;
}

const none: readonly never[] = [];

/** Those that are left where this resource itself is not meant. */
function others(
  found: readonly Pointing[],
  type: string,
  relation: Wanted,
  here: Resource,
  context: Context,
): readonly Pointing[] {
  if (typeof relation.other !== 'object') return found.filter(({ other }) => other !== here);
  const twice = pointing(type, relation.other, here, context);
  return found.flatMap((each) => {
    const { other, isCertain } = each;
    const again = twice.find((one) => one.other === other);
    if (!again) return each;
    return again.isCertain && isCertain ? [] : { ...each, isCertain: false };
  });
}

const withAddress = (outcome: Outcome, other: Resource): Outcome =>
  outcome.verdict === 'pass'
    ? pass(outcome.at, [pass(other.at), outcome])
    : reworded(outcome, (reason) => `has ${nameOf(other)}, whose ${reason}`);

/** What another manifest says of this one is shown here: its places are in another text. */
const fromAfar = (outcome: Outcome, other: Resource, here: Resource): Outcome =>
  outcome.verdict === 'pass'
    ? pass(here.at)
    : reworded(outcome, (reason) => `has ${nameOf(other)} of ${other.manifest.file}, whose ${reason}`, here.at);

/** Addresses of some languages begin with the type. */
const nameOf = ({ address, type }: Resource): string => (address.startsWith(type) ? address : `${type} ${address}`);

/** The resources of a type that point here, or may. */
function pointing(type: string, relation: Relation, here: Resource, context: Context): readonly Pointing[] {
  if (here.language === 'terraform') {
    // Most relations a plan is asked about are to types it has nothing of, whoever asks.
    return context.isNowhere(type) ? none : pointersTo(type, relation, here, context);
  }
  // Asked for even where nothing can point here: what a resource is called may depend on a choice, which the finding then names.
  const names = namesOf(here, relation, context);
  const found: Pointing[] = [];
  for (const other of pointers(type, relation, here, context)) {
    const pointer = pointerOf(other, relation, names, here, context);
    if (pointer !== 'no') found.push({ other, isCertain: pointer === 'yes' });
  }
  const away = strangers(type, relation, here, names, context);
  return away.length === 0 ? found : [...found, ...away];
}

function pointerOf(
  other: Resource,
  relation: Relation,
  names: readonly Value[],
  here: Resource,
  context: Context,
): 'yes' | 'no' | 'maybe' {
  let answer: 'no' | 'maybe' = 'no';
  for (const value of follow(other.properties(context.world), relation.by)) {
    if (refersTo(value, here.address) || names.some((name) => sameText(name, value))) return 'yes';
    if (value.kind === 'scalar' ? names.some((name) => mayRead(name, String(value.value))) : isOpen(value)) {
      if (names.length === 0 || !isOneScope(here, other) || !names.every((name) => areApart(name, value)))
        answer = 'maybe';
    }
  }
  return answer;
}

/** What settles an open part is called the same in two stacks, and is not. */
const isOneScope = (left: Resource, right: Resource): boolean =>
  left.language === 'cloudformation' && stackOf(left) === stackOf(right);

const stackOf = ({ address }: Resource): string => address.slice(0, address.lastIndexOf('/') + 1);

/** A reference to the resource, alone or inside a string such as `${Bucket}/*`. */
function refersTo(value: Value, address: string): boolean {
  if (value.kind === 'reference') return value.to === address;
  if (value.kind !== 'text') return false;
  return value.parts.some((part) => typeof part !== 'string' && part.kind === 'reference' && part.to === address);
}

function resourceOf({ resource }: Context): Resource {
  if (!resource) throw new RequirementFault('only resources of a manifest have related resources');
  return resource;
}

function wantedBy(argument: unknown, engine: Engine): readonly Wanted[] {
  const relations = (Array.isArray(argument) ? argument : [argument]) as readonly Readonly<Record<string, unknown>>[];
  return relations.map((relation): Wanted => {
    const { type, by, as, must, other } = relation;
    if (!type || !by) throw new RequirementFault('a relation needs `type` and `by`');
    const types = typeof type === 'string' ? [type] : (type as readonly string[]);
    const names = as ? stepsOf(as as string) : none;
    return {
      types,
      by: stepsOf(by as string),
      as: names,
      property: by as string,
      must: engine.condition(must ?? {}),
      other: typeof other === 'string' ? { types, by: stepsOf(other), as: names } : other === true || undefined,
      says: ownWords(relation),
    };
  });
}
