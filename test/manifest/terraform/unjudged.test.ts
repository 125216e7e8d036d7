import assert from 'node:assert/strict';
import { judge } from '../../check/gate.js';
import { plan, read } from './plan.js';

const notes = (text: string): string[] => read(text).notFollowed.map(({ what }) => what);

describe('what a plan holds of other engines', () => {
  it('is told of, since it is not judged: one line for each type, where the first stands', () => {
    const text = plan([
      { address: 'kubernetes_labels.a', after: { labels: { a: 'b' } } },
      { address: 'kubernetes_labels.b', after: {} },
      { address: 'module.m.kubernetes_manifest.n', module: 'module.m', after: { manifest: { kind: 'Pod' } } },
      { address: 'helm_release.gpu', after: { chart: 'gpu-operator' } },
      { address: 'aws_cloudformation_stack.s', after: { template_body: '{}' } },
      { address: 'aws_kms_key.k', after: {} },
    ]);
    assert.deepEqual(notes(text), [
      'kubernetes_labels.a and 1 more of type kubernetes_labels: what it changes is not looked at; have that judged with this change where it is declared',
      'module.m.kubernetes_manifest.n: the Kubernetes object in it is not looked at; give rampart check its YAML',
      'helm_release.gpu: what the chart makes is not looked at; run helm template … | rampart check -',
      'aws_cloudformation_stack.s: what its template makes is not looked at; give rampart check the template',
    ]);
    const [first, second] = read(text).notFollowed;
    const { lines } = read(text);
    const place = (at = 0): number => lines.position(at).column;
    assert.ok(place(second?.at) > place(first?.at));
  });

  it('is unknown, each by itself, and never passes', () => {
    const resources = [
      { address: 'kubernetes_env.p', after: {} },
      { address: 'helm_release.gpu["a"]', after: { chart: 'gpu-operator' } },
      { address: 'awscc_s3_bucket.weights', after: { bucket_name: 'weights' } },
      { address: 'aws_cloudcontrolapi_resource.weights', after: { type_name: 'AWS::S3::Bucket' } },
      { address: 'azapi_resource_action.keys', after: { type: 'Microsoft.CognitiveServices/accounts@2024-10-01' } },
      {
        address: 'azapi_update_resource.u',
        after: { type: 'Microsoft.CognitiveServices/accounts@2024-10-01', body: {} },
      },
      { address: 'azapi_resource.d', after: { type: 'Microsoft.Resources/deployments@2024-03-01', body: {} } },
      { address: 'azapi_resource.t', after: { body: {} }, unknown: { type: true } },
      {
        address: 'azapi_resource.f',
        after: { type: 'Microsoft.KubernetesConfiguration/fluxConfigurations@2024-11-01' },
      },
      { address: 'azurerm_kubernetes_flux_configuration.f', after: {} },
      { address: 'azurerm_managed_application.a', after: {} },
      { address: 'aws_servicecatalog_provisioned_product.p', after: {} },
      { address: 'google_deployment_manager_deployment.d', after: {} },
    ];
    // Of a region nobody names, and of endpoints, each resource of AWS is told besides.
    const judged = judge(plan(resources), {}, 'plan.json') ?? [];
    assert.ok(judged.every(({ verdict }) => verdict === 'unknown'));
    const found = judged.filter(({ requirement }) => !requirement.startsWith('provider-'));
    assert.deepEqual(
      found.map(({ requirement, resource, verdict }) => [requirement, resource, verdict]).sort(),
      resources.map(({ address }) => ['nested-template-known', `${address}/*`, 'unknown']).sort(),
    );
    assert.match(
      found[0]?.reason ?? '',
      /^Resources is not known before deployment: it depends on .+: .+ (?:makes|it changes|it does)$/,
    );
  });

  it('is nothing where it goes, or is only asked for', () => {
    assert.deepEqual(
      notes(
        plan([
          { address: 'kubernetes_pod_v1.p', actions: ['delete'] },
          { address: 'data.kubernetes_namespace_v1.n', mode: 'data' },
          { address: 'kubernetes_secret.s', actions: ['forget'] },
        ]),
      ),
      [],
    );
  });
});
