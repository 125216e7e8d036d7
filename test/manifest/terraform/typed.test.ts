import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { shapeOf } from '../../../src/manifest/terraform/form.js';
import { typedKind } from '../../../src/manifest/terraform/typed-kinds.js';
import { against, judge } from '../../check/gate.js';
import { addresses, property, resource } from '../kubernetes/stream.js';
import { type Change, configured, plan, read, refers } from './plan.js';

const metadata = (name: string, more: object = {}) => [
  { name, namespace: 'n', labels: null, annotations: null, ...more },
];

const container = (more: object = {}) => ({ name: 'app', image: 'a:1', security_context: [], env: [], ...more });

const pod = (more: object = {}) => ({ container: [container()], host_network: false, volume: [], ...more });

const deployment = (spec: object = pod(), more: Partial<Change> = {}): Change => ({
  address: 'kubernetes_deployment_v1.web',
  after: {
    metadata: metadata('web'),
    spec: [
      {
        replicas: '3',
        selector: [{ match_labels: { app: 'web' }, match_expressions: [] }],
        template: [{ metadata: [{ labels: { app: 'web' }, name: '' }], spec: [spec] }],
      },
    ],
    timeouts: null,
    wait_for_rollout: true,
  },
  ...more,
});

/** What is known after apply only of a pod. */
const later = (of: object) => ({ spec: [{ template: [{ spec: [of] }] }] });

function held(...changes: Change[]): Manifest {
  const [only, ...others] = read(plan(changes)).holds ?? [];
  assert.ok(only && others.length === 0, 'objects of one cluster');
  return only;
}

const object = (change: Change, path = '') => property(resource(held(change), change.address), path);

const app = (spec: object, path: string, more: Partial<Change> = {}) =>
  property(resource(held(deployment(spec, more)), 'kubernetes_deployment_v1.web/container/app'), path);

const verdicts = (text: string, requirement: string): string[] =>
  (judge(text, {}, 'plan.json') ?? [])
    .filter((each) => each.requirement === requirement)
    .map(({ resource: at, verdict }) => `${at} ${verdict}`);

