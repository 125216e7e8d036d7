import assert from 'node:assert/strict';
import { Cluster } from '#manifest/read.js';
import { judge } from '../../check/gate.js';
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
      'every namespace that has a name may call',
      policy(
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}}]}]}',
      ),
      both([true, false], [true, false]),
    ],
    [
      'every namespace but one may call',
      policy(
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}}]}]}',
      ),
      both([true, false], [true, false]),
    ],
    [
      'all pods but some may call',
      policy(
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}}]}]}',
      ),
      both([true, false], [true, false]),
    ],
    [
      'namespaces of a list may call',
      policy(
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b]}, {key: c, operator: DoesNotExist}]}}]}]}',
      ),
      both([true, false]),
    ],
    [
      'every pod may be called',
      policy('{podSelector: {}, egress: [{to: [{namespaceSelector: {}}]}]}'),
      both([true, true], [false, true]),
    ],
    [
      'names may be looked up at every pod',
      policy('{podSelector: {}, egress: [{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}]}'),
      both([true, true]),
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

describe('policies of a network plugin', () => {
  const deny = policy('{podSelector: {}, policyTypes: [Ingress, Egress]}');
  const other = (apiVersion: string, kind: string, metadata = '{name: x, namespace: n}') =>
    `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec: {}\n`;
  const unsure = { ingress: { isolated: true, open: '?' }, egress: { isolated: true, open: '?' } };

  it('may open what is closed, of the namespace or of all', () => {
    for (const each of [
      other('cilium.io/v2', 'CiliumNetworkPolicy'),
      other('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', '{name: x}'),
      other('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', '{name: x}'),
      other('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', '{name: x}'),
      other('projectcalico.org/v3', 'NetworkPolicy'),
      other('networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', '{name: x}'),
    ])
      assert.deepEqual(network(pod() + deny + each), unsure);
  });

  it('may isolate what no other policy does', () => {
    const some = policy('{podSelector: {matchLabels: {a: b}}}');
    const unknown = { isolated: '?', open: '?' };
    assert.deepEqual(network(pod() + some + other('cilium.io/v2', 'CiliumNetworkPolicy')), {
      ingress: unknown,
      egress: unknown,
    });
  });

  it('do not close what is open', () => {
    const open = policy('{podSelector: {}, ingress: [{}]}');
    assert.deepEqual(network(pod() + open + other('cilium.io/v2', 'CiliumNetworkPolicy')), {
      ingress: { isolated: true, open: true },
      egress: { isolated: '?', open: '?' },
    });
  });

  it('are what is named where there is no other policy', () => {
    const reasons = judge(pod() + other('cilium.io/v2', 'CiliumNetworkPolicy'))
      ?.filter(({ requirement }) => requirement === 'pod-default-deny')
      .map(({ reason }) => reason);
    assert.match(String(reasons), /depends on CiliumNetworkPolicy\.cilium\.io\/n\/x, which is not read/);
  });

  it('of another namespace do nothing', () => {
    const elsewhere = other('cilium.io/v2', 'CiliumNetworkPolicy', '{name: x, namespace: m}');
    assert.deepEqual(network(pod() + deny + elsewhere), both([true, true]));
  });
});

describe('a service mesh', () => {
  const mesh = (labels: string, metadata: string, ...rules: [namespace: string, spec: string][]): unknown => {
    const home = `apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: ${labels}}\n---\n`;
    const own = `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n, ${metadata}}\nspec: {containers: [{name: c}]}\n`;
    const all = rules.map(
      ([namespace, spec], index) =>
        `---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: r${index}, namespace: ${namespace}}\nspec: ${spec}\n`,
    );
    return property(resource(read(home + own + all.join('')), 'Pod/n/p/pod'), 'mesh');
  };
  const inside = '{istio-injection: enabled}';
  const strict = '{mtls: {mode: STRICT}}';
  const permissive = '{mtls: {mode: PERMISSIVE}}';
  const ofPod = (rule: string) => `{selector: {matchLabels: {app: v}}, ${rule}}`;
  const labels = 'labels: {app: v}';

  it('is strict by the rule nearest to the pod', () => {
    assert.equal(mesh(inside, labels, ['n', strict]), 'strict');
    assert.equal(mesh(inside, labels, ['istio-system', strict]), 'strict');
    assert.equal(mesh(inside, labels, ['istio-system', permissive], ['n', strict]), 'strict');
    assert.equal(mesh(inside, labels, ['istio-system', strict], ['n', '{mtls: {mode: UNSET}}']), 'strict');
    assert.equal(mesh(inside, labels, ['istio-system', strict], ['n', permissive]), undefined);
    assert.equal(mesh(inside, labels, ['n', strict], ['n', ofPod('mtls: {mode: PERMISSIVE}')]), undefined);
    assert.equal(mesh(inside, 'labels: {app: w}', ['n', strict], ['n', ofPod('mtls: {mode: DISABLE}')]), 'strict');
    assert.equal(mesh(inside, labels, ['n', permissive], ['n', ofPod('mtls: {mode: STRICT}')]), 'strict');
  });

  it('is what all ports say where none says otherwise', () => {
    const both = (mode: string, port: string) => ofPod(`mtls: {mode: ${mode}}, portLevelMtls: {8000: {mode: ${port}}}`);
    assert.equal(mesh(inside, labels, ['n', both('STRICT', 'STRICT')]), 'strict');
    assert.equal(mesh(inside, labels, ['n', both('STRICT', 'UNSET')]), 'strict');
    assert.equal(mesh(inside, labels, ['n', both('PERMISSIVE', 'DISABLE')]), undefined);
    assert.equal(mesh(inside, labels, ['n', both('PERMISSIVE', 'STRICT')]), '?');
    assert.equal(mesh(inside, labels, ['n', strict], ['n', ofPod('portLevelMtls: {8000: {mode: STRICT}}')]), 'strict');
  });

  it('is unknown where rules contradict each other or some ports have their own', () => {
    assert.equal(mesh(inside, labels), '?');
    assert.equal(mesh(inside, labels, ['n', strict], ['n', permissive]), '?');
    assert.equal(mesh(inside, labels, ['n', strict], ['n', ofPod('portLevelMtls: {8000: {mode: DISABLE}}')]), '?');
    assert.equal(
      mesh(inside, `annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "8000"}`, ['n', strict]),
      '?',
    );
    assert.equal(mesh('{a: b}', 'annotations: {linkerd.io/inject: enabled}', ['n', strict]), '?');
  });

  it('may work without sidecars', () => {
    const ambient = '{istio.io/dataplane-mode: ambient}';
    assert.equal(mesh(ambient, labels, ['n', strict]), 'strict');
    assert.equal(mesh(ambient, 'labels: {istio.io/dataplane-mode: none}', ['n', strict]), undefined);
  });

  it('takes a pod in by a label and never by an annotation', () => {
    assert.equal(mesh('{a: b}', 'labels: {sidecar.istio.io/inject: "true"}', ['n', strict]), 'strict');
    assert.equal(mesh('{a: b}', 'annotations: {sidecar.istio.io/inject: "true"}', ['n', strict]), undefined);
    assert.equal(mesh(inside, 'annotations: {sidecar.istio.io/inject: "false"}', ['n', strict]), undefined);
    assert.equal(mesh('{istio-injection: disabled, istio.io/rev: r}', labels, ['n', strict]), undefined);
  });
});

describe('the least number of pods', () => {
  it('is none where an autoscaler may idle', () => {
    const scaled = (spec: string) =>
      property(
        resource(
          read(
            `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: n}\nspec: {replicas: 3, template: {spec: {containers: [{name: c}]}}}\n---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s, namespace: n}\nspec: {scaleTargetRef: {name: d}, ${spec}}\n`,
          ),
          'Deployment/n/d/pod',
        ),
        'replicas',
      );
    assert.equal(scaled('minReplicaCount: 2'), 2);
    assert.equal(scaled('minReplicaCount: 2, idleReplicaCount: 0'), 0);
  });
});

describe('a Rollout that takes its pods from another object', () => {
  const rollout = (name: string, more = '') =>
    `---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r, namespace: n}\nspec: {replicas: 3, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}}\n${more}`;
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: n}\nspec: {replicas: 0, template: {spec: {containers: [{name: c}]}}}\n';
  const missing = (text: string) => addresses(read(text), 'UnreadWorkload');

  it('hides nothing where the manifests hold it', () => {
    assert.deepEqual(missing(rollout('d', deployment.replace(/^/, '---\n'))), []);
    assert.deepEqual(missing(deployment + rollout('d')), []);
  });

  it('is unread where they do not', () => {
    const unread = ['Rollout.argoproj.io/n/r/pods'];
    assert.deepEqual(missing(deployment + rollout('other')), unread);
    assert.deepEqual(missing(deployment.replace('namespace: n', 'namespace: m') + rollout('d')), unread);
    assert.deepEqual(missing(deployment.replace('kind: Deployment', 'kind: StatefulSet') + rollout('d')), unread);
  });

  it('says how many of them there are, and is what autoscalers scale', () => {
    const replicas = (text: string) => property(resource(read(text), 'Deployment/n/d/pod'), 'replicas');
    const scaler = (kind: string) =>
      `---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: n}\nspec: {minReplicas: 2, scaleTargetRef: {kind: ${kind}, name: ${kind[0]?.toLowerCase()}}}\n`;
    assert.equal(replicas(deployment + rollout('d')), 3);
    assert.equal(replicas(deployment + rollout('d', scaler('Rollout'))), 2);
    assert.equal(replicas(deployment + rollout('d', scaler('Deployment'))), 3);
    assert.equal(replicas(deployment + rollout('other')), 0);
  });
});

