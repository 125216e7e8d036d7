import type { BoundaryData } from '#model/base.js';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import { addonRegistry, eksNames } from '../eks-names.js';
import { literally, sub, yaml } from './scalar.js';

/** What the templates of the cluster of a vLLM endpoint see beside what all see. */
export function eksVllm(
  endpoint: EksVllmEndpoint,
  system: System,
  boundary: BoundaryData,
): Record<string, unknown> {
  const names = eksNames(endpoint, system, boundary);
  const { bucket, clusterName, prefix, repositories } = names;
  const weightsArn = sub('arn:${AWS::Partition}:s3:::', bucket, `/${literally(prefix)}/*`);
  const namespace = `Rampart/${system.id}`;
  return {
    ...names,
    isEks: true,
    clusterArn: sub('arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/', clusterName),
    clusterLogGroup: `/aws/eks/${clusterName}/cluster`,
    deployerArn: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/', endpoint.deployer),
    weightsArn,
    weightsBucketArn: sub('arn:${AWS::Partition}:s3:::', bucket),
    registryArns: [
      ...repositories.map(({ account, region, name }) =>
        sub('arn:${AWS::Partition}:ecr:', region, ':', account, ':repository/', name),
      ),
      // Images of the add-ons are AWS's, in a registry of the Region.
      sub('arn:${AWS::Partition}:ecr:${AWS::Region}:', addonRegistry(endpoint, boundary), ':repository/*'),
    ],
    dataEvents: [
      { name: 'Reads and writes of weights', type: 'AWS::S3::Object', objects: sub('arn:${AWS::Partition}:s3:::', bucket, '/', prefix, '/') },
    ],
    quotedType: yaml(endpoint.instanceType),
    spare: endpoint.instances + 1,
    between: [
      { id: 'NamesTcp', protocol: 'tcp', port: 53, what: 'Names' },
      { id: 'NamesUdp', protocol: 'udp', port: 53, what: 'Names' },
      { id: 'Calls', protocol: 'tcp', port: 8443, what: 'Calls of the model' },
    ],
    filters: [
      {
        id: 'RefusedFilter',
        pattern: '{ $.responseStatus.code = 403 }',
        metric: `${endpoint.name}-refused`,
        namespace,
      },
      {
        id: 'EnteredFilter',
        pattern:
          '{ ($.objectRef.subresource = "exec") || ($.objectRef.subresource = "attach") || ($.objectRef.subresource = "ephemeralcontainers") }',
        metric: `${endpoint.name}-entered`,
        namespace,
      },
    ],
    alarms: [
      {
        id: 'RefusedAlarm',
        description: 'The Kubernetes API refuses calls: a sign of probing',
        namespace,
        metric: `${endpoint.name}-refused`,
        threshold: 50,
      },
      {
        id: 'EnteredAlarm',
        description: 'Somebody enters a running pod, where prompts and weights are in memory',
        namespace,
        metric: `${endpoint.name}-entered`,
        threshold: 0,
      },
      {
        id: 'TamperingAlarm',
        description: 'Somebody acts on the trail, the key, the cluster or who may enter it',
        namespace,
        metric: `${endpoint.name}-tampering`,
        threshold: 0,
      },
    ],
  };
}
