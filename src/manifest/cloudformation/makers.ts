import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { TemplateResource } from './resource.js';

/** Types that make resources of their own, which their template does not show → what each makes. */
const makers: readonly (readonly [RegExp, what: string])[] = [
  // An application is a nested stack, and nothing beside that.
  [/^AWS::Serverless::(?!Application$)/, 'what AWS SAM makes of'],
  [/::MODULE$/, 'the resources of module'],
  [/^AWS::ServiceCatalog::CloudFormationProvisionedProduct$/, 'the template of product'],
  [/^(?:AWSQS::Kubernetes::Helm|Custom::AWSCDK-EKS-HelmChart)$/, 'what the chart makes of'],
  [/^(?:AWSQS::Kubernetes::Resource|Custom::AWSCDK-EKS-KubernetesResource)$/, 'the Kubernetes objects in'],
  [/^Custom::AWSCDK-EKS-KubernetesPatch$/, 'the Kubernetes objects changed by'],
];

/** What a resource makes beside itself, in words that go before its type; undefined for most. */
export const madeBy = (type: string): string | undefined => makers.find(([pattern]) => pattern.test(type))?.[1];

/** Reads the Kubernetes objects that a resource holds as text. It is handed in: templates without any do not load it. */
export interface ObjectReader {
  /** False where it cannot read all of them. */
  takes(resource: TemplateResource): boolean;
  /** What it took as manifests of their own language, and whether there are Secrets among it. */
  manifests(lines: Lines): { holds: readonly Manifest[]; areSecret: boolean };
}

/** Whether a template, by its text, may hold Kubernetes objects. */
export const mayHoldObjects = (text: string): boolean =>
  text.includes('::AWSCDK-EKS-KubernetesResource') || text.includes('AWSQS::Kubernetes::Resource');

/** Whether a resource holds them. */
export const holdsObjects = (type: string): boolean =>
  /::AWSCDK-EKS-KubernetesResource$|::Kubernetes::Resource$/.test(type);
