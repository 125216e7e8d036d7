import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Requirement } from '#model/requirement.js';
import { against, azureGiven } from '../check/gate.js';
import { base } from '../controls/base.js';
import { type Change, plan } from '../manifest/terraform/plan.js';

type Tree = Record<string, unknown>;

function findingsOf(requirement: Requirement, text: string, file: string): Finding[] {
  const manifest = readManifest(file, text, { ...against.boundary, azure: azureGiven, parameters: {} });
  assert.ok('resources' in manifest, file);
  return check([manifest], { ...against, requirements: [requirement] });
}

const worst = (findings: readonly Finding[]): string =>
  ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict)) ??
  'nothing';

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an expression of a template becomes: known after apply only. */
function split(value: unknown): { known: unknown; unknown: unknown } {
  if (typeof value === 'string' && /^\[(?!\[)/.test(value)) return { known: null, unknown: true };
  if (Array.isArray(value)) {
    const items = value.map(split);
    return { known: items.map(({ known }) => known), unknown: items.map(({ unknown }) => unknown ?? false) };
  }
  if (!isTree(value)) return { known: value, unknown: undefined };
  const entries = Object.entries(value).map(([key, inner]) => [key, split(inner)] as const);
  return {
    known: Object.fromEntries(entries.flatMap(([key, { known, unknown }]) => (unknown === true ? [] : [[key, known]]))),
    unknown: Object.fromEntries(
      entries.flatMap(([key, { unknown }]) => (unknown === undefined ? [] : [[key, unknown]])),
    ),
  };
}

const group = '/subscriptions/s/resourceGroups/g';

/** What a row of a template would be beside it: in the place of which parent, under which names. */
interface Around {
  type: string;
  names: string[];
}

/** Whether a row makes one resource, in a way the provider has too. */
const isPlain = ({ type, name, resources = [], ...body }: Tree): boolean =>
  !['condition', 'copy', 'existing', 'import'].some((key) => key in body) &&
  typeof type === 'string' &&
  typeof name === 'string' &&
  Array.isArray(resources) &&
  !/^microsoft\.resources\/|\/providers\//i.test(type);

/** A row as a resource of the provider; undefined where its name does not tell whose part it is. */
function resourceOf(row: Tree, within: Around | undefined, address: string, inJson: boolean) {
  const { type, apiVersion, name, resources: _, scope, dependsOn: __, ...body } = row;
  const whole = within && !String(type).includes('.') ? `${within.type}/${type}` : String(type);
  const isOpen = String(name).startsWith('[');
  const names = [...(within && !isOpen ? within.names : []), ...String(name).split('/')];
  const [namespace, ...kinds] = whole.split('/');
  if (!isOpen && names.length !== kinds.length) return undefined;
  const path = kinds.slice(0, -1).map((kind, index) => `/${kind}/${names[index]}`);
  const parent = kinds.length > 1 ? `${group}/providers/${namespace}${path.join('')}` : group;
  const written = split(body);
  const isJson = inJson && !JSON.stringify(written.unknown).includes('true');
  const hasParent = !isOpen && scope === undefined;
  const after = {
    type: `${whole}@${apiVersion}`,
    ...(isOpen ? {} : { name: names.at(-1) }),
    ...(hasParent ? { parent_id: parent } : {}),
    body: isJson ? JSON.stringify(written.known) : written.known,
  };
  const unknown = { id: true, name: isOpen, parent_id: !hasParent, ...(isJson ? {} : { body: written.unknown }) };
  return { change: { address, after, unknown }, around: { type: whole, names } };
}

/** The resources of a template as the provider has them; undefined where it makes some in a way of its own. */
function bodiesOf(template: Tree, inJson: boolean): Change[] | undefined {
  const changes: Change[] = [];
  const add = (row: unknown, within: Around | undefined): boolean => {
    const made =
      isTree(row) && isPlain(row) ? resourceOf(row, within, `azapi_resource.r${changes.length}`, inJson) : undefined;
    if (!made) return false;
    changes.push(made.change);
    return (((row as Tree).resources ?? []) as unknown[]).every((inner) => add(inner, made.around));
  };
  const rows = template.resources;
  // What a template says of its parameters and outputs is in no body.
  return Array.isArray(rows) && rows.length > 0 && rows.every((row) => add(row, undefined)) ? changes : undefined;
}

const hasExpression = (text: string): boolean => /"\[(?!\[)/.test(text);

const speaking = base.requirements.filter(({ id, examples }) => examples?.arm && id !== 'nested-template-known');

/** What a spelling says otherwise than the template; undefined where it cannot spell it. */
function difference(requirement: Requirement, text: string, inJson: boolean): string | undefined {
  const changes = /"copy"/.test(text) ? undefined : bodiesOf(JSON.parse(text) as Tree, inJson);
  if (!changes) return undefined;
  const verdict = worst(findingsOf(requirement, text, 'a.json'));
  const other = worst(findingsOf(requirement, plan(changes), 'plan.json'));
  // What an expression settles in a template may be open here.
  const isOpen = other === 'unknown' && hasExpression(text);
  return other === verdict || isOpen ? '' : `${verdict} becomes ${other}: ${text}`;
}

describe('ARM resources in a Terraform plan', () => {
  let read = 0;
  for (const requirement of speaking) {
    const { pass = [], fail = [], unknown = [] } = requirement.examples?.arm ?? {};
    it(`${requirement.id}: the bodies of azapi_resource say what templates say`, () => {
      const found = [false, true].flatMap((inJson) =>
        [...pass, ...fail, ...unknown].map((text) => difference(requirement, text, inJson)),
      );
      read += found.filter((each) => each !== undefined).length;
      assert.deepEqual(
        found.filter((each) => each),
        [],
      );
    });
  }

  after(() => assert.ok(read > 400, `${read} examples are spelt so`));
});
