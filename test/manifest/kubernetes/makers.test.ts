import assert from 'node:assert/strict';
import { judge } from '../../check/gate.js';

const found = (apiVersion: string, kind: string, spec = '{chart: vllm}'): (string | undefined)[] =>
  (judge(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: a}\nspec: ${spec}\n`) ?? [])
    .filter(({ requirement }) => requirement === 'nested-template-known')
    .map(({ verdict, reason }) => `${verdict}: ${reason.replace(/.* depends on /, '')}`);

describe('what controllers make of Kubernetes objects', () => {
  it('is unknown where it stands elsewhere, or in words of a cloud', () => {
    const helm = found('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
    assert.deepEqual(helm, ['unknown: HelmRelease.helm.toolkit.fluxcd.io/a/x: what the chart makes']);
    for (const [apiVersion, kind] of [
      ['argoproj.io/v1alpha1', 'Application'],
      ['argoproj.io/v1alpha1', 'ApplicationSet'],
      ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
      ['helm.cattle.io/v1', 'HelmChart'],
      ['s3.services.k8s.aws/v1alpha1', 'Bucket'],
      ['s3.aws.upbound.io/v1beta1', 'Bucket'],
      ['s3.aws.m.upbound.io/v1beta1', 'Bucket'],
      ['storage.azure.com/v1api20230101', 'StorageAccount'],
      ['storage.cnrm.cloud.google.com/v1beta1', 'StorageBucket'],
    ] as const) {
      assert.equal(found(apiVersion, kind).length, 1, `${kind}.${apiVersion}`);
    }
  });

  it('is unknown of a policy that changes or makes other objects, and nothing of one that judges them', () => {
    const of = (apiVersion: string, kind: string, spec?: string) =>
      found(apiVersion, kind, spec).map((each) => each?.replace(/.*: /, ''));
    const changed = ['what it makes of objects on their way into the cluster'];
    assert.deepEqual(of('admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy'), changed);
    assert.deepEqual(of('mutations.gatekeeper.sh/v1', 'Assign'), changed);
    assert.deepEqual(of('policies.kyverno.io/v1alpha1', 'MutatingPolicy'), changed);
    assert.deepEqual(of('kyverno.io/v1', 'ClusterPolicy', '{rules: [{validate: {}}, {mutate: {}}]}'), changed);
    assert.deepEqual(of('kyverno.io/v1', 'Policy', '{rules: [{generate: {}}]}'), changed);
    assert.deepEqual(of('kyverno.io/v1', 'ClusterPolicy', '{rules: [{validate: {}}]}'), []);
    assert.deepEqual(of('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'), []);
    assert.deepEqual(of('constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels'), []);
    assert.deepEqual(of('mutations.gatekeeper.sh/v1', 'AssignMetadata'), []);
  });

  it('is unknown of a webhook that changes what is judged, and nothing of one that fills in objects of its own', () => {
    const of = (rule: string) =>
      found(
        'admissionregistration.k8s.io/v1',
        'MutatingWebhookConfiguration',
        `{}\nwebhooks: [{name: a.b.c, rules: [${rule}]}]`,
      );
    const changed = [
      'unknown: MutatingWebhookConfiguration/a/x: what its webhooks make of objects on their way into the cluster',
    ];
    assert.deepEqual(of('{apiGroups: [""], operations: [CREATE], resources: [pods]}'), changed);
    assert.deepEqual(of('{apiGroups: ["*"], operations: ["*"], resources: ["*"]}'), changed);
    assert.deepEqual(of('{apiGroups: [apps], operations: [UPDATE], resources: [deployments]}'), changed);
    assert.deepEqual(
      of('{apiGroups: [serving.kserve.io], operations: [CREATE], resources: [inferenceservices]}'),
      changed,
    );
    assert.deepEqual(of('{apiGroups: ["${GROUP}"], operations: [CREATE], resources: ["*"]}'), changed);
    assert.deepEqual(of('{apiGroups: [cert-manager.io], operations: [CREATE], resources: [certificaterequests]}'), []);
    assert.deepEqual(of('{apiGroups: [""], operations: [DELETE], resources: [pods]}'), []);
    assert.deepEqual(of(''), []);
  });

  it('is nothing of other objects', () => {
    for (const [apiVersion, kind] of [
      ['v1', 'ConfigMap'],
      ['argoproj.io/v1alpha1', 'AppProject'],
      ['elbv2.k8s.aws/v1beta1', 'TargetGroupBinding'],
      ['karpenter.k8s.aws/v1', 'EC2NodeClass'],
      ['example.com/v1', 'Application'],
      ['evil-services.k8s.aws.example.com/v1', 'Bucket'],
    ] as const) {
      assert.deepEqual(found(apiVersion, kind), [], `${kind}.${apiVersion}`);
    }
  });
});
