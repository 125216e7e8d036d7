/**
 * What is used of the AWS SDK to look at stacks: apart from `sdk.ts`, since most probes look at none. By name, for the reason
 * given there.
 */
export { CloudControlClient, GetResourceCommand } from '@aws-sdk/client-cloudcontrol';
export {
  CloudFormationClient,
  DescribeChangeSetCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