describe('Kubernetes objects in attributes and blocks of a plan', () => {
  it('are the objects the provider makes of them, under the address of their resource', () => {
    const manifest = held(deployment());
    assert.deepEqual(addresses(manifest, 'Deployment'), ['kubernetes_deployment_v1.web']);
    assert.deepEqual(addresses(manifest, 'PodSpec'), ['kubernetes_deployment_v1.web/pod']);
    assert.deepEqual(addresses(manifest, 'Container'), ['kubernetes_deployment_v1.web/container/app']);
    assert.deepEqual(addresses(read(plan([deployment()])), 'kubernetes_deployment_v1'), []);
    assert.deepEqual(object(deployment()), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'n' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [{ name: 'app', image: 'a:1' }],
            hostNetwork: false,
            automountServiceAccountToken: true,
          },
        },
      },
    });
  });

  it('have the names Kubernetes gives what the provider calls otherwise', () => {
    const service = {
      address: 'kubernetes_service.s',
      after: {
        metadata: metadata('s'),
        spec: [
          { cluster_ip: 'None', external_ips: ['192.0.2.1'], port: [{ port: 80, target_port: 'http', node_port: 0 }] },
        ],
      },
    };
    assert.deepEqual(object(service, 'spec'), {
      clusterIP: 'None',
      externalIPs: ['192.0.2.1'],
      ports: [{ port: 80, targetPort: 'http' }],
    });
    const role = {
      address: 'kubernetes_cluster_role.r',
      after: { metadata: [{ name: 'r' }], rule: [{ non_resource_urls: ['/metrics'], verbs: ['get'], api_groups: [] }] },
    };
    assert.deepEqual(object(role, 'rules'), [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]);
    assert.deepEqual(object(role, 'metadata'), { name: 'r' });
    const volume = {
      address: 'kubernetes_persistent_volume_v1.v',
      after: {
        metadata: [{ name: 'v' }],
        spec: [
          { capacity: { storage: '1Gi' }, persistent_volume_source: [{ csi: [{ driver: 'd', volume_handle: 'h' }] }] },
        ],
      },
    };
    assert.deepEqual(object(volume, 'spec'), { capacity: { storage: '1Gi' }, csi: { driver: 'd', volumeHandle: 'h' } });
    const spec = {
      init_container: [container({ name: 'i' })],
      volume: [
        { name: 'd', empty_dir: [{ medium: '', size_limit: null }] },
        { name: 'h', host_path: [{ path: '/etc', type: '' }], config_map: [] },
        { name: 'c', config_map: [{ name: 'm', default_mode: '0644' }] },
      ],
    };
    assert.deepEqual(object(deployment(pod(spec)), 'spec.template.spec.volumes'), [
      { name: 'd', emptyDir: {} },
      { name: 'h', hostPath: { path: '/etc' } },
      { name: 'c', configMap: { name: 'm', defaultMode: 0o644 } },
    ]);
  });

  it('take what the provider fills up with nothing for nothing, and send what it sends', () => {
    const context = {
      run_as_user: '',
      run_as_group: null,
      run_as_non_root: null,
      capabilities: [],
      seccomp_profile: [],
    };
    const spec = pod({
      container: [container({ security_context: [context] })],
      security_context: [{ run_as_non_root: true, run_as_user: '1000', fs_group: '' }],
    });
    assert.equal(app(spec, 'securityContext.runAsUser'), 1000);
    // A block that says nothing of it says false, whatever the pod says.
    assert.equal(app(spec, 'securityContext.runAsNonRoot'), false);
    assert.equal(app(spec, 'securityContext.allowPrivilegeEscalation'), true);
    assert.equal(app(spec, 'securityContext.capabilities'), undefined);
    assert.equal(app(pod({ security_context: [{ run_as_non_root: true }] }), 'securityContext.runAsNonRoot'), true);
    const root = pod({ security_context: [{ run_as_user: '0' }] });
    assert.equal(app(root, 'securityContext.runAsUser'), 0);
  });

  it('ask for the token of an account that would give none', () => {
    const account = {
      address: 'kubernetes_service_account_v1.a',
      after: { metadata: metadata('a'), automount_service_account_token: false },
    };
    const open = plan([account, deployment(pod({ service_account_name: 'a', automount_service_account_token: true }))]);
    assert.deepEqual(verdicts(open, 'pod-no-api-token'), ['kubernetes_deployment_v1.web/pod fail']);
    const none = plan([
      account,
      deployment(pod({ service_account_name: 'a', automount_service_account_token: false })),
    ]);
    assert.deepEqual(verdicts(none, 'pod-no-api-token'), ['kubernetes_deployment_v1.web/pod pass']);
  });

  it('have what the cluster fills in where the configuration asks for nothing', () => {
    const unknown = later({
      service_account_name: true,
      image_pull_secrets: true,
      volume: true,
      container: [{ resources: true, image_pull_policy: true, security_context: true }],
    });
    const blocks = { spec: [{ template: [{ spec: [{ container: [{ image: refers('var.image') }] }] }] }] };
    const seen = (configuration: object, path: string) => {
      const text = plan([deployment(pod({ volume: null }), { unknown })], configuration);
      const [manifest] = read(text).holds ?? [];
      return property(resource(manifest as Manifest, 'kubernetes_deployment_v1.web'), `spec.template.spec${path}`);
    };
    const told = configured({ 'kubernetes_deployment_v1.web': blocks });
    assert.equal(seen(told, '.serviceAccountName'), undefined);
    assert.equal(seen(told, '.imagePullSecrets'), undefined);
    // Blocks the cluster does not fill in may be dynamic ones.
    assert.equal(seen(told, '.volumes'), '?');
    assert.deepEqual(seen(told, '.containers'), [{ name: 'app', image: 'a:1', securityContext: '?' }]);
    const asked = {
      service_account_name: refers('random_pet.a.id'),
      container: blocks.spec[0]?.template[0]?.spec[0]?.container,
    };
    const given = configured({ 'kubernetes_deployment_v1.web': { spec: [{ template: [{ spec: [asked] }] }] } });
    assert.equal(seen(given, '.serviceAccountName'), '?');
    // Which of several blocks is which is not known where some are dynamic, nor anything where there is no configuration.
    const dynamic = configured({ 'kubernetes_deployment_v1.web': { spec: [{ template: [{}] }] } });
    assert.equal(seen(dynamic, '.serviceAccountName'), '?');
    assert.equal(seen({}, '.serviceAccountName'), '?');
  });

  it('are open around an attribute that is not known here', () => {
    const proc = container({ proc_mount: 'Unmasked', security_context: [{ privileged: true }] });
    const text = plan([deployment(pod({ container: [proc, container({ name: 'other', newer: '', newest: [] })] }))]);
    assert.deepEqual(verdicts(text, 'container-not-privileged'), ['kubernetes_deployment_v1.web/container/other pass']);
    const [found] = (judge(text, {}, 'plan.json') ?? []).filter(({ resource: at }) => at.endsWith('web/pods'));
    assert.equal(found?.verdict, 'unknown');
    assert.match(
      found?.reason ?? '',
      /kubernetes_deployment_v1\.web\.spec\.template\.spec\.container\.proc_mount, which is not read$/,
    );
    for (const wrong of [
      pod({ security_context: 'x' }),
      pod({ security_context: [{}, {}] }),
      pod({ node_selector: { a: { b: 1 } } }),
      pod({ supplemental: false }),
    ]) {
      const seen = verdicts(plan([deployment(wrong)]), 'container-non-root');
      assert.ok(!seen.includes('kubernetes_deployment_v1.web/container/app pass'), JSON.stringify(wrong));
    }
  });

  it('are of a kind where nothing else is known of them', () => {
    const policy: Change = { address: 'kubernetes_network_policy_v1.p', after: null, unknown: true };
    assert.deepEqual(verdicts(plan([deployment(), policy]), 'pod-default-deny'), [
      'kubernetes_deployment_v1.web/pod unknown',
    ]);
    const whole = verdicts(plan([deployment(pod(), { after: null, unknown: true })]), 'workload-containers-known');
    assert.deepEqual(whole, ['kubernetes_deployment_v1.web/pods unknown']);
  });

  it('hold data nobody sees in a plan', () => {
    const secret = (more: object): Change => ({
      address: 'kubernetes_secret_v1.s',
      after: { metadata: metadata('s'), data: null, data_wo: null, data_wo_revision: null, ...more },
    });
    const spec = pod({
      container: [container({ env_from: [{ secret_ref: [{ name: 's' }], config_map_ref: [], prefix: null }] })],
    });
    const seen = (of: Change) =>
      property(resource(held(deployment(spec), of), 'kubernetes_deployment_v1.web/container/app'), 'environment');
    assert.deepEqual(seen(secret({ data: { HF_TOKEN: 'x' } })), { HF_TOKEN: '?' });
    assert.equal(seen(secret({ data_wo_revision: 1 })), '?');
    assert.equal(object(secret({ data_wo_revision: 1 }), 'data'), '?');
  });

  it('know those in files, in manifests and in each other', () => {
    const denying: Change = {
      address: 'kubernetes_network_policy.deny',
      after: {
        metadata: metadata('deny'),
        spec: [{ pod_selector: [{ match_labels: null, match_expressions: [] }], policy_types: ['Ingress', 'Egress'] }],
      },
    };
    const other: Change = {
      address: 'kubernetes_manifest.pod',
      after: {
        manifest: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'p', namespace: 'n' },
          spec: { containers: [{ name: 'c' }] },
        },
      },
    };
    const cluster = new Cluster();
    const given = { ...against.boundary, parameters: {} };
    const files = [
      ['a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: q, namespace: n}\nspec: {containers: [{name: c}]}\n'],
      [
        'b.yaml',
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {pod-security.kubernetes.io/enforce: restricted}}\n',
      ],
      ['plan.json', plan([deployment(), other, denying])],
    ].map(([file = '', text = '']) => readManifest(file, text, given, cluster) as Manifest);
    const findings = check(files, against);
    const found = (requirement: string) =>
      findings
        .filter((each) => each.requirement === requirement)
        .map(({ resource: at, verdict }) => `${at} ${verdict}`);
    assert.deepEqual(found('pod-default-deny'), [
      'Pod/n/q/pod pass',
      'kubernetes_deployment_v1.web/pod pass',
      'kubernetes_manifest.pod/pod pass',
    ]);
    assert.deepEqual(found('namespace-pod-security'), ['Namespace/n pass']);
  });

  it('are of the types whose kind is known, in any version', () => {
    for (const type of [
      'kubernetes_daemonset',
      'kubernetes_daemon_set_v1',
      'kubernetes_horizontal_pod_autoscaler_v2beta2',
    ])
      assert.ok(typedKind(type), type);
    for (const type of [
      'kubernetes_labels',
      'kubernetes_config_map_v1_data',
      'kubernetes_constructor',
      'deployment',
      'aws_role',
    ])
      assert.equal(typedKind(type), undefined, type);
  });
});

describe('a shape', () => {
  it('says what becomes of each attribute and block', () => {
    const { forms, defaults } = shapeOf('a_url b_ip>c#=x -d e~{f% g!} j>{h[i]}');
    assert.deepEqual(
      [...forms].map(([name, { as, key, computed }]) => [name, as, key, computed]),
      [
        ['a_url', 'value', 'aURL', false],
        ['b_ip', 'number', 'c', false],
        ['d', 'aside', 'd', false],
        ['e', 'one', 'e', true],
        ['j', 'one', '', false],
      ],
    );
    assert.deepEqual(
      defaults.map(({ key, otherwise }) => [key, otherwise]),
      [['c', 'x']],
    );
    assert.deepEqual(
      [...(forms.get('e')?.inside?.forms.values() ?? [])].map(({ as }) => as),
      ['octal', 'unseen'],
    );
  });

  it('is refused where it is none', () => {
    for (const text of ['a{b', 'a}', 'a{b]', 'a[b} c', 'a ', '{', 'A']) assert.throws(() => shapeOf(text), text);
  });
});
