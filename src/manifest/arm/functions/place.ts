import type { Value } from '#model/value.js';
import { LooseDict, looseJson } from '../dict.js';
import type { Scope } from '../scope.js';
import { texts } from '../texts.js';
import { madeText, open, ownGroup, placed, scalar } from '../values.js';
import { type Functions, numberIn, type Place, textIn } from './function.js';

/** A nested deployment may go to another group or subscription, whose names are then others. */
const of = (what: string, scope: Scope): string => (scope.bound ? `${what} of ${scope.bound.address}` : what);

/** A subscription's id stands for itself in everything but its digits. */
export const subscriptionId = ({ at, scope }: Pick<Place, 'at' | 'scope'>): Value => ({
  ...madeText(of('the subscription', scope), at),
  samples: ['0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48', 'b7a1d2c4-83e6-47f0-8c9d-135e9f0a6b2c'],
});

export const groupName = ({ at, scope }: Pick<Place, 'at' | 'scope'>): Value => madeText(of(ownGroup, scope), at);

/**
 * One of the boundary's locations: that is where the boundary says the template is deployed. What a nested deployment says of itself or of the
 * group it goes to comes first.
 */
function location({ at, scope }: Place, said: Value | undefined): Value {
  if (said) return placed(said, at);
  const locations = scope.file.azure?.locations ?? [];
  const index = scope.choose('the location it is deployed to', locations);
  const chosen = index === undefined ? undefined : locations[index];
  return chosen === undefined ? madeText(of('the location it is deployed to', scope), at) : scalar(chosen, at);
}

/** An object Azure fills in, of which these keys are known. */
const filled = (entries: readonly (readonly [string, () => Value])[], { call, at }: Place): Value =>
  new LooseDict(entries, at, open(`${call.name}()`, at));

function copyIndex(operands: readonly Value[], place: Place): Value | undefined {
  const { scope, at } = place;
  const name = textIn(operands[0]);
  const offset = numberIn(operands[name === undefined ? 0 : 1]) ?? 0;
  const loop = scope.loops.findLast((each) =>
    name === undefined ? !each.onlyByName : each.name.toLowerCase() === name.toLowerCase(),
  );
  if (!loop) return open(`copyIndex(${name === undefined ? '' : `'${name}'`}) outside of its loop`, at);
  return loop.index === undefined ? open(`the turn of loop ${loop.name}`, at) : scalar(loop.index + offset, at);
}

export const place: Functions = [
  [
    'parameters',
    ([name], { at, scope }) => {
      const known = textIn(name);
      return known === undefined ? undefined : scope.parameter(known, at);
    },
  ],
  [
    'variables',
    ([name], { at, scope }) => {
      const known = textIn(name);
      return known === undefined ? undefined : scope.variable(known, at);
    },
  ],
  ['copyindex', copyIndex],
  [
    'lambdavariables',
    ([name], { scope }) => {
      const known = textIn(name);
      return known === undefined ? undefined : scope.lambdaVariable(known);
    },
  ],
  [
    'resourcegroup',
    (_, at) =>
      filled(
        [
          ['name', () => groupName(at)],
          ['location', () => location(at, at.scope.groupLocation())],
          ['id', () => texts(['/subscriptions/', subscriptionId(at), '/resourceGroups/', groupName(at)], at.at)],
        ],
        at,
      ),
  ],
  [
    'subscription',
    (_, at) =>
      filled(
        [
          ['subscriptionId', () => subscriptionId(at)],
          ['id', () => texts(['/subscriptions/', subscriptionId(at)], at.at)],
          ['tenantId', () => madeText(of('the tenant', at.scope), at.at)],
        ],
        at,
      ),
  ],
  ['tenant', (_, at) => filled([['tenantId', () => madeText(of('the tenant', at.scope), at.at)]], at)],
  [
    'deployment',
    (_, at) =>
      filled(
        [
          ['name', () => madeText(of('the name of the deployment', at.scope), at.at)],
          ['location', () => location(at, at.scope.deployedTo(at.at))],
        ],
        at,
      ),
  ],
  [
    'environment',
    (_, at) => {
      const known = looseJson(at.scope.file.azure?.environment ?? {}, at.at);
      const keys = known.kind === 'dict' ? known.keys() : [];
      return filled(
        keys.map((key) => [key, () => openly(known.kind === 'dict' ? known.get(key) : known, at)] as const),
        at,
      );
    },
  ],
];

/** What is known of an object of Azure's; there may be more in it. */
function openly(value: Value, at: Place): Value {
  if (value.kind !== 'dict') return value;
  return filled(
    value.keys().map((key) => [key, () => value.get(key)] as const),
    at,
  );
}
