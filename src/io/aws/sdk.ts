/**
 * What is used of the AWS SDK, loaded in one piece and only when the account is asked or signs. By name: the SDK is CommonJS, and in the bundle a
 * dynamic import of CommonJS has no named exports.
 */
export {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
