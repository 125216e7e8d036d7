const key = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const region = 'us-gov-west-1';

const policy = (action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: action,
        Resource: ['arn:aws-us-gov:s3:::models', 'arn:aws-us-gov:s3:::models/*'],
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ],
  });

/** Resource type → its arguments in the plan. */
const bodies: Readonly<Record<string, (at: number) => object>> = {
  aws_s3_bucket: (at) => ({ bucket: `bucket-${at}`, force_destroy: false, object_lock_enabled: true, region }),
  aws_s3_bucket_versioning: () => ({ versioning_configuration: [{ status: 'Enabled', mfa_delete: null }] }),
  aws_s3_bucket_public_access_block: () => ({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }),
  aws_s3_bucket_server_side_encryption_configuration: () => ({
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: key }] }],
  }),
  aws_cloudwatch_log_group: (at) => ({ name: `/aws/${at}`, retention_in_days: 3653, kms_key_id: key, region }),
  aws_kms_key: () => ({ enable_key_rotation: true, policy: policy('kms:*'), deletion_window_in_days: 30, region }),
  aws_iam_role: (at) => ({
    name: `role${at}`,
    assume_role_policy: policy('sts:AssumeRole'),
    permissions_boundary: null,
  }),
  aws_security_group: () => ({
    ingress: [{ cidr_blocks: ['10.0.0.0/16'], ipv6_cidr_blocks: [], protocol: 'tcp', from_port: 443, to_port: 443 }],
    egress: [{ cidr_blocks: ['10.0.0.0/16'], ipv6_cidr_blocks: [], protocol: 'tcp', from_port: 443, to_port: 443 }],
    region,
  }),
  aws_sagemaker_model: () => ({
    enable_network_isolation: true,
    primary_container: [
      { image: '111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/vllm:latest', environment: { A: 'b' } },
    ],
    vpc_config: [{ subnets: ['a', 'b'], security_group_ids: ['c'] }],
    region,
  }),
  aws_iam_policy: (at) => ({ name: `p${at}`, policy: policy('s3:GetObject') }),
};

/** A plan of so many resources as `terraform show -json` prints it, 1.7 kB a resource: values, changes, configuration. */
export function planOf(count: number): string {
  const types = Object.entries(bodies);
  const resources = Array.from({ length: count }, (_, at) => {
    const [type, body] = types[at % types.length] as (typeof types)[number];
    const number = Math.floor(at / types.length);
    const name = `r${number}`;
    const head = { address: `${type}.${name}`, mode: 'managed', type, name };
    const tags = { Name: name, Environment: 'prod', Owner: 'platform' };
    const description = 'A resource of the plan that is used to measure';
    const values = { ...body(number), description, tags, tags_all: { ...tags, Cost: '1234' }, timeouts: null };
    const bucket = type.startsWith('aws_s3_bucket_') ? `aws_s3_bucket.${name}` : undefined;
    return { head, values, bucket };
  });
  const provider = { provider_name: 'registry.terraform.io/hashicorp/aws' };
  const sensitive = { tags: {}, tags_all: {} };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: {
      root_module: {
        resources: resources.map(({ head, values }) => ({
          ...head,
          ...provider,
          schema_version: 0,
          values,
          sensitive_values: sensitive,
        })),
      },
    },
    resource_changes: resources.map(({ head, values, bucket }) => ({
      ...head,
      ...provider,
      change: {
        actions: ['create'],
        before: null,
        after: values,
        after_unknown: { arn: true, id: true, ...(bucket ? { bucket: true } : {}), ...sensitive },
        before_sensitive: false,
        after_sensitive: sensitive,
      },
    })),
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: region } } } },
      root_module: {
        resources: resources.map(({ head, bucket }) => ({
          ...head,
          provider_config_key: 'aws',
          expressions: {
            description: { constant_value: 'x' },
            ...(bucket ? { bucket: { references: [`${bucket}.id`, bucket] } } : {}),
          },
          schema_version: 0,
        })),
      },
    },
  });
}
