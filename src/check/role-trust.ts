import type { Value } from '#model/value.js';
import type { Context } from './context.js';
import { referent } from './referent.js';

/** Where a role says who may assume it. */
const trusts: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  aws_iam_role: 'assume_role_policy',
};

/** What attaches policies to a role, and where it names that. */
const attachments: Readonly<Record<string, string>> = {
  aws_iam_role_policy_attachment: 'role',
  aws_iam_role_policy_attachments_exclusive: 'role_name',
};

/** Who may assume the role a resource is, or attaches policies to; undefined for what is of no role, or not of one alone. */
export function roleTrust(context: Context): Value | undefined {
  const { resource } = context;
  if (!resource) return undefined;
  const properties = resource.properties(context.world);
  const own = trusts[resource.type];
  if (own) return properties.get(own);
  const path = attachments[resource.type];
  if (!path) return undefined;
  const named = properties.get(path);
  const role = referent(named, ['aws_iam_role'], context);
  if (role?.type === 'aws_iam_role') return role.properties(context.world).get(trusts.aws_iam_role as string);
  if (named.kind === 'unknown') return named;
  return { kind: 'unknown', settledBy: 'who may assume the role, which is not in this manifest', at: named.at };
}
