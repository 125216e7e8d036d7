import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Condition } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import { onlyWorld, type Value } from '#model/value.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

export interface Change {
  address: string;
  after?: unknown;
  unknown?: unknown;
  secret?: unknown;
  actions?: readonly string[];
  module?: string;
  mode?: string;
}

/** An entry of `resource_changes`. */
export function change({ address, after = {}, unknown = {}, secret = {}, actions = ['create'], ...rest }: Change) {
  const local = rest.module ? address.slice(rest.module.length + 1) : address;
  const [type, name] = local.replace(/^data\./, '').split(/[.[]/);
  return {
    address,
    ...(rest.module ? { module_address: rest.module } : {}),
    mode: rest.mode ?? 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: { actions, before: null, after, after_unknown: unknown, before_sensitive: false, after_sensitive: secret },
  };
}

export const plan = (changes: readonly Change[], more: object = {}): string =>
  JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_changes: changes.map(change), ...more });

/** Configuration of the root module: resource → expressions. */
export const configured = (resources: Readonly<Record<string, object>>, more: object = {}) => ({
  configuration: { root_module: { resources: listed(resources), ...more } },
});

export const listed = (resources: Readonly<Record<string, object>>) =>
  Object.entries(resources).map(([address, expressions]) => ({ address, expressions, provider_config_key: 'aws' }));

export const refers = (...references: string[]) => ({ references });

export function read(text: string, file = 'plan.json'): Manifest {
  const manifest = readManifest(file, text, { ...boundary, parameters: {} });
  assert.ok('resources' in manifest, 'reason' in manifest ? manifest.reason : '');
  return manifest;
}

/** A property of a resource. */
export function property(text: string, address: string, ...path: (string | number)[]): Value {
  const resource = read(text).resources.find((each) => each.address === address);
  assert.ok(resource, `${address} is not read`);
  let value: Value = resource.properties(onlyWorld);
  for (const step of path) {
    if (typeof step === 'string') {
      assert.equal(value.kind, 'dict', `${step} of what is no object`);
      value = (value as Extract<Value, { kind: 'dict' }>).get(step);
    } else {
      assert.equal(value.kind, 'list', `${step} of what is no list`);
      value = (value as Extract<Value, { kind: 'list' }>).items[step] as Value;
    }
  }
  return value;
}

/** What one condition says of the resources of a type. */
export function judged(text: string, each: string, must: Condition, where?: Condition): Finding[] {
  const against: Against = {
    requirements: [
      {
        id: 'r',
        title: 'the requirement',
        category: 'encryption',
        severity: 'high',
        rationale: '',
        remediation: '',
        controls: [{ id: 'sc-12', basis: 'own' }],
        threats: [],
        endpoints: [],
        settings: {},
        expect: { terraform: [{ each, must, ...(where ? { where } : {}) }] },
      },
    ],
    settings: {},
    boundary,
    nvmeFamilies: { families: [], source: '', date: '' } as unknown as Against['nvmeFamilies'],
    needs: [],
  };
  return check([read(text)], against);
}

export const verdicts = (findings: readonly Finding[]): string[] =>
  findings.map(({ resource, verdict }) => `${resource} ${verdict}`);
