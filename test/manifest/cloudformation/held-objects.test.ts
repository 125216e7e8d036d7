import assert from 'node:assert/strict';
import { judge } from '../../check/gate.js';
import { read } from './template.js';

const pod = (image: string, more = '') =>
  `[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"models"},"spec":{"containers":[{"name":"c","image":"${image}"${more}}]}}]`;

const privileged = ',"securityContext":{"privileged":true}';

/** A template as the CDK writes it, whose resource `Held` holds some objects. */
const template = (manifest: unknown, more: object = {}, type = 'Custom::AWSCDK-EKS-KubernetesResource') =>
  JSON.stringify({
    Parameters: { Given: { Type: 'String' } },
    Resources: {
      Repo: { Type: 'AWS::ECR::Repository' },
      Held: { Type: type, Properties: { ClusterName: 'models', Manifest: manifest } },
      ...more,
    },
  });

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

/** Verdicts of a requirement by resource. */
const verdicts = (requirement: string, text: string) =>
  Object.fromEntries(
    (judge(text, {}, 'stack.template.json') ?? [])
      .filter((each) => each.requirement === requirement)
      .map(({ resource, verdict }) => [resource, verdict]),
  );

describe('Kubernetes objects in a template', () => {
  it('are judged as what is written to a cluster', () => {
    const container = 'Held/Pod/models/p/container/c';
    for (const type of ['Custom::AWSCDK-EKS-KubernetesResource', 'AWSQS::Kubernetes::Resource']) {
      const text = template(pod('a', privileged), {}, type);
      assert.deepEqual(verdicts('container-not-privileged', text), { [container]: 'fail' }, type);
      assert.deepEqual(verdicts('nested-template-known', text), {}, type);
    }
    assert.deepEqual(verdicts('container-not-privileged', template(pod('a'))), { [container]: 'pass' });
  });

  it('are read from YAML too, and each of a list and of a stream by itself', () => {
    const yaml =
      'kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n---\n- {kind: Namespace, apiVersion: v1, metadata: {name: b}}\n';
    const [held] = read(template(yaml)).holds ?? [];
    assert.deepEqual(
      held?.resources.map(({ address }) => address),
      ['Held/Namespace/a', 'Held/Namespace/b'],
    );
  });

  it('are known but for what only deployment knows', () => {
    const text = template(
      join(pod('#', privileged).split('#')[0], { Ref: 'Repo' }, ':v1', pod('#', privileged).split('#')[1]),
    );
    assert.deepEqual(Object.values(verdicts('container-not-privileged', text)), ['fail']);
    assert.deepEqual(Object.values(verdicts('container-image-digest', text)), ['unknown']);
  });

  it('hold in config maps no more secrets than is written there', () => {
    const map = (data: string) =>
      `[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"aws-auth","namespace":"kube-system"},"data":{"mapRoles":"${data}"}}]`;
    const [before, behind] = map('#').split('#');
    const roles = join(
      before,
      '[{\\"rolearn\\":\\"',
      { 'Fn::GetAtt': ['Repo', 'Arn'] },
      '\\",\\"groups\\":[]}]',
      behind,
    );
    assert.deepEqual(Object.values(verdicts('config-map-no-secrets', template(roles))), ['pass']);
    const secret = join(before, 'token: hf_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ', { Ref: 'Repo' }, behind);
    assert.deepEqual(Object.values(verdicts('config-map-no-secrets', template(secret))), ['fail']);
  });

  it('know the roles of the template they stand in', () => {
    const account = (arn: unknown) =>
      join(
        '[{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"s","namespace":"models","annotations":{"eks.amazonaws.com/role-arn":"',
        arn,
        '"}}}]',
      );
    const of = (arn: unknown) =>
      Object.values(
        verdicts('service-account-role', template(account(arn), { Role: { Type: 'AWS::IAM::Role', Properties: {} } })),
      );
    assert.deepEqual(of({ 'Fn::GetAtt': ['Role', 'Arn'] }), ['pass']);
    assert.deepEqual(of({ 'Fn::GetAtt': ['Repo', 'Arn'] }), ['unknown']);
    assert.deepEqual(of('arn:aws:iam::111122223333:role/x'), ['fail']);
  });

  it('hold in config maps the ARN of a resource, which is no secret', () => {
    const map = join(
      '[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"models"},"data":{"role":"',
      { 'Fn::GetAtt': ['Repo', 'Arn'] },
      '"}}]',
    );
    assert.deepEqual(Object.values(verdicts('config-map-no-secrets', template(map))), ['pass']);
  });

  it('are unknown where a parameter could say something else, where they cannot be read, and where there are none', () => {
    const [before, behind] = pod('#').split('#');
    for (const manifest of [
      join(before, { Ref: 'Given' }, behind),
      { Ref: 'Given' },
      { 'Fn::If': ['Undefined', pod('a'), pod('b')] },
      '{{',
      'a text',
      '[]',
      '',
      '[{"kind":"Pod"}]',
      join('[{"apiVersion":"v1","kind":"', { Ref: 'Repo' }, '","metadata":{"name":"x"}}]'),
      undefined,
      join(`${'[{"a":'.repeat(5000)}"`, { Ref: 'Repo' }, `"${'}]'.repeat(5000)}`),
    ]) {
      const text = template(manifest);
      assert.deepEqual(
        verdicts('nested-template-known', text),
        { 'Held/*': 'unknown' },
        JSON.stringify(manifest)?.slice(0, 200),
      );
    }
  });

  it('do not show what stands in Secrets', () => {
    const secret = '[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"p":"aHVudGVyMg=="}}]';
    assert.equal(read(template(secret)).unquotable, true);
    assert.equal(read(template(pod('a'))).unquotable, undefined);
  });

  it('keep to their cluster', () => {
    const denial = JSON.stringify([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny', namespace: 'models' },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      },
    ]);
    const beside = (ClusterName: string) => ({
      Denial: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName, Manifest: denial } },
    });
    const of = (cluster: string) => verdicts('pod-default-deny', template(pod('a'), beside(cluster)));
    assert.deepEqual(of('models'), { 'Held/Pod/models/p/pod': 'pass' });
    assert.deepEqual(of('others'), { 'Held/Pod/models/p/pod': 'unknown' });
  });

  it('made by charts and changed by patches are unknown', () => {
    for (const type of ['Custom::AWSCDK-EKS-HelmChart', 'Custom::AWSCDK-EKS-KubernetesPatch'])
      assert.deepEqual(verdicts('nested-template-known', template('', {}, type)), { 'Held/*': 'unknown' }, type);
  });
});
