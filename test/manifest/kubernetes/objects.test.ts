import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RampartError } from '#model/error.js';
import { addresses, property, read, reasonOf, resource } from './stream.js';

const refused = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof RampartError && error.exit === 'input' && error.code === code && message.test(error.message);

describe('a stream of Kubernetes objects', () => {
  it('has one resource for each document, with its place', () => {
    const manifest = read(
      '---\napiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: n}\n---\n# nothing\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\nspec: {template: {spec: {containers: [{name: c}]}}}\n',
    );
    assert.deepEqual(addresses(manifest, 'Service'), ['Service/n/a']);
    assert.deepEqual(addresses(manifest, 'Deployment'), ['Deployment/default/b']);
    assert.equal(manifest.lines.position(resource(manifest, 'Deployment/default/b').at).line, 8);
  });

  it('is read from JSON', () => {
    const manifest = read(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c"}]}}',
    );
    assert.deepEqual(addresses(manifest, 'Container'), ['Pod/default/p/container/c']);
  });

  it('holds the items of lists, typed ones too, and of lists in lists', () => {
    const manifest = read(`apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: a}}
- apiVersion: v1
  kind: PodList
  items: [{metadata: {name: p}, spec: {containers: [{name: c}]}}]
`);
    assert.deepEqual(addresses(manifest, 'Service'), ['Service/default/a']);
    assert.deepEqual(addresses(manifest, 'Container'), ['Pod/default/p/container/c']);
  });

  it('a custom kind that merely ends in List is an object', () => {
    assert.deepEqual(addresses(read('apiVersion: x.io/v1\nkind: AllowList\nmetadata: {name: a}\n'), 'AllowList.x.io'), [
      'AllowList.x.io/a',
    ]);
  });

  it('names objects that have no name, a made-up one, or one twice', () => {
    const manifest = read(
      ['{generateName: j-}', '{generateName: j-}', '{}', '{name: k}', '{name: k}']
        .map((metadata) => `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n`)
        .join('---\n'),
    );
    assert.deepEqual(addresses(manifest, 'ConfigMap'), [
      'ConfigMap/default/j-*',
      'ConfigMap/default/j-*#2',
      'ConfigMap/default/(unnamed)',
      'ConfigMap/default/k',
      'ConfigMap/default/k#2',
    ]);
  });

  it('keeps kinds of other groups apart from Kubernetes’ own', () => {
    const manifest = read('apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\n');
    assert.deepEqual(addresses(manifest, 'Service'), []);
  });

  it('null is absent, and words are booleans as YAML 1.1 has them', () => {
    const manifest = read('apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: null, publish: yes}\n');
    assert.equal(property(resource(manifest, 'Service/default/a'), 'spec.type'), undefined);
    assert.equal(property(resource(manifest, 'Service/default/a'), 'spec.publish'), true);
  });

  it('a key named like a part of every object is only a key', () => {
    const manifest = read('apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: {__proto__: x}}\n');
    const from = resource(manifest, 'Service/default/a');
    assert.equal(property(from, 'metadata.labels.constructor'), undefined);
    assert.equal(property(from, 'spec.toString'), undefined);
  });
});

describe('text that is no Kubernetes manifest', () => {
  it('is refused where a document lacks its kind', () => {
    assert.throws(
      () => read('apiVersion: v1\nkind: Service\n---\nfoo: bar\n'),
      refused('RAMPART_K8S_SHAPE', /no apiVersion/),
    );
    assert.throws(
      () => read('apiVersion: v1\nkind: Service\n---\napiVersion: v1\n'),
      refused('RAMPART_K8S_SHAPE', /no kind/),
    );
  });

  it('is refused by name where it mixes languages', () => {
    assert.throws(
      () => read('apiVersion: v1\nkind: Service\n---\nResources: {K: {Type: AWS::KMS::Key}}\n'),
      refused('RAMPART_MIXED', /Kubernetes and CloudFormation/),
    );
  });

  const templates = {
    'a value in quotes': 'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Values.name }}"}\n',
    'a bare value': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-x\n',
    'a condition': '{{- if .Values.enabled }}\napiVersion: v1\nkind: Service\n{{- end }}\n',
    'an included block':
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    {{- include "c.labels" . | nindent 4 }}\n',
  };
  for (const [what, text] of Object.entries(templates)) {
    it(`is refused as a Helm template: ${what}`, () => {
      assert.throws(() => read(text), refused('RAMPART_HELM_TEMPLATE', /helm template .* \| rampart check -/));
    });
  }

  it('but text for other templating in data is none of it', () => {
    read('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {t: "{{ .Values.x }}"}\n');
    read(
      'apiVersion: m.io/v1\nkind: Rule\nmetadata: {name: a}\nspec: {summary: "{{ $labels.pod }} is {{ $value }}"}\n',
    );
  });

  it('is a Kustomize file', () => {
    assert.match(reasonOf('resources: [a.yaml]\n', 'deploy/kustomization.yaml'), /kubectl kustomize/);
    assert.match(reasonOf('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'), /kubectl kustomize/);
  });

  it('multiplies itself', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f'];
    const lines = levels.map((name, at) => `  ${name}: &${name} [${Array(10).fill(at ? `*${levels[at - 1]}` : 'x')}]`);
    assert.throws(
      () => read(`apiVersion: v1\nkind: ConfigMap\ndata:\n${lines.join('\n')}\n`),
      refused('RAMPART_YAML_BOMB', /aliases/),
    );
  });
});

describe('any JSON value under an API object', () => {
  it('is read or refused, and every value of it can be asked for', () => {
    const kinds = ['Pod', 'Deployment', 'CronJob', 'NetworkPolicy', 'Secret', 'Ingress', 'List', 'Namespace'];
    const key = fc.constantFrom(
      'spec',
      'template',
      'containers',
      'env',
      'args',
      'command',
      'name',
      'items',
      'metadata',
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, true, 0, 'sh', '-c', '$(A)', '--x=$B', "'", '"$', '{{', '#'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.constantFrom(...kinds), json, json, json, (kind, spec, metadata, containers) => {
        const pod = {
          containers: [{ name: 'c', command: ['sh', '-c', containers] }, containers],
          initContainers: containers,
        };
        const body = kind === 'Pod' ? pod : kind === 'Deployment' ? { template: { spec: pod } } : spec;
        try {
          const manifest = read(JSON.stringify({ apiVersion: 'v1', kind, metadata, spec: body, items: spec }));
          for (const each of manifest.resources) property(each, '');
          assert.equal(new Set(manifest.resources.map((each) => each.address)).size, manifest.resources.length);
        } catch (error) {
          assert.ok(error instanceof RampartError && error.exit === 'input', String(error));
        }
      }),
      { numRuns: 300 },
    );
  });
});
