import type { BoundaryData } from '#model/base.js';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import { addonRegistry, clusterAlarms, clusterFilters, eksNames, nodeTraffic } from '../eks-names.js';
import { literally, sub, yaml } from './scalar.js';

/** What the templates of the cluster of a vLLM endpoint see beside what all see. */
export function eksVllm(endpoint: EksVllmEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const names = eksNames(endpoint, system, boundary);
  const { bucket, clusterName, folder, repositories } = names;
  const named = <Row extends { id: string }>(rows: readonly Row[], suffix: string) =>
    rows.map((row) => ({ ...row, id: `${row.id}${suffix}` }));
  return {
    ...names,
    isEks: true,
    clusterArn: sub('arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/', clusterName),
    clusterLogGroup: `/aws/eks/${clusterName}/cluster`,
    deployerArn: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/', endpoint.deployer),
    weightsArn: sub('arn:${AWS::Partition}:s3:::', bucket, '/', literally(folder), '/*'),
    weightsBucketArn: sub('arn:${AWS::Partition}:s3:::', bucket),
    registryArns: [
      ...repositories.map(({ account, region, name }) =>
        sub('arn:${AWS::Partition}:ecr:', region, ':', account, ':repository/', name),
      ),
      // Images of the add-ons are AWS's, in a registry of the Region.
      sub('arn:${AWS::Partition}:ecr:${AWS::Region}:', addonRegistry(endpoint, boundary), ':repository/*'),
    ],
    dataEvents: [
      {
        name: 'Reads and writes of weights',
        type: 'AWS::S3::Object',
        objects: sub('arn:${AWS::Partition}:s3:::', bucket, '/', folder, '/'),
      },
    ],
    quotedType: yaml(endpoint.instanceType),
    between: nodeTraffic,
    filters: named(clusterFilters(endpoint, system), 'Filter'),
    alarms: named(clusterAlarms(endpoint, system), 'Alarm'),
  };
}
