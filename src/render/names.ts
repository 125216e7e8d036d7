import type { BoundaryData } from '#model/base.js';
import type { BedrockEndpoint, SagemakerEndpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import { isHarmony } from './harmony.js';
import { serviceName } from './service-name.js';

/** What a Bedrock endpoint is made of, in no output language. */
export function bedrockNames(endpoint: BedrockEndpoint, system: System, boundary: BoundaryData) {
  const isProfile = endpoint.model.startsWith('us-gov.');
  const model = isProfile ? endpoint.model.slice('us-gov.'.length) : endpoint.model;
  const own = system.boundary.regions;
  const served = boundary.models.find((each) => each.id === model)?.regions ?? own;
  return {
    // A guardrail's name may have 50 characters.
    guardrailName: serviceName(`${system.id}-${endpoint.name}`, 50),
    isProfile,
    model,
    /** Where a call may be served from. */
    regions: isProfile ? [...new Set([endpoint.region, ...served, ...own])].sort() : [endpoint.region],
  };
}

/** What a SageMaker endpoint is made of, in no output language. */
export function sagemakerNames(endpoint: SagemakerEndpoint, system: System) {
  const endpointName = serviceName(`${system.id}-${endpoint.name}`, 63);
  const [bucket = '', ...key] = endpoint.artifact.replace(/^s3:\/\//, '').split('/');
  const [host = '', ...path] = endpoint.image.replace(/@.*$/, '').split('/');
  const [account = '', , , region = ''] = host.split('.');
  return {
    endpointName,
    harmony: isHarmony(endpoint.model, endpoint.artifact),
    endpointLogGroup: `/aws/sagemaker/Endpoints/${endpointName}`,
    bucket,
    key: key.join('/'),
    // A tag beside the digest names nothing more.
    repository: { account, region, name: path.join('/').replace(/:[^/:]*$/, '') },
  };
}
