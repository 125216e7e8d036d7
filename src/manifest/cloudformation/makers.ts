/** Types that make resources of their own, which their template does not show → what each makes. */
const makers: readonly (readonly [RegExp, what: string])[] = [
  [/^AWS::Serverless::/, 'what AWS SAM makes of'],
  [/::MODULE$/, 'the resources of module'],
  [/^AWS::ServiceCatalog::CloudFormationProvisionedProduct$/, 'the template of product'],
  [/^AWSQS::Kubernetes::Helm$/, 'what the chart makes of'],
  [/^AWSQS::Kubernetes::Resource$/, 'the Kubernetes objects in'],
];

/** What a resource makes beside itself, in words that go before its type; undefined for most. */
export const madeBy = (type: string): string | undefined => makers.find(([pattern]) => pattern.test(type))?.[1];