describe('the scheme of an Ingress', () => {
  const scheme = (name: string) =>
    property(
      resource(
        read(
          `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: n, annotations: {alb.ingress.kubernetes.io/scheme: internal}}\nspec: {ingressClassName: ${name}}\n`,
        ),
        'Ingress/n/i',
      ),
      'scheme',
    );

  it('is what its annotation says, for a controller that reads it', () => {
    assert.equal(scheme('alb'), 'internal');
    assert.equal(scheme('inside'), 'internal');
    assert.equal(scheme('nginx'), '?');
    assert.equal(scheme('azure-application-gateway'), '?');
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

describe('the role of a binding', () => {
  const binding = (kind: string, name: string, space = 'n'): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: ${space}}\nroleRef: {kind: ${kind}, name: ${name}}\n`;
  const roleOf = (text: string, cluster = new Cluster(), space = 'n'): unknown =>
    property(resource(read(text, cluster), `RoleBinding/${space}/b`), 'role');

  it('may stand in another file, which is read later', () => {
    const cluster = new Cluster();
    const manifest = read(binding('Role', 'r'), cluster);
    read('apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: n}\n', cluster);
    assert.equal(property(resource(manifest, 'RoleBinding/n/b'), 'role'), 'given');
  });

  it('is unknown where no manifest holds it, as one of another kind or namespace is another one', () => {
    assert.equal(roleOf(binding('Role', 'r')), '?');
    assert.equal(roleOf(binding('ClusterRole', 'r')), '?');
    const other = '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n';
    assert.equal(roleOf(binding('ClusterRole', 'r') + other), 'given');
    assert.equal(roleOf(binding('Role', 'r') + other), '?');
    assert.equal(roleOf(binding('Role', 'view')), '?');
    assert.equal(
      roleOf('kind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {name: b, namespace: n}\n'),
      '?',
    );
  });

  it('is built in where Kubernetes brings it', () => {
    assert.equal(roleOf(binding('ClusterRole', 'view')), 'built-in');
    assert.equal(roleOf(binding('ClusterRole', 'system:auth-delegator')), 'built-in');
    assert.equal(roleOf(binding('Role', 'extension-apiserver-authentication-reader')), '?');
    const space = 'kube-system';
    assert.equal(
      roleOf(binding('Role', 'extension-apiserver-authentication-reader', space), undefined, space),
      'built-in',
    );
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

  it('leaves what is around its data to be read again, to the character', () => {
    const listed = `apiVersion: v1\nkind: List\nitems:\n- data:\n    k: aHVudGVyMg==\n  apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n- ${pod().trim().replaceAll('\n', '\n  ')}\n`;
    for (const text of [`${secret}---\n${pod()}`, `${secret}--- # next\n${pod()}`, `${pod()}---\n${secret}`, listed]) {
      const whole = read(text);
      const again = read(whole.lines.text);
      assert.equal(again.lines.text, whole.lines.text);
      const told = ({ resources }: typeof whole) =>
        // What begins with its data begins after them now.
        resources.map(({ address, at }) => (text === listed ? address : [address, at]));
      assert.deepEqual(told(again), told(whole));
    }
  });

  it('leaves what stands in brackets to be read again, however it is laid out', () => {
    const item = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { k: 'aHVudGVyMg==' } };
    const first = { data: { 'k}': 'hunter2 }] "' }, apiVersion: 'v1', kind: 'Secret', metadata: { name: 't' } };
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [item, first, { ...item, stringData: { b: "it's hunter2" } }],
    };
    const flow = `{apiVersion: v1, kind: Secret, metadata: {name: s, annotations: {x: hunter2}}, stringData: {p: it's-hunter2, q: "}hunter2"}} # hunter2 }`;
    const inBlock = `apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {x: hunter2}}\n`;
    for (const text of [
      `${flow}\n---\n${pod()}`,
      `${pod()}---\n${flow}`,
      `apiVersion: v1\nkind: List\nitems:\n- ${flow}\n- ${JSON.stringify(first)}\n- ${JSON.stringify(item)}\n`,
      `${inBlock}---\n${pod()}`,
      JSON.stringify(list),
      JSON.stringify(list, null, 2),
      JSON.stringify({ ...list, metadata: { resourceVersion: '' } }, null, '\t'),
    ]) {
      const whole = read(text);
      assert.doesNotMatch(whole.lines.text, /aHVudGVyMg|hunter2/);
      assert.equal(whole.lines.text.length, text.length);
      const told = ({ resources }: typeof whole) => resources.map(({ address, at }) => [address, at]);
      assert.deepEqual(told(read(whole.lines.text)), told(whole), whole.lines.text);
    }
  });

  it('nor in a list on one line', () => {
    const item = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { k: 'aHVudGVyMg==' } };
    const manifest = read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item, { ...item, metadata: {} }] }));
    assert.doesNotMatch(manifest.lines.text, /aHVudGVyMg/);
  });
});
