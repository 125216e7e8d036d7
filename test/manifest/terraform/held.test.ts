import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Manifest } from '#model/resource.js';
import type { Result } from '#model/result.js';
import { formats } from '../../../src/report/formats/index.js';
import { against, judge } from '../../check/gate.js';
import { reportContext, whole } from '../../report/context.js';
import { addresses, property, resource } from '../kubernetes/stream.js';
import { type Change, configured, listed, plan, read, refers } from './plan.js';

const container = { name: 'app', image: 'a:1', securityContext: { privileged: true } };

const pod = (more: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'n', labels: { app: 'web' }, ...metadata },
  spec: { containers: [container], ...more },
});

const denying = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'n' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};

const manifest = (name: string, object: unknown, more: Partial<Change> = {}): Change => ({
  address: `kubernetes_manifest.${name}`,
  after: { manifest: object },
  ...more,
});

/** The objects a plan holds, as the one manifest they make. */
function held(text: string): Manifest {
  const [only, ...others] = read(text).holds ?? [];
  assert.ok(only && others.length === 0, 'objects of one cluster');
  return only;
}

const unread = (text: string): string[] =>
  (judge(text, {}, 'plan.json') ?? [])
    .filter(({ requirement }) => requirement === 'nested-template-known')
    .map(({ resource: at, verdict, reason }) => `${at} ${verdict}: ${reason.replace(/^.*depends on /, '')}`);

const of = (findings: readonly Finding[] | undefined, requirement: string): Finding[] =>
  (findings ?? []).filter((each) => each.requirement === requirement);

