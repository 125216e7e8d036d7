import assert from 'node:assert/strict';
import { Cluster } from '#manifest/read.js';
import { addresses, property, read, resource } from './stream.js';

const pod = (labels = '{app: vllm}') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n, labels: ${labels}}\nspec: {containers: [{name: c}]}\n`;
const policy = (spec: string, namespace = 'n') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: d, namespace: ${namespace}}\nspec: ${spec}\n`;

const network = (text: string): unknown => property(resource(read(text), 'Pod/n/p/pod'), 'network');
const both = (isolated: [boolean, boolean], open: [boolean, boolean] = [false, false]) => ({
  ingress: { isolated: isolated[0], open: open[0] },
  egress: { isolated: isolated[1], open: open[1] },
});

describe('what network policies do to a pod', () => {
  const cases: readonly [what: string, policies: string, expected: unknown][] = [
    ['no policy of its namespace is here', policy('{podSelector: {}}', 'other'), { ingress: '?', egress: '?' }],
    ['everything is denied', policy('{podSelector: {}, policyTypes: [Ingress, Egress]}'), both([true, true])],
    ['no types are given', policy('{podSelector: {}}'), both([true, false])],
    [
      'there are only egress rules',
      policy('{podSelector: {}, egress: [{to: [{podSelector: {}}]}]}'),
      both([true, true]),
    ],
    ['its labels match', policy('{podSelector: {matchLabels: {app: vllm}}}'), both([true, false])],
    ['its labels do not match', policy('{podSelector: {matchLabels: {app: x}}}'), both([false, false])],
    [
      'an expression matches',
      policy('{podSelector: {matchExpressions: [{key: app, operator: In, values: [vllm]}]}}'),
      both([true, false]),
    ],
    [
      'an expression does not match',
      policy('{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}'),
      both([false, false]),
    ],
    ['anybody may call', policy('{podSelector: {}, ingress: [{}]}'), both([true, false], [true, false])],
    [
      'anybody may call one port',
      policy('{podSelector: {}, ingress: [{ports: [{port: 80}]}]}'),
      both([true, false], [true, false]),
    ],
    [
      'half of all addresses may call',
      policy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}]}]}'),
      both([true, false], [true, false]),
    ],
    [
      'every namespace may call',
      policy('{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}'),
      both([true, false], [true, false]),
    ],
    [
      'some pods of every namespace may',
      policy('{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}]}]}'),
      both([true, false]),
    ],
    [
      'names may be looked up',
      policy('{podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]}'),
      both([true, true]),
    ],
    [
      'the internet may be called',
      policy('{podSelector: {}, egress: [{ports: [{port: 443}]}]}'),
      both([true, true], [false, true]),
    ],
    [
      'a second policy opens what the first closes',
      policy('{podSelector: {}, policyTypes: [Ingress]}') +
        policy('{podSelector: {}, ingress: [{}]}').replace('name: d', 'name: e'),
      both([true, false], [true, false]),
    ],
    [
      'a policy is replaced by the next of its name',
      policy('{podSelector: {}, policyTypes: [Ingress, Egress]}') + policy('{podSelector: {matchLabels: {a: b}}}'),
      both([false, false]),
    ],
  ];
  for (const [what, policies, expected] of cases) {
    it(`where ${what}`, () => assert.deepEqual(network(pod() + policies), expected));
  }

  it('may stand in another file of the same run, read later', () => {
    const cluster = new Cluster();
    const manifest = read(pod(), cluster, 'pod.yaml');
    read(policy('{podSelector: {}, policyTypes: [Ingress, Egress]}').slice(4), cluster, 'policy.yaml');
    assert.deepEqual(property(resource(manifest, 'Pod/n/p/pod'), 'network'), both([true, true]));
  });
});

describe('a namespace', () => {
  it('no manifest holds is spoken of once', () => {
    const cluster = new Cluster();
    const first = read(`${pod()}---\n${pod('{a: b}').replace('name: p', 'name: q')}`, cluster, 'a.yaml');
    const second = read(pod(), cluster, 'b.yaml');
    assert.deepEqual(addresses(first, 'Namespace'), ['Namespace/n']);
    assert.equal(property(resource(first, 'Namespace/n'), 'metadata'), '?');
    assert.deepEqual(addresses(second, 'Namespace'), []);
  });

  it('in another file is not missing', () => {
    const cluster = new Cluster();
    const manifest = read(pod(), cluster);
    read('apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n', cluster);
    assert.deepEqual(addresses(manifest, 'Namespace'), []);
  });
});

describe('an environment from other objects', () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: n}\ndata: {A: x, B: y}\n---\n';
  const hidden = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: n}\nstringData: {B: hunter2}\n---\n';
  const seen = (objects: string, container: string): unknown =>
    property(
      resource(read(objects + pod().replace('{name: c}', `{name: c, ${container}}`)), 'Pod/n/p/container/c'),
      'environment',
    );

  it('is known where the manifests hold a config map', () => {
    assert.deepEqual(seen(map, 'envFrom: [{configMapRef: {name: m}, prefix: P_}]'), { P_A: 'x', P_B: 'y' });
    assert.deepEqual(seen(map, 'env: [{name: E, valueFrom: {configMapKeyRef: {name: m, key: A}}}]'), { E: 'x' });
  });

  it('is overridden by what comes later, and a Secret shows its names only', () => {
    assert.deepEqual(seen(map + hidden, 'envFrom: [{configMapRef: {name: m}}, {secretRef: {name: s}}]'), {
      A: 'x',
      B: '?',
    });
    assert.deepEqual(seen(map, 'envFrom: [{configMapRef: {name: m}}], env: [{name: A, value: z}]'), { A: 'z', B: 'y' });
  });

  it('is unknown once anything may set anything', () => {
    assert.deepEqual(seen(map, 'envFrom: [{configMapRef: {name: m}}, {secretRef: {name: s}}]'), {});
    assert.deepEqual(seen(map, 'envFrom: [{secretRef: {name: s}}, {configMapRef: {name: m}}]'), { A: 'x', B: 'y' });
  });
});

describe('a Secret', () => {
  const secret = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"aHVudGVyMg=="}}'
data:
  k: aHVudGVyMg==
stringData:
  arn: arn:aws:kms:us-east-1:1:hunter2
`;

  it('shows its data to nobody', () => {
    for (const text of [secret, `${secret}---\n${pod()}`, secret.replace('data:\n  k:', 'data: # x\n  k:')]) {
      const manifest = read(text);
      assert.doesNotMatch(manifest.lines.text, /aHVudGVyMg|hunter2/);
      assert.equal(manifest.lines.text.length, text.length);
      assert.equal(property(resource(manifest, 'Secret/default/s'), 'data'), '?');
    }
    assert.match(read(`${secret}---\n${pod()}`).lines.text, /kind: Pod/);
  });

  it('nor in a list on one line', () => {
    const item = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { k: 'aHVudGVyMg==' } };
    const manifest = read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item, { ...item, metadata: {} }] }));
    assert.doesNotMatch(manifest.lines.text, /aHVudGVyMg/);
  });
});
