import type { Value } from '#model/value.js';
import { identify } from '../identity.js';
import { texts } from '../texts.js';
import { describe, open } from '../values.js';
import { type Functions, type Place, settledLater, textIn } from './function.js';
import { groupName, subscriptionId } from './place.js';

/** `Microsoft.KeyVault/vaults` and the like. */
const isType = (value: Value | undefined): boolean => /^\w+(?:\.\w+)+\/[\w/.-]+$/.test(textIn(value) ?? '');

interface Named {
  before: readonly Value[];
  type: string;
  names: readonly Value[];
}

/** The operands of `resourceId` and its kin: what comes before the type, the type, one name for each of its parts. */
function named(operands: readonly Value[]): Named | undefined {
  const index = operands.findIndex(isType);
  const type = textIn(operands[index]);
  if (type === undefined) return undefined;
  return { before: operands.slice(0, index), type, names: operands.slice(index + 1) };
}

/** The operands as they mean the same in every world, which is how names are compared. */
const symbolic = ({ call, at, scope }: Place): Value[] => {
  const plain = scope.symbolic();
  return call.arguments.map((each) => plain.evaluate(each, at));
};

/** A resource of the template by type and names; otherwise its id as text. */
function idOf(
  operands: readonly Value[],
  id: Named,
  start: readonly (string | Value)[],
  isHere: boolean,
  place: Place,
): Value {
  const { at, scope } = place;
  const wanted = named(symbolic(place)) ?? id;
  const found = scope.file.find(wanted.type, wanted.names, isHere ? scope.place : undefined);
  if (found.answer === 'yes' && isHere) return { kind: 'reference', to: found.address, at };
  if (found.answer !== 'no') return open(`which resource ${settledLater(operands, place).settledBy} is`, at);
  const [namespace, ...kinds] = id.type.split('/');
  const path = kinds.flatMap((kind, index) => [`/${kind}/`, id.names[index] ?? open('a name that is missing', at)]);
  return texts([...start, `/providers/${namespace}`, ...path], at);
}

/** What no group holds is the same by whichever function its id is spelt; templates name roles of Azure's own by this one too. */
const ofNoGroup = /^microsoft\.authorization\/(?:role|policy|policyset)definitions$/i;

/** Whether the group or subscription named is the one the template goes to. */
const isSame = (value: Value | undefined, here: Value): boolean =>
  value === undefined || describe(value) === describe(here);

function resourceId(operands: readonly Value[], place: Place): Value | undefined {
  const id = named(operands);
  if (!id) return undefined;
  const [group, subscription] = [...id.before].reverse();
  const here = { group: groupName(place), subscription: subscriptionId(place) };
  const isHere = isSame(group, here.group) && isSame(subscription, here.subscription);
  const start = ['/subscriptions/', subscription ?? here.subscription];
  const inGroup = ofNoGroup.test(id.type) ? [] : ['/resourceGroups/', group ?? here.group];
  return idOf(operands, id, [...start, ...inGroup], isHere, place);
}

function subscriptionResourceId(operands: readonly Value[], place: Place): Value | undefined {
  const id = named(operands);
  if (!id) return undefined;
  const [subscription] = id.before;
  const here = subscriptionId(place);
  return idOf(operands, id, ['/subscriptions/', subscription ?? here], isSame(subscription, here), place);
}

function extensionResourceId(operands: readonly Value[], place: Place): Value | undefined {
  const [scope, ...rest] = operands;
  const id = named(rest);
  if (!id || !scope) return undefined;
  // What it extends is not compared, so a resource of that name may be another.
  return idOf(operands, id, [scope], false, place);
}

function tenantResourceId(operands: readonly Value[], place: Place): Value | undefined {
  const id = named(operands);
  return id && idOf(operands, id, [], true, place);
}

/** The state of a resource: of one in this template its attributes are named after it. */
function reference(operands: readonly Value[], place: Place): Value | undefined {
  const [target] = symbolic(place);
  if (!target) return undefined;
  const to = target.kind === 'reference' ? target.to : addressOf(target, place);
  return to === undefined ? settledLater(operands, place) : { kind: 'reference', to, attribute: '', at: place.at };
}

/** A resource named by its symbol, by `Type/name`, or by its name alone. */
function addressOf(target: Value, { scope }: Place): string | undefined {
  const symbol = textIn(target);
  const bySymbol = symbol === undefined ? undefined : scope.file.symbol(symbol, scope.template);
  if (bySymbol !== undefined) return bySymbol;
  const id = identify(target);
  if (!id) return scope.file.findByName(target);
  const found = scope.file.find(id.type, id.names, textIn(target)?.startsWith('/') ? undefined : scope.place);
  return found.answer === 'yes' ? found.address : undefined;
}

export const identity: Functions = [
  ['resourceid', resourceId],
  ['subscriptionresourceid', subscriptionResourceId],
  ['extensionresourceid', extensionResourceId],
  ['tenantresourceid', tenantResourceId],
  ['reference', reference],
];
