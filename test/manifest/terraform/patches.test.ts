import assert from 'node:assert/strict';
import { judge } from '../../check/gate.js';
import { type Change, plan } from './plan.js';

const enforce = 'pod-security.kubernetes.io/enforce';

const namespace = (labels: object | null): Change => ({
  address: 'kubernetes_namespace_v1.n',
  after: { metadata: [{ name: 'models', labels, annotations: null }] },
});

const labels = (after: object, more: Partial<Change> = {}): Change => ({
  address: 'kubernetes_labels.l',
  after: { api_version: 'v1', kind: 'Namespace', metadata: [{ name: 'models', namespace: null }], ...after },
  ...more,
});

const found = (changes: readonly Change[], more = {}) => judge(plan(changes, more), {}, 'plan.json') ?? [];

const verdicts = (changes: readonly Change[], requirement: string, more = {}): string[] =>
  found(changes, more)
    .filter((each) => each.requirement === requirement)
    .map(({ resource, verdict }) => `${resource} ${verdict}`);

const space = (changes: readonly Change[], more = {}) => verdicts(changes, 'namespace-pod-security', more);
const unread = (changes: readonly Change[], more = {}) => verdicts(changes, 'nested-template-known', more);

describe('What a plan changes of a Kubernetes object', () => {
  it('is laid over the object that is in the plan', () => {
    assert.deepEqual(space([namespace({ [enforce]: 'restricted' })]), ['kubernetes_namespace_v1.n pass']);
    const away = [namespace({ [enforce]: 'restricted' }), labels({ labels: { [enforce]: 'privileged' } })];
    assert.deepEqual(space(away), ['kubernetes_namespace_v1.n fail']);
    assert.deepEqual(unread(away), []);
    const set = [labels({ labels: { [enforce]: 'restricted' } }), namespace(null)];
    assert.deepEqual(space(set), ['kubernetes_namespace_v1.n pass']);
    const other = [namespace({ [enforce]: 'restricted' }), labels({ labels: { team: 'a' } })];
    assert.deepEqual(space(other), ['kubernetes_namespace_v1.n pass']);
  });

  it('leaves open what it is known of after apply only', () => {
    const open = labels({}, { unknown: { labels: true } });
    assert.deepEqual(space([namespace({ [enforce]: 'restricted' }), open]), ['kubernetes_namespace_v1.n unknown']);
    const one = labels({ labels: {} }, { unknown: { labels: { [enforce]: true } } });
    assert.deepEqual(space([namespace({ [enforce]: 'restricted' }), one]), ['kubernetes_namespace_v1.n unknown']);
  });

  it('is unknown where it is not known of which object, or where that is none of the plan', () => {
    const restricted = namespace({ [enforce]: 'restricted' });
    for (const change of [
      labels({ metadata: [{ name: 'others' }], labels: {} }),
      labels({ metadata: [{}], labels: {} }, { unknown: { metadata: [{ name: true }] } }),
      labels({ labels: {}, kind: null }, { unknown: { kind: true } }),
      labels({ labels: {}, kind: 'Pod' }),
      labels({ labels: {}, metadata: [] }, { unknown: { metadata: true } }),
    ])
      assert.deepEqual(unread([restricted, change]), ['kubernetes_labels.l/* unknown']);
    const space = { name: 'm', namespace: null };
    const map: Change = { address: 'kubernetes_config_map_v1.m', after: { metadata: [space], data: {} } };
    const data = { metadata: [{ name: 'm' }], data: { a: 'b' } };
    const patch: Change = { address: 'kubernetes_config_map_v1_data.d', after: data };
    assert.deepEqual(unread([map, patch]), []);
    const elsewhere = { ...patch, unknown: { metadata: [{ namespace: true }] } };
    assert.deepEqual(unread([map, elsewhere]), ['kubernetes_config_map_v1_data.d/* unknown']);
    const configuration = {
      configuration: {
        root_module: {
          resources: [
            { address: map.address, provider_config_key: 'kubernetes.a', expressions: {} },
            { address: patch.address, provider_config_key: 'kubernetes.b', expressions: {} },
          ],
        },
      },
    };
    assert.deepEqual(unread([map, patch], configuration), ['kubernetes_config_map_v1_data.d/* unknown']);
  });

  describe('of variables', () => {
    const pods = (env: unknown[], more: object = {}) => ({
      template: [
        { metadata: [{ labels: { a: 'b' } }], spec: [{ container: [{ name: 'app', image: 'x', env }], ...more }] },
      ],
    });
    const metadata = [{ name: 'web', namespace: 'models' }];
    const web = (env: unknown[], more: object = {}): Change => ({
      address: 'kubernetes_deployment_v1.web',
      after: { metadata, spec: [pods(env, more)] },
    });
    const set = (after: object, more: Partial<Change> = {}): Change => ({
      address: 'kubernetes_env.e',
      after: { api_version: 'apps/v1', kind: 'Deployment', metadata, container: 'app', ...after },
      ...more,
    });
    const secret = [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }];
    const kept = [{ name: 'DB_PASSWORD', value_from: [{ secret_key_ref: [{ key: 'k', name: 's' }] }] }];
    const worst = (...changes: Change[]) => {
      const all = verdicts(changes, 'no-inline-secrets').map((each) => each.split(' ')[1]);
      return ['fail', 'unknown', 'pass'].find((verdict) => all.includes(verdict));
    };

    it('is laid over the container it names, by the names of the variables', () => {
      assert.equal(worst(web([])), 'pass');
      assert.equal(worst(web([]), set({ env: secret })), 'fail');
      assert.equal(worst(web(secret)), 'fail');
      assert.equal(worst(web(secret), set({ env: kept })), 'pass');
      assert.equal(worst(web(secret), set({ env: [{ name: 'LEVEL', value: 'info' }] })), 'fail');
      assert.deepEqual(unread([web([]), set({ env: secret })]), []);
      const init = { init_container: [{ name: 'first', image: 'x' }] };
      assert.equal(worst(web([], init), set({ container: null, init_container: 'first', env: secret })), 'fail');
    });

    it('is unknown where the container or a name is not', () => {
      for (const change of [
        set({ container: 'other', env: secret }),
        set({ container: null, env: secret }, { unknown: { container: true } }),
        set({ metadata: [{ name: 'others', namespace: 'models' }], env: secret }),
      ])
        assert.deepEqual(unread([web([]), change]), ['kubernetes_env.e/* unknown']);
      assert.equal(worst(web(kept), set({ env: [{ value: 'a' }] }, { unknown: { env: [{ name: true }] } })), 'unknown');
      assert.equal(worst(web(kept), set({ env: null }, { unknown: { env: true } })), 'unknown');
      assert.equal(
        worst(web(kept), set({ env: [{ name: 'API_KEY' }] }, { unknown: { env: [{ value: true }] } })),
        'unknown',
      );
    });
  });

  it('is nothing where nobody asks after its kind', () => {
    const api_version = 'storage.k8s.io/v1';
    const annotations: Change = {
      address: 'kubernetes_annotations.gp2',
      after: { api_version, kind: 'StorageClass', metadata: [{ name: 'gp2' }], annotations: { a: 'b' } },
    };
    const taint: Change = {
      address: 'kubernetes_node_taint.t',
      after: { metadata: [{ name: 'n' }], taint: [{ key: 'gpu', value: 'a', effect: 'NoSchedule' }] },
    };
    assert.deepEqual(unread([annotations, taint]), []);
  });

  it('is the data of a config map, and of a secret, whose data nobody looks into', () => {
    const map: Change = {
      address: 'kubernetes_config_map_v1.m',
      after: { metadata: [{ name: 'm', namespace: 'n' }], data: { A: 'b' } },
    };
    const patch = (data: object): Change => ({
      address: 'kubernetes_config_map_v1_data.d',
      after: { metadata: [{ name: 'm', namespace: 'n' }], data },
    });
    assert.deepEqual(verdicts([map], 'config-map-no-secrets'), ['kubernetes_config_map_v1.m pass']);
    const spelt = patch({ DB_PASSWORD: 'hunter2-and-more' });
    assert.deepEqual(verdicts([map, spelt], 'config-map-no-secrets'), ['kubernetes_config_map_v1.m fail']);
    assert.deepEqual(unread([spelt]), ['kubernetes_config_map_v1_data.d/* unknown']);
    const secret: Change = {
      address: 'kubernetes_secret_v1_data.s',
      after: { metadata: [{ name: 's', namespace: 'n' }], data: { a: 'b' } },
    };
    assert.deepEqual(unread([secret]), []);
  });

  it('reaches the annotations of pods', () => {
    const pod = { container: [{ name: 'app', image: 'a' }] };
    const template = [{ metadata: [{ labels: { app: 'w' } }], spec: [pod] }];
    const deployment: Change = {
      address: 'kubernetes_deployment_v1.w',
      after: { metadata: [{ name: 'w', namespace: 'n' }], spec: [{ template }] },
    };
    const out: Change = {
      address: 'kubernetes_annotations.a',
      after: {
        api_version: 'apps/v1',
        kind: 'Deployment',
        metadata: [{ name: 'w', namespace: 'n' }],
        template_annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' },
      },
    };
    assert.deepEqual(unread([deployment, out]), []);
    const container = 'kubernetes_deployment_v1.w/container/app';
    assert.deepEqual(verdicts([deployment, out], 'container-confined'), [`${container} fail`]);
    assert.deepEqual(verdicts([deployment], 'container-confined'), [`${container} pass`]);
  });
});