describe('Kubernetes objects in a plan', () => {
  it('are called by the address of their resource, which is nothing beside them', () => {
    const text = plan([manifest('web', pod()), { address: 'aws_kms_key.k' }]);
    assert.deepEqual(addresses(read(text), 'aws_kms_key'), ['aws_kms_key.k']);
    assert.deepEqual(addresses(read(text), 'kubernetes_manifest'), []);
    assert.deepEqual(addresses(held(text), 'Pod'), ['kubernetes_manifest.web']);
    assert.deepEqual(addresses(held(text), 'PodSpec'), ['kubernetes_manifest.web/pod']);
    assert.deepEqual(addresses(held(text), 'Container'), ['kubernetes_manifest.web/container/app']);
  });

  it('are judged where they stand in the plan', () => {
    const text = JSON.stringify(JSON.parse(plan([{ address: 'aws_kms_key.k' }, manifest('web', pod())])), null, 2);
    const [finding] = of(judge(text, {}, 'plan.json'), 'container-not-privileged');
    assert.equal(finding?.verdict, 'fail');
    assert.equal(finding?.resource, 'kubernetes_manifest.web/container/app');
    const { line, column, file } = finding?.position ?? { line: 0, column: 0, file: '' };
    assert.equal(file, 'plan.json');
    assert.match(text.split('\n')[line - 1]?.slice(column - 1) ?? '', /^"manifest": \{$/);
  });

  it('are judged whether they are made, changed or left as they are, and not where they go', () => {
    const actions = [['create'], ['update'], ['no-op'], ['delete', 'create'], ['delete'], ['forget']];
    const text = plan(actions.map((each, index) => manifest(`m${index}`, pod(), { actions: each })));
    assert.deepEqual(
      addresses(held(text), 'Pod'),
      [0, 1, 2, 3].map((index) => `kubernetes_manifest.m${index}`),
    );
  });

  it('are read from a state and from the YAML of kubectl_manifest', () => {
    const state = JSON.stringify({
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            {
              address: 'kubernetes_manifest.a',
              mode: 'managed',
              type: 'kubernetes_manifest',
              values: { manifest: pod() },
            },
            {
              address: 'kubectl_manifest.b["x"]',
              mode: 'managed',
              type: 'kubectl_manifest',
              values: {
                yaml_body: 'apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec:\n  containers: [{name: c}]\n',
              },
            },
          ],
        },
      },
    });
    assert.deepEqual(addresses(held(state), 'Container'), [
      'kubernetes_manifest.a/container/app',
      'kubectl_manifest.b["x"]/container/c',
    ]);
  });

  it('know those of other files of the run, and are known by them', () => {
    const cluster = new Cluster();
    const given = { ...against.boundary, parameters: {} };
    const files = [
      ['a.yaml', JSON.stringify(pod({}, { name: 'other' }))],
      ['plan.json', plan([manifest('web', pod()), manifest('deny', denying)])],
    ].map(([file = '', text = '']) => readManifest(file, text, given, cluster) as Manifest);
    const found = of(check(files, against), 'pod-default-deny');
    assert.deepEqual(
      found.map(({ resource: at, verdict }) => [at, verdict]),
      [
        ['Pod/n/other/pod', 'pass'],
        ['kubernetes_manifest.web/pod', 'pass'],
      ],
    );
  });

  it('of several clusters do not lend each other what they have', () => {
    const resources = listed({ 'kubernetes_manifest.web': {}, 'kubernetes_manifest.deny': {} }).map((each) => ({
      ...each,
      provider_config_key: each.address.endsWith('web') ? 'kubernetes.blue' : 'kubernetes.green',
    }));
    const text = plan([manifest('web', pod()), manifest('deny', denying)], {
      configuration: { root_module: { resources } },
    });
    assert.equal(of(judge(text, {}, 'plan.json'), 'pod-default-deny')[0]?.verdict, 'unknown');
    const same = text.replace('kubernetes.green', 'kubernetes.blue');
    assert.equal(of(judge(same, {}, 'plan.json'), 'pod-default-deny')[0]?.verdict, 'pass');
  });

  it('have values that are known after apply only', () => {
    const { image, ...rest } = container;
    const text = plan(
      [
        {
          ...manifest('web', pod({ containers: [{ ...rest, env: [{ name: 'HOST' }, { name: 'PORT', value: '1' }] }] })),
          unknown: { manifest: { spec: { containers: [{ image: true, env: [{ value: true }, {}] }] } } },
        },
      ],
      configured({ 'kubernetes_manifest.web': { manifest: refers('aws_ecr_repository.a.repository_url') } }),
    );
    const app = resource(held(text), 'kubernetes_manifest.web/container/app');
    assert.equal(image, 'a:1');
    assert.equal(property(app, 'image'), '?');
    assert.deepEqual(property(app, 'environment'), { HOST: '?', PORT: '1' });
    assert.equal(property(app, 'securityContext.privileged'), true);
    const [finding] = of(judge(text, {}, 'plan.json'), 'container-image-digest');
    assert.match(
      finding?.reason ?? '',
      /depends on kubernetes_manifest\.web\.manifest\.spec\.containers\.image \(known/,
    );
  });

  it('in a namespace that is not known are in none for certain', () => {
    const open = { unknown: { manifest: { metadata: { namespace: true } } } };
    const { namespace: _, ...metadata } = denying.metadata;
    const homeless = manifest('deny', { ...denying, metadata }, open);
    const other = {
      ...denying,
      metadata: { name: 'other', namespace: 'n' },
      spec: { podSelector: { matchLabels: { app: 'x' } } },
    };
    const verdict = (...changes: Change[]) => of(judge(plan(changes), {}, 'plan.json'), 'pod-default-deny')[0]?.verdict;
    assert.equal(verdict(manifest('web', pod()), manifest('other', other)), 'fail');
    assert.equal(verdict(manifest('web', pod()), manifest('other', other), homeless), 'unknown');
    const plugin = { ...denying, apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata };
    assert.equal(verdict(manifest('web', pod()), manifest('other', other), manifest('deny', plugin, open)), 'unknown');
    assert.equal(
      verdict(manifest('web', pod({}, { namespace: undefined }), open), manifest('other', denying)),
      'unknown',
    );
  });

  it('are where override_namespace puts them', () => {
    const body = {
      address: 'kubectl_manifest.web',
      after: { yaml_body: JSON.stringify(pod()), override_namespace: 'm' },
    };
    assert.equal(property(resource(held(plan([body])), 'kubectl_manifest.web'), 'metadata.namespace'), 'm');
    const open = { ...body, after: { yaml_body: JSON.stringify(pod()) }, unknown: { override_namespace: true } };
    assert.equal(property(resource(held(plan([open])), 'kubectl_manifest.web'), 'metadata.namespace'), '?');
  });

  it('leave the object to the cluster where a key of computed_fields is spelt as nothing is', () => {
    for (const field of ['metadata["a\\x"]', 'spec["\\u"]', 'spec["', '']) {
      const change = { address: 'kubernetes_manifest.web', after: { manifest: pod(), computed_fields: [field] } };
      const [found, ...others] = of(judge(plan([change]), {}, 'plan.json'), 'nested-template-known');
      assert.equal(found?.verdict, 'unknown', field);
      assert.equal(others.length, 0);
    }
  });

  it('leave to the cluster what computed_fields names, but labels and annotations', () => {
    const leaving = (...computed_fields: string[]) => ({ after: { manifest: pod(), computed_fields } });
    const seen = (path: string, ...fields: string[]) =>
      property(resource(held(plan([manifest('web', pod(), leaving(...fields))])), 'kubernetes_manifest.web'), path);
    assert.deepEqual(seen('metadata.labels', 'metadata.labels', 'metadata.annotations'), { app: 'web' });
    assert.equal(seen('spec.hostNetwork', 'spec.hostNetwork'), '?');
    assert.equal(seen('spec', 'spec'), '?');
    const image = plan([manifest('web', pod(), leaving('spec.containers[0].image'))]);
    assert.equal(property(resource(held(image), 'kubernetes_manifest.web/container/app'), 'image'), '?');
    assert.deepEqual(unread(plan([manifest('web', pod(), leaving('spec..x'))])), [
      'kubernetes_manifest.web/* unknown: kubernetes_manifest.web.computed_fields: what the cluster makes of the object',
    ]);
  });

  it('are unknown where they cannot be read, with the reason', () => {
    const body = (yaml_body: unknown, more: object = {}) => ({
      address: 'kubectl_manifest.b',
      after: { yaml_body },
      ...more,
    });
    const cases: [Change, RegExp][] = [
      [
        manifest('a', null, { after: {}, unknown: { manifest: true } }),
        /^kubernetes_manifest\.a\.manifest \(known after apply\)$/,
      ],
      [manifest('a', pod(), { unknown: true }), /^kubernetes_manifest\.a\.manifest \(known after apply\)$/],
      [
        manifest('a', { kind: 'Pod' }, { unknown: { manifest: { apiVersion: true } } }),
        /^kubernetes_manifest\.a\.manifest\.apiVersion \(known after apply\)$/,
      ],
      [manifest('a', { kind: 'Pod' }), /^kubernetes_manifest\.a: the Kubernetes object in it, which cannot be read$/],
      [manifest('a', null), /^kubernetes_manifest\.a: the Kubernetes object in it, of which there is none$/],
      [
        body(null, { after: {}, unknown: { yaml_body: true } }),
        /^kubectl_manifest\.b\.yaml_body \(known after apply\)$/,
      ],
      [body('apiVersion: v1\nkind: [', {}), /^kubectl_manifest\.b: the Kubernetes object in it, which cannot be read$/],
      [body('# nothing\n'), /^kubectl_manifest\.b: the Kubernetes object in it, of which there is none$/],
      [body(null), /^kubectl_manifest\.b: the Kubernetes object in it, of which there is none$/],
    ];
    for (const [change, reason] of cases) {
      const [only, ...others] = unread(plan([change]));
      assert.deepEqual(others, []);
      assert.match(only ?? '', new RegExp(`^${change.address}/\\* unknown: ${reason.source.slice(1)}`));
    }
  });

  it('of which a plan gives planned values only are not known either', () => {
    const text = plan([], {
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'kubernetes_manifest.a',
              mode: 'managed',
              type: 'kubernetes_manifest',
              values: { manifest: pod() },
            },
          ],
        },
      },
    });
    assert.deepEqual(unread(text), [
      'kubernetes_manifest.a/* unknown: kubernetes_manifest.a, of which the plan does not give every attribute',
    ]);
  });

  it('with pods or containers that are not known say so, and what is known is judged', () => {
    const open = manifest('web', pod({ containers: [container, null] }), {
      unknown: { manifest: { spec: { containers: [{}, true] } } },
    });
    const found = judge(plan([open]), {}, 'plan.json');
    assert.equal(of(found, 'container-not-privileged')[0]?.verdict, 'fail');
    assert.deepEqual(
      of(found, 'workload-containers-known').map(({ resource: at, verdict }) => [at, verdict]),
      [
        ['kubernetes_manifest.web/pod', 'unknown'],
        ['kubernetes_manifest.web/pods', 'unknown'],
      ],
    );
  });
});

