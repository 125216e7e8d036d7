import assert from 'node:assert/strict';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld, type Value } from '#model/value.js';

const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };

/** A text read as a Kubernetes manifest. */
export function read(text: string, cluster = new Cluster(), file = 'stream.yaml'): Manifest {
  const manifest = readManifest(file, text, given, cluster);
  assert.ok('resources' in manifest, 'reason' in manifest ? manifest.reason : '');
  assert.equal(manifest.language, 'kubernetes');
  return manifest;
}

/** What is said of a text that is no manifest. */
export function reasonOf(text: string, file = 'stream.yaml'): string {
  const manifest = readManifest(file, text, given);
  assert.ok('reason' in manifest);
  return manifest.reason;
}

/** Addresses of the resources of a type that exist. */
export const addresses = (manifest: Manifest, type: string): string[] =>
  manifest.resources.filter((each) => each.type === type && each.existsIn(plainWorld)).map((each) => each.address);

export function resource(manifest: Manifest, address: string): Resource {
  const found = manifest.resources.find((each) => each.address === address);
  assert.ok(found, `no ${address} among ${manifest.resources.map((each) => each.address).join(', ')}`);
  return found;
}

/** A property as plain data: `?` for unknown, `undefined` for absent, `a?b` for partly known strings. */
export function property(from: Resource, path: string): unknown {
  let value: Value = from.properties(plainWorld);
  for (const key of path.split('.').filter((part) => part !== '')) {
    value = value.kind === 'dict' ? value.get(key) : { kind: 'absent', at: 0 };
  }
  return plain(value);
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
    case 'list':
      return [...value.items.map(plain), ...(value.open ? ['…'] : [])];
    case 'dict':
      return Object.fromEntries(value.keys().map((key) => [key, plain(value.get(key))]));
    case 'absent':
      return undefined;
    default:
      return '?';
  }
}
