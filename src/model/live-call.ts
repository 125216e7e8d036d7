/**
 * Every call a probe makes, by the IAM action it needs, with what a policy can name as its resource (AWS service authorization
 * reference of KMS, STS, CloudFormation and Cloud Control API): `key` a key, `stack` a stack, `keys` and `resources` only `*`, `none`
 * the call needs no permission at all. One table, so that the policy `rampart probe --permissions` prints cannot differ from
 * what is asked. Whatever speaks of stacks is asked only when a probe is told of stacks, and `resources` when it is to look deep.
 */
export const liveCalls = {
  'cloudformation:DescribeChangeSet': 'stack',
  'cloudformation:DescribeStackResourceDrifts': 'stack',
  'cloudformation:DescribeStacks': 'stack',
  'cloudformation:GetResource': 'resources',
  'cloudformation:GetTemplate': 'stack',
  'cloudformation:ListStackResources': 'stack',
  'kms:DescribeKey': 'key',
  'kms:GetKeyPolicy': 'key',
  'kms:GetKeyRotationStatus': 'key',
  'kms:ListAliases': 'keys',
  'kms:ListGrants': 'key',
  'kms:ListResourceTags': 'key',
  'sts:GetCallerIdentity': 'none',
} as const;

export type LiveCall = keyof typeof liveCalls;

/** What signing with a key of the account needs. Apart from the probe's calls: a probe must never be allowed to sign. */
export const signingCalls = { 'kms:GetPublicKey': 'key', 'kms:Sign': 'key' } as const;

export type SigningCall = keyof typeof signingCalls;
