import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { PriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1';
import { ConfigMap, LimitRange, Namespace, ResourceQuota, Service, ServiceAccount } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { eksPlan, shown } from '../eks-plans.js';
import { rendered } from './judged.js';

const golden = new URL('../../golden/render/eks/', import.meta.url);

/** Schemas of Kubernetes' own API, by kind. */
const kinds: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  ConfigMap,
  Deployment,
  LimitRange,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Role,
  RoleBinding,
  Service,
  ServiceAccount,
};

type Json = { [key: string]: unknown };

const objectsOf = (text: string): Json[] =>
  parseAllDocuments(text, { uniqueKeys: true, logLevel: 'silent' }).map((document) => {
    assert.deepEqual(document.errors, []);
    return document.toJS() as Json;
  });

const manifests = (plan: Plan): string[] =>
  rendered(plan, 'kubernetes')
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ text }) => text);

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((here, key) => (here as Record<string | number, unknown> | undefined)?.[key], value);

const of = (plan: Plan, kind: string, name?: string): Json =>
  manifests(plan)
    .flatMap(objectsOf)
    .find((each) => each.kind === kind && (name === undefined || at(each, 'metadata', 'name') === name)) ?? {};

describe('rendered vLLM on EKS', function () {
  this.timeout(60_000);

  for (const [index, { name, plan }] of shown.entries()) {
    it(`has the bytes of the golden files: ${name}`, () => {
      for (const target of ['cloudformation', 'kubernetes', 'terraform']) {
        const files = rendered(plan, target);
        assert.deepEqual(rendered(structuredClone(plan), target), files);
        for (const { path, text } of files) {
          assert.doesNotMatch(text, /\{\{|\bundefined\b|\[object |\t|[ \t]$/m, path);
          const file = new URL(`${index + 1}/${target}/${path}`, golden);
          if (process.env.UPDATE_GOLDEN === '1') {
            mkdirSync(dirname(file.pathname), { recursive: true });
            writeFileSync(file, text);
          }
          assert.ok(existsSync(file), `no golden file ${target}/${path}; UPDATE_GOLDEN=1 writes it`);
          assert.equal(text, readFileSync(file, 'utf8'), path);
        }
      }
    });
  }

  it('is what the schemas of Kubernetes allow', () => {
    const neuron = { instanceType: 'trn1.32xlarge', acknowledge: ['neuron-not-seen-in-govcloud'] } as const;
    for (const plan of [...shown.map((each) => each.plan), eksPlan({ endpoint: neuron })]) {
      const objects = manifests(plan).flatMap(objectsOf);
      assert.deepEqual([...new Set(objects.map(({ kind }) => kind))].sort(), Object.keys(kinds));
      for (const each of objects) {
        const Kind = kinds[String(each.kind)] as (typeof kinds)[string];
        const { apiVersion, kind, ...data } = each;
        const made = new Kind(data as never);
        assert.deepEqual([at(made, 'apiVersion'), at(made, 'kind')], [apiVersion, kind]);
        made.validate();
      }
    }
    const { spec } = of(eksPlan(), 'Deployment');
    assert.throws(() => new Deployment({ spec: { ...(spec as object), replicas: 'two' } } as never).validate());
  });

  it('splits a model over all accelerators of a node, as the data of the type say', () => {
    const server = (endpoint: Partial<EksVllmEndpoint>) =>
      at(of(eksPlan({ endpoint }), 'Deployment'), 'spec', 'template', 'spec', 'containers', 0);
    const big = server({ instanceType: 'p5.48xlarge' });
    assert.equal(at(big, 'resources', 'limits', 'nvidia.com/gpu'), 8);
    assert.ok((at(big, 'args') as string[]).includes('--tensor-parallel-size=8'));
    const neuron = server({ instanceType: 'trn1.32xlarge', acknowledge: ['neuron-not-seen-in-govcloud'] });
    assert.equal(at(neuron, 'resources', 'limits', 'aws.amazon.com/neuron'), 16);
    assert.ok((at(neuron, 'args') as string[]).includes('--tensor-parallel-size=32'));
  });

  /** Text that means something to YAML, Handlebars, Kubernetes, a shell or nginx, and text of any other kind. */
  const hostile = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            ...[
              '"',
              "'",
              '\\',
              '\n',
              '\r',
              '\t',
              '#',
              ': ',
              '- ',
              '---\n',
              '$(HOME)',
              '$$',
              '$',
              '${',
              '}',
              '{{',
              '}}',
              '%{',
            ],
            ...[
              '`id`',
              ';',
              '; return 200;',
              '&a',
              '*a',
              '!!js',
              '|',
              '>',
              '%',
              '@',
              '\u2028',
              '\u0085',
              '\ufeff',
              '\u0000',
              'x',
            ],
          ),
          { maxLength: 12 },
        )
        .map((parts) => parts.join('')),
    )
    .filter((text) => !/[\ud800-\udfff]/u.test(text));

  /** What the kubelet makes of a value. */
  const expanded = (value: unknown): string =>
    String(value).replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name) => {
      assert.equal(name, undefined, `reference ${whole}`);
      return '$';
    });

  it('gives what a user wrote to containers as data, and to no script and no configuration', () => {
    const plain = eksPlan();
    fc.assert(
      fc.property(hostile, hostile, (model, from) => {
        const endpoints = plain.endpoints.map((each) => {
          const own = each.endpoint as EksVllmEndpoint;
          return { ...each, endpoint: { ...own, model, weights: { ...own.weights, from }, secrets: { tls: model } } };
        });
        const plan = { ...plain, endpoints };
        const pod = at(of(plan, 'Deployment'), 'spec', 'template', 'spec');
        const args = at(pod, 'containers', 0, 'args') as string[];
        assert.equal(expanded(args[2]), `--served-model-name=${model}`);
        assert.equal(args.length, 8);
        assert.equal(expanded(at(pod, 'initContainers', 0, 'env', 0, 'value')), from);
        assert.equal(at(pod, 'volumes', 8, 'secret', 'secretName'), model);
        for (const name of ['loader', 'proxy'])
          assert.deepEqual(of(plan, 'ConfigMap', name), of(plain, 'ConfigMap', name));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the loader of weights', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'rampart-loader-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const script = String(at(of(eksPlan(), 'ConfigMap', 'loader'), 'data', 'load.sh'));

  /** Runs the script with a bucket that is a folder; gives what it left behind. */
  function load(files: Readonly<Record<string, string>>, digest?: string) {
    const place = mkdtempSync(join(folder, 'run-'));
    const [bucket, weights, bin] = ['bucket', 'weights', 'bin'].map((name) => join(place, name)) as [
      string,
      string,
      string,
    ];
    for (const each of [bucket, weights, bin]) mkdirSync(each);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(bucket, name)), { recursive: true });
      writeFileSync(join(bucket, name), text);
    }
    // aws s3 cp --only-show-errors <from> <to>
    writeFileSync(join(bin, 'aws'), '#!/bin/sh\nmkdir -p "$(dirname "$5")" && cp "$4" "$5"\n');
    chmodSync(join(bin, 'aws'), 0o755);
    writeFileSync(join(place, 'load.sh'), script.replace('cd /weights', `cd '${weights}'`));
    const { status, stderr } = spawnSync('/bin/sh', [join(place, 'load.sh')], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env.PATH}`, SOURCE: bucket, SHA256: digest ?? sha256(files.SHA256SUMS ?? '') },
    });
    return { status, stderr, loaded: (readdirSync(weights, { recursive: true }) as string[]).sort() };
  }

  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const model = { 'config.json': '{}', 'shards/1 of 2.safetensors': 'one' };
  const sums = Object.entries(model)
    .map(([name, text]) => `${sha256(text)}  ${name}\n`)
    .join('');

  it('fetches what the list names, and nothing beside it', () => {
    const { status, stderr, loaded } = load({ ...model, SHA256SUMS: sums, 'planted.py': 'import os' });
    assert.equal(status, 0, stderr);
    assert.deepEqual(loaded, ['SHA256SUMS', 'config.json', 'shards', 'shards/1 of 2.safetensors']);
    const binary = sums.replaceAll('  ', ' *');
    assert.equal(load({ ...model, SHA256SUMS: binary }).status, 0);
  });

  it('stops where the list is another, a file is another, is missing, or lies elsewhere', () => {
    assert.match(load({ ...model, SHA256SUMS: sums }, sha256('other')).stderr, /not the file that was approved/);
    assert.notEqual(load({ ...model, 'config.json': '{"a":1}', SHA256SUMS: sums }).status, 0);
    assert.notEqual(load({ 'config.json': '{}', SHA256SUMS: sums }).status, 0);
    for (const name of ['/etc/passwd', '../out', 'a/../../out', '-rf', '']) {
      const { status, stderr } = load({ ...model, SHA256SUMS: `${sha256('x')}  ${name}\n` });
      assert.notEqual(status, 0, name);
      assert.match(stderr, /names no file of the model/, name);
    }
  });
});
