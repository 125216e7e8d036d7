import type { BoundaryData } from '#model/base.js';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import { addonRegistry, clusterAlarms, clusterFilters, eksNames, nodeTraffic } from '../eks-names.js';
import { hcl, literally } from './scalar.js';

/** What the templates of the cluster of a vLLM endpoint see beside what all see. */
export function eksVllm(endpoint: EksVllmEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const names = eksNames(endpoint, system, boundary);
  const { bucket, clusterName, folder, repositories } = names;
  // Names of resources here are of one case.
  const named = <Row extends { id: string }>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, id: row.id.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase() }));
  return {
    ...names,
    isEks: true,
    clusterLogGroup: `/aws/eks/${clusterName}/cluster`,
    deployerArn: hcl('arn:${local.partition}:iam::${var.account_id}:role/', endpoint.deployer),
    weightsArn: hcl('arn:${local.partition}:s3:::', bucket, '/', literally(folder), '/*'),
    weightsBucketArn: hcl('arn:${local.partition}:s3:::', bucket),
    registryArns: [
      ...repositories.map(({ account, region, name }) =>
        hcl('arn:${local.partition}:ecr:', region, ':', account, ':repository/', name),
      ),
      // Images of the add-ons are AWS's, in a registry of the Region.
      hcl('arn:${local.partition}:ecr:${var.region}:', addonRegistry(endpoint, boundary), ':repository/*'),
    ],
    dataEvents: [
      {
        name: 'Reads and writes of weights',
        type: 'AWS::S3::Object',
        objects: hcl('arn:${local.partition}:s3:::', bucket, '/', folder, '/'),
      },
    ],
    quotedType: hcl('', endpoint.instanceType),
    between: named(nodeTraffic),
    filters: named(clusterFilters(endpoint, system)),
    alarms: named(clusterAlarms(endpoint, system)),
  };
}
