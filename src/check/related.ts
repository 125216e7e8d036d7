import type { Resource } from '#model/resource.js';
import type { Unknown, Value } from '#model/value.js';
import { type Context, type Engine, RequirementFault } from './context.js';
import { ownWords } from './describe.js';
import { mayBe } from './equality.js';
import { all, any, fail, itself, type Outcome, pass, reworded, unknown } from './outcome.js';
import { follow, stepsOf } from './path.js';
import { pointersTo } from './plan-pointers.js';
import { type Pointing, pointers, type Relation } from './pointers.js';

/** Holds when, for each relation, some resource of the manifest points here and meets the condition. */
export function related(argument: unknown, context: Context, engine: Engine): Outcome {
  const here = resourceOf(context);
  const met = (relation: Relation): Outcome =>
    any(candidates(relation, here, context, engine), itself, (first) =>
      first
        ? reworded(first, (reason) => ownWords(relation) ?? reason, here.at)
        : fail(here.at, () => ownWords(relation) ?? `has no ${wanted(relation)} that refers to it by ${relation.by}`),
    );
  return all(relationsOf(argument), met, here.at);
}

/** Holds when no resource of the manifest points here and meets the condition. */
export function noRelated(argument: unknown, context: Context, engine: Engine): Outcome {
  const here = resourceOf(context);
  const outcomes = relationsOf(argument).flatMap((relation) =>
    candidates(relation, here, context, engine).map((outcome): Outcome => {
      if (outcome.verdict === 'fail') return pass(outcome.at);
      if (outcome.verdict === 'pass') {
        return fail(outcome.at, () => ownWords(relation) ?? `must have no related ${wanted(relation)} of this kind`);
      }
      return outcome;
    }),
  );
  return all(outcomes, itself, here.at);
}

/** What each resource that may point here says to the relation's condition. */
function candidates(relation: Relation, here: Resource, context: Context, engine: Engine): readonly Outcome[] {
  let outcomes: Outcome[] | undefined;
  for (const type of typesOf(relation)) {
    for (const { other, isCertain } of pointing(type, relation, here, context)) {
      if (!other.existsIn(context.world)) continue;
      const outcome = engine.condition(other.properties(context.world), relation.must ?? {}, {
        ...context,
        resource: other,
      });
      outcomes ??= [];
      if (isCertain) outcomes.push(withAddress(outcome, other));
      // It may point here and meet the condition, or it may not.
      else if (outcome.verdict !== 'fail') outcomes.push(unknown(other.at, `${other.address}.${relation.by}`));
    }
  }
  return outcomes ?? none;
}

const none: readonly never[] = [];

const withAddress = (outcome: Outcome, other: Resource): Outcome =>
  outcome.verdict === 'pass'
    ? { ...outcome, evidence: [other.at, ...outcome.evidence] }
    : reworded(outcome, (reason) => `has ${nameOf(other)}, whose ${reason}`);

/** Addresses of some languages begin with the type. */
const nameOf = ({ address, type }: Resource): string => (address.startsWith(type) ? address : `${type} ${address}`);

/** The resources of a type that point here, or may. */
function pointing(type: string, relation: Relation, here: Resource, context: Context): readonly Pointing[] {
  // Most relations a manifest is asked about are to types it has nothing of.
  if (context.ofType(here.manifest, type).length === 0) return none;
  const names = relation.as ? follow(here.properties(context.world), relation.as) : [];
  if (here.manifest.language === 'terraform') return pointersTo(here, names, type, relation.by, context);
  const found: Pointing[] = [];
  for (const other of pointers(type, relation, here, context)) {
    const pointer = pointerOf(other, relation, names, here, context);
    if (pointer !== 'no') found.push({ other, isCertain: pointer === 'yes' });
  }
  return found;
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
    if (value.kind === 'unknown' || (value.kind === 'text' && value.parts.some((part) => isOpen(part))))
      answer = 'maybe';
    if (value.kind === 'scalar' && names.some((name) => mayRead(name, String(value.value)))) answer = 'maybe';
  }
  return answer;
}

/** Whether a name that is open, or partly, may turn out to be the one that is spelt out there. */
const mayRead = (name: Value, spelt: string): boolean =>
  name.kind === 'unknown' ? !name.not?.includes(spelt) : name.kind === 'text' && mayBe(name, spelt);

const isOpen = (part: unknown): boolean => typeof part === 'object' && (part as Value).kind === 'unknown';

/** A reference to the resource, alone or inside a string such as `${Bucket}/*`. */
function refersTo(value: Value, address: string): boolean {
  if (value.kind === 'reference') return value.to === address;
  if (value.kind !== 'text') return false;
  return value.parts.some((part) => typeof part !== 'string' && part.kind === 'reference' && part.to === address);
}

/** The same name spelt out twice, such as `${AWS::StackName}-logs`: open parts are the same when the same input settles them. */
function sameText(left: Value, right: Value): boolean {
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.value === right.value;
  if (left.kind === 'unknown' && right.kind === 'unknown') return sameInput(left, right);
  if (left.kind !== 'text' || right.kind !== 'text' || left.parts.length !== right.parts.length) return false;
  return left.parts.every((part, index) => {
    const twin = right.parts[index];
    if (typeof part === 'string' || typeof twin === 'string' || !twin) return part === twin;
    if (part.kind === 'unknown') return twin.kind === 'unknown' && sameInput(part, twin);
    return twin.kind === 'reference' && part.to === twin.to && part.attribute === twin.attribute;
  });
}

/** Results of expressions may differ although the same thing settles them. */
const sameInput = (left: Unknown, right: Unknown): boolean =>
  left.from === undefined && right.from === undefined && left.settledBy === right.settledBy;

function resourceOf(context: Context): Resource {
  if (!context.resource) throw new RequirementFault('only resources of a manifest have related resources');
  return context.resource;
}

const wanted = (relation: Relation): string => typesOf(relation).join(' or ');

const typesOf = (relation: Relation): readonly string[] =>
  typeof relation.type === 'string' ? [relation.type] : relation.type;

function relationsOf(argument: unknown): readonly Relation[] {
  const relations = (Array.isArray(argument) ? argument : [argument]) as Relation[];
  for (const relation of relations) {
    if (!relation.type || !relation.by) throw new RequirementFault('a relation needs `type` and `by`');
    if (relation.as) stepsOf(relation.as);
  }
  return relations;
}
