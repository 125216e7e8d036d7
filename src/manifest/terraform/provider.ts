import { type Dict, dictOf, type Value } from '#model/value.js';
import { asObject, asText, at, type Json, member } from './shape.js';

const roleArn = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * The provider configuration a resource is made with, as its property `provider` (a word Terraform keeps for itself, so no
 * resource has an attribute of that name): its name, the region it works in, the role it assumes there, and whether it calls FIPS
 * endpoints.
 */
export function providerOf(plan: Json, resource: Json | undefined, name: string | undefined, place: number): Dict {
  const config = configOf(plan, resource, name);
  const region = regionOf(plan, config, place);
  const parts = new Map<string, Value>([
    ['region', region],
    ['use_fips_endpoint', fipsOf(config, place)],
  ]);
  const role = roleOf(plan, config, place);
  if (role) parts.set('role_arn', role);
  if (name !== undefined) parts.set('name', { kind: 'scalar', value: name, at: place });
  return dictOf(parts.keys(), (key) => parts.get(key) ?? { kind: 'absent', at: place }, place);
}

function configOf(plan: Json, resource: Json | undefined, name: string | undefined): Json | undefined {
  const configs = at(plan, 'configuration', 'provider_config');
  const key = asText(member(resource, 'provider_config_key'));
  const named = key === undefined ? undefined : asObject(member(configs, key));
  if (named) return named;
  // A module that was handed its provider: certain where there is one of that kind only.
  const alike = Object.values(asObject(configs) ?? {}).filter(
    (config) => name === undefined || member(config, 'full_name') === name,
  );
  return alike.length === 1 ? asObject(alike[0]) : undefined;
}

/** What the block does not say, the environment of whoever applies the plan may. */
function fipsOf(config: Json | undefined, place: number): Value {
  const open = (settledBy: string): Value => ({ kind: 'unknown', settledBy, from: null, at: place });
  const expression = asObject(at(config, 'expressions', 'use_fips_endpoint'));
  if (!expression) return open('AWS_USE_FIPS_ENDPOINT or the profile, since the provider block does not say it');
  // An expression may turn the value of its variable around.
  const value = member(expression, 'constant_value');
  return typeof value === 'boolean'
    ? { kind: 'scalar', value, at: place }
    : open('the expression of use_fips_endpoint in the provider block');
}

function regionOf(plan: Json, config: Json | undefined, place: number): Value {
  const expression = asObject(at(config, 'expressions', 'region'));
  if (!expression) return openPart('the region of the provider, which the plan does not name', place);
  // An expression could change the value; one that gives a whole region's name is passed on as it is.
  return written(plan, expression, 'the region of the provider', place, regionName);
}

/** The role of another account or of this one that the provider works as; undefined for one that works as its caller. */
function roleOf(plan: Json, config: Json | undefined, place: number): Value | undefined {
  const [block] = ['assume_role', 'assume_role_with_web_identity'].flatMap((name) => {
    const blocks = at(config, 'expressions', name);
    return Array.isArray(blocks) ? blocks : [];
  });
  const expression = asObject(at(block, 'role_arn'));
  return expression && written(plan, expression, 'the role the provider assumes', place, roleArn);
}

/** What an expression of a provider block gives: what it spells out, or the whole of a variable that has the form. */
function written(plan: Json, expression: Json, what: string, place: number, form: RegExp): Value {
  const constant = asText(member(expression, 'constant_value'));
  if (constant !== undefined) return { kind: 'scalar', value: constant, at: place };
  const references = member(expression, 'references');
  const [only] = Array.isArray(references) ? references : [];
  const variable = Array.isArray(references) && references.length === 1 ? /^var\.([\w-]+)$/.exec(String(only)) : null;
  const value = variable ? asText(at(plan, 'variables', variable[1] as string, 'value')) : undefined;
  if (value !== undefined && form.test(value)) return { kind: 'scalar', value, at: place };
  return openPart(`${what} (${variable ? `var.${variable[1]}` : 'an expression'})`, place);
}

const openPart = (settledBy: string, at: number): Value => ({ kind: 'unknown', settledBy, not: [''], from: null, at });
