import { after, before } from 'mocha';

/** AWS's own example credentials and a made-up token; no message may hold any of them. */
export const secrets = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEXAMPLETOKEN',
};

/** Gives the tests of one `describe` an environment of their own: nothing of the user's AWS set-up is seen or touched. */
export function awsEnvironment(values: Readonly<Record<string, string>> = secrets): void {
  const saved = { ...process.env };
  before(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      ...values,
    });
  });
  after(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    for (const [name, value] of Object.entries(saved)) if (name.startsWith('AWS_')) process.env[name] = value;
  });
}

export const fipsHosts = { kms: 'kms-fips.{region}.amazonaws.com', sts: 'sts.{region}.amazonaws.com' };

export const govWest = {
  region: 'us-gov-west-1',
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  fipsHosts,
};

export const noon = () => new Date('2026-11-20T12:00:00Z');
