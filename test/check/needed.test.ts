import { deepEqual } from 'node:assert/strict';
import { check } from '#check/check.js';
import { checkShare, joined } from '#check/share.js';
import { readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { plan } from '../manifest/terraform/plan.js';
import { against } from './gate.js';

const read = (file: string, text: string): Manifest => {
  const manifest = readManifest(file, text, { ...against.boundary, parameters: {} });
  if (!('resources' in manifest)) throw new Error(`${file} is no manifest`);
  return manifest;
};
const template = (service: string): Manifest =>
  read(
    'a.yaml',
    `Resources:\n  E: {Type: "AWS::EC2::VPCEndpoint", Properties: {VpcEndpointType: Interface, ServiceName: com.amazonaws.us-gov-west-1.${service}, VpcId: vpc-1, PrivateDnsEnabled: true}}\n`,
  );
const terraform = (service: string): Manifest =>
  read(
    'b.json',
    plan([
      {
        address: 'aws_vpc_endpoint.e',
        after: {
          vpc_endpoint_type: 'Interface',
          service_name: `com.amazonaws.us-gov-west-1.${service}`,
          vpc_id: 'vpc-1',
          private_dns_enabled: true,
        },
      },
    ]),
  );
const by = {
  ...against,
  needs: ['bedrock' as const],
  system: 'chat',
  requirements: against.requirements.filter(({ id }) => id === 'vpc-endpoints-required'),
};
const needed = (...manifests: Manifest[]): string[] => {
  const whole = check(manifests, by);
  const shares = manifests.map((own) =>
    checkShare(manifests, (each) => (each === own ? manifests.indexOf(each) : undefined), by),
  );
  deepEqual(joined(shares), whole);
  return whole.map(
    ({ resource, verdict, reason }) => `${resource} ${verdict}${verdict === 'pass' ? '' : `: ${reason}`}`,
  );
};

describe('what a system needs, where its manifests are of several languages', () => {
  it('is there once any of them holds it', () => {
    deepEqual(needed(template('bedrock-runtime'), terraform('sts')), ['E pass']);
    deepEqual(needed(template('sts'), terraform('bedrock-runtime')), ['aws_vpc_endpoint.e pass']);
  });

  it('is missing where none does, and then told once', () => {
    deepEqual(
      needed(template('sts'), terraform('sts')).map((said) => said.replace(/; the nearest.*/, '')),
      ['chat fail: no AWS::EC2::VPCEndpoint or aws_vpc_endpoint in the manifests is what the system needs'],
    );
  });

  it('is asked of the languages there are', () => {
    deepEqual(
      needed(terraform('sts')).map((said) => said.replace(/; the nearest.*/, '')),
      ['chat fail: no aws_vpc_endpoint in the manifests is what the system needs'],
    );
  });
});