describe('sensitive values of Kubernetes objects in a plan', () => {
  const word = 'hunter2';
  const secretPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: word, namespace: word, labels: { app: word } },
    spec: {
      serviceAccountName: word,
      containers: [
        {
          name: word,
          image: `docker.io/${word}:1`,
          env: [{ name: 'HF_TOKEN', value: word }],
          envFrom: [{ secretRef: { name: word } }],
        },
        { name: 's', image: 'b', command: ['sh', '-c', `exec vllm serve ${word} --host=${word} --api-key $${word}`] },
        { name: 't', image: 'b', command: [`/${word}.sh`], args: [`--api-key=${word}`] },
        {
          name: 'u',
          image: 'b',
          command: ['tini', '--', 'sh', '-c', `export HF_TOKEN=${word}; bash -c "vllm serve ${word} --host ${word}"`],
        },
        { name: 'v', image: 'b', command: ['env', `HF_TOKEN=${word}`, 'python3', '-m', word, `--token=${word}`] },
        { name: 'w', image: 'b', command: ['su', word, '-c', `unset A; echo $B; exec /${word}/run.sh ${word}`] },
      ],
      volumes: [{ name: word, hostPath: { path: `/${word}` } }],
    },
  };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: word },
    spec: { ingressClassName: word },
  };
  const changes = [secretPod, ingress].flatMap((object, index): Change[] => [
    { address: `kubernetes_manifest.m${index}`, after: { manifest: object }, secret: { manifest: true } },
    {
      address: `kubectl_manifest.y${index}`,
      after: { yaml_body: JSON.stringify(object) },
      secret: { yaml_body: true },
    },
  ]);

  it('are judged and not quoted', async () => {
    const findings = judge(plan(changes), {}, 'plan.json') ?? [];
    for (const prefix of ['kubernetes_manifest.m0', 'kubectl_manifest.y0']) {
      const failed = (id: string) =>
        of(findings, id).some((each) => each.resource.startsWith(prefix) && each.verdict === 'fail');
      assert.ok(failed('no-inline-secrets'));
      assert.ok(failed('container-image-registry'));
      assert.ok(failed('pod-no-host-path'));
    }
    const result = {
      tool: { name: 'rampart', version: '0' },
      baseline: 'b',
      controlData: 'x',
      boundary: { partition: 'aws-us-gov', regions: [] },
      files: [],
      findings,
    } as unknown as Result;
    for (const [format, load] of formats) {
      const said = whole(await (await load())(result, { ...reportContext, all: true }));
      assert.doesNotMatch(said, /hunter2/, format);
    }
  });

  it('are only what yaml_body_parsed does not show', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        containers: [
          { name: 'app', image: 'docker.io/shown:1' },
          { name: 'b', image: `docker.io/${word}:1` },
        ],
      },
    };
    const after = { yaml_body: JSON.stringify(object), yaml_body_parsed: JSON.stringify(object).replace(word, '…') };
    const text = plan([{ address: 'kubectl_manifest.web', after, secret: { yaml_body: true } }]);
    const found = of(judge(text, {}, 'plan.json'), 'container-image-registry').filter(
      ({ verdict }) => verdict === 'fail',
    );
    assert.deepEqual(
      found.map(({ resource: at }) => at),
      ['kubectl_manifest.web/container/app', 'kubectl_manifest.web/container/b'],
    );
    assert.match(found[0]?.reason ?? '', /docker\.io\/shown:1/);
    assert.match(found[1]?.reason ?? '', /\(sensitive\)/);
  });
});
