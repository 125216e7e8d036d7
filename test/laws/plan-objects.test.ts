import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { check } from '#check/check.js';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import { exampleAccounts, type Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { against } from '../check/gate.js';
import { base } from '../controls/base.js';
import { type Change, plan } from '../manifest/terraform/plan.js';
import { typed } from '../manifest/terraform/typed-form.js';
import { eksPlan } from '../render/eks-plans.js';
import { judged, rendered } from '../render/kubernetes/judged.js';

type Tree = Record<string, unknown>;

function findingsOf(requirement: Requirement, text: string, file: string): Finding[] {
  const manifest = readManifest(file, text, { ...against.boundary, parameters: {} });
  assert.ok('resources' in manifest, file);
  // Whose the examples are is known, as where they are judged by themselves.
  const boundary = { ...against.boundary, accounts: exampleAccounts };
  return check([manifest], { ...against, boundary, requirements: [requirement] });
}

const worst = (findings: readonly Finding[]): string | undefined =>
  ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict));

/** The objects of a stream, those of lists taken out of them. */
const objectsOf = (text: string): Tree[] =>
  parseAllDocuments(text, { version: '1.1', merge: true }).flatMap((document) => {
    const tree = document.toJS() as (Tree & { items?: Tree[] }) | null;
    if (!tree) return [];
    return String(tree.kind).endsWith('List') && tree.items ? tree.items : [tree];
  });

const manifests = (objects: readonly Tree[]): Change[] =>
  objects.map((manifest, index) => ({ address: `kubernetes_manifest.o${index}`, after: { manifest } }));

const bodies = (objects: readonly Tree[], shown = true): Change[] =>
  objects.map((body, index) => ({
    address: `kubectl_manifest.o${index}`,
    after: { yaml_body: JSON.stringify(body), ...(shown ? { yaml_body_parsed: JSON.stringify(body) } : {}) },
    secret: { yaml_body: true },
  }));

/** Objects as resources of a type of their own, where the provider has one that can say all of it. */
const typedOnes = (objects: readonly Tree[]): Change[] =>
  manifests(objects).map((manifest, index) => {
    const resource = typed(objects[index] as Tree);
    return resource ? { address: `${resource.type}.o${index}`, after: resource.after } : manifest;
  });

/**
 * Where the provider asks for something else than the object that says nothing: a pod for the token of its account, so that the
 * account's own word does not count.
 */
const otherwiseTyped: Readonly<Record<string, readonly string[]>> = {
  'pod-no-api-token': ['pass becomes fail', 'unknown becomes fail'],
};

/** The same tree with the value at a path known after apply only, and the tree of what is. */
function hidden(known: unknown, [key, ...rest]: readonly string[]): { known: unknown; unknown: unknown } {
  if (key === undefined) return { known: null, unknown: true };
  const inner = hidden((known as Tree)[key], rest);
  if (Array.isArray(known)) {
    const at = Number(key);
    return {
      known: known.map((item, index) => (index === at ? inner.known : item)),
      unknown: known.map((_, index) => (index === at ? inner.unknown : false)),
    };
  }
  const { [key]: _, ...others } = known as Tree;
  return {
    known: inner.unknown === true ? others : { ...others, [key]: inner.known },
    unknown: { [key]: inner.unknown },
  };
}

/** A change of which the value at a path is known after apply only. */
function opened(change: Change, path: readonly string[]): Change {
  const { known, unknown } = hidden(change.after, path);
  return { ...change, after: known, unknown };
}

/** The paths to all values of a tree, the tree itself first. */
function pathsIn(tree: unknown): string[][] {
  if (typeof tree !== 'object' || tree === null) return [[]];
  return [[], ...Object.entries(tree).flatMap(([key, value]) => pathsIn(value).map((path) => [key, ...path]))];
}

/** Reads the strings a manifest spells out; what is not spelt is left to the requirement of the property it stands in. */
const readsSpelling = new Set(['arn-partition']);

