import { type AwsEndpoint, type Endpoint, isAws } from '#model/endpoint.js';

/** An endpoint of AWS. Others have no templates of what calls this, which `render` says before it is asked. */
export function awsEndpoint(endpoint: Endpoint): AwsEndpoint {
  if (isAws(endpoint)) return endpoint;
  throw new Error(`${endpoint.kind} endpoints are not in AWS`);
}