/** Of annotations what they spell: roles and certificates known after apply only stand in them, and are no secrets. */
const isSpelling = (id: string, path: readonly string[]): boolean =>
  id === 'config-map-no-secrets' && path.includes('annotations');

const speaking = base.requirements.filter(({ examples }) => examples?.kubernetes);

describe('Kubernetes objects in a Terraform plan', () => {
  for (const requirement of speaking) {
    const { pass = [], fail = [], unknown = [] } = requirement.examples?.kubernetes ?? {};
    it(`${requirement.id}: say what they say in files, as manifests and as YAML`, () => {
      for (const text of [...pass, ...fail, ...unknown]) {
        const objects = objectsOf(text);
        const verdict = worst(findingsOf(requirement, text, 'a.yaml'));
        for (const changes of [manifests(objects), bodies(objects)])
          assert.equal(worst(findingsOf(requirement, plan(changes), 'plan.json')), verdict, text);
        // What may not be looked into is unknown at most.
        const secret = worst(findingsOf(requirement, plan(bodies(objects, false)), 'plan.json'));
        assert.ok(secret === verdict || secret === 'unknown', `${secret}: ${text}`);
      }
    });

    it(`${requirement.id}: say what they say in files, in attributes and blocks`, () => {
      const differing: string[] = [];
      for (const text of [...pass, ...fail, ...unknown]) {
        const verdict = worst(findingsOf(requirement, text, 'a.yaml'));
        const other = worst(findingsOf(requirement, plan(typedOnes(objectsOf(text))), 'plan.json'));
        if (other !== verdict) differing.push(`${verdict} becomes ${other}`);
      }
      assert.deepEqual(differing, otherwiseTyped[requirement.id] ?? []);
    });

    if (readsSpelling.has(requirement.id)) continue;
    it(`${requirement.id}: what is known after apply only turns no fail into a pass`, function () {
      this.timeout(240_000);
      for (const text of fail) {
        const objects = objectsOf(text);
        for (const changes of [manifests(objects), typedOnes(objects)])
          for (const [index, { after }] of changes.entries())
            for (const path of pathsIn(after).filter((each) => !isSpelling(requirement.id, each))) {
              const text = plan(changes.with(index, opened(changes[index] as Change, path)));
              const verdict = worst(findingsOf(requirement, text, 'plan.json'));
              // Of objects and pods that cannot be seen other requirements speak, and nobody else.
              const isOpen = verdict === 'fail' || verdict === 'unknown' || (verdict !== 'error' && isUnseen(text));
              assert.ok(isOpen, `${verdict} without ${path.join('.')}: ${text}`);
            }
      }
    });
  }
});

describe('What is rendered for Kubernetes', () => {
  it('passes in attributes and blocks of a Terraform plan too', () => {
    const eks = eksPlan();
    const files = rendered(eks, 'kubernetes').filter(({ path }) => path.endsWith('.yaml'));
    const changes = typedOnes(files.flatMap(({ text }) => objectsOf(text)));
    assert.ok(changes.length >= 15);
    for (const { address } of changes) assert.match(address, /^kubernetes_(?!manifest)/);
    const { given } = standpointOf(eks, base);
    const manifest = readManifest('plan.json', plan(changes), { ...given, parameters: {} }, new Cluster());
    const found = check([manifest as Manifest], againstOf(base, standpointOf(eks, base)));
    const verdicts = (of: readonly Finding[]): string[] =>
      of
        .filter(({ type }) => type !== 'system')
        .map(({ requirement, verdict }) => `${requirement} ${verdict}`)
        .sort();
    assert.deepEqual(verdicts(found), verdicts(judged(files, eks)));
    assert.ok(verdicts(found).length > 40);
  });
});

const wholes = base.requirements.filter(({ id }) => /^(?:nested-template|workload-containers)-known$/.test(id));

const isUnseen = (text: string): boolean =>
  wholes.some((whole) => findingsOf(whole, text, 'plan.json').some(({ verdict }) => verdict === 'unknown'));
