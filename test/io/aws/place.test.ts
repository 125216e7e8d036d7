import assert from 'node:assert/strict';
import { connect } from '#io/aws/clients.js';
import { observe } from '#io/aws/observe.js';
import { checkKey, customEndpoint } from '#io/aws/place.js';
import { awsEnvironment, fipsHosts, govWest, noon, secrets } from './credentials.js';

const id = '11111111-2222-3333-4444-555555555555';

describe('where the probe calls', () => {
  awsEnvironment({ ...secrets, AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: 'true' });

  it('is a FIPS host in GovCloud, whatever the environment asks for', async () => {
    for (const region of ['us-gov-west-1', 'us-gov-east-1']) {
      const clients = await connect({ region, boundary: { partition: 'aws-us-gov', regions: [region] }, fipsHosts });
      assert.equal(clients.kms.host, `kms-fips.${region}.amazonaws.com`);
      assert.equal(clients.sts.host, `sts.${region}.amazonaws.com`);
      for (const { client } of [clients.kms, clients.sts]) {
        assert.equal(await client.config.useFipsEndpoint(), true);
        assert.equal(await client.config.useDualstackEndpoint(), false);
        assert.equal(await client.config.region(), region);
      }
      clients.close();
    }
  });

  it('is no host of which nobody knows that it is a FIPS endpoint', async () => {
    for (const hosts of [undefined, {}, { ...fipsHosts, kms: null }, { ...fipsHosts, kms: 'kms.{region}.example' }]) {
      await assert.rejects(connect({ ...govWest, fipsHosts: hosts as typeof fipsHosts }), {
        code: 'RAMPART_NO_FIPS_ENDPOINT',
        exit: 'outside',
      });
    }
  });

  it('is never a region outside the boundary', () =>
    assert.rejects(observe({ ...govWest, region: 'us-east-1', keys: [], endpoint: 'http://127.0.0.1:9', now: noon }), {
      code: 'RAMPART_OUTSIDE_BOUNDARY',
      exit: 'usage',
      message: /"us-east-1" is outside the boundary \(us-gov-west-1\)/,
    }));

  for (const key of [
    id,
    `mrk-${id.replaceAll('-', '')}`,
    'alias/a/b_c',
    `arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/${id}`,
  ]) {
    it(`takes the key ${key}`, () => checkKey(key, govWest));
  }

  for (const [key, code] of [
    [`arn:aws:kms:us-gov-west-1:123456789012:key/${id}`, 'RAMPART_OUTSIDE_BOUNDARY'],
    [`arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/${id}`, 'RAMPART_OUTSIDE_BOUNDARY'],
    ['arn:aws:kms:us-east-1:123456789012:alias/x', 'RAMPART_OUTSIDE_BOUNDARY'],
    ['arn:aws-us-gov:s3:::bucket', 'RAMPART_BAD_KEY'],
    ['model', 'RAMPART_BAD_KEY'],
    ['', 'RAMPART_BAD_KEY'],
    ['alias/x\nalias/y', 'RAMPART_BAD_KEY'],
  ] as const) {
    it(`refuses the key ${JSON.stringify(key)} before any call`, () =>
      assert.rejects(observe({ ...govWest, keys: [key], endpoint: 'http://127.0.0.1:9', now: noon }), {
        code,
        exit: 'usage',
      }));
  }

  it('may be a custom endpoint: the one given, then the service’s, then AWS’s', () => {
    const environment = { AWS_ENDPOINT_URL: 'https://all.example', AWS_ENDPOINT_URL_KMS: 'https://kms.example' };
    const host = (service: 'sts' | 'kms', endpoint?: string) =>
      customEndpoint(service, { ...govWest, endpoint }, environment)?.host;
    assert.equal(host('kms', 'http://localhost:1'), 'localhost:1');
    assert.equal(host('kms'), 'kms.example');
    assert.equal(host('sts'), 'all.example');
    assert.equal(customEndpoint('sts', govWest, {}), undefined);
  });

  for (const endpoint of [
    'http://gateway.example',
    'https://user:hunter2@gateway.example',
    'ftp://localhost',
    'gateway',
    'http://127.0.0.1.example',
  ]) {
    it(`refuses the custom endpoint ${endpoint} without repeating it`, () => {
      assert.throws(
        () => customEndpoint('kms', { ...govWest, endpoint }, {}),
        (error: Error & { code?: string }) =>
          error.code === 'RAMPART_BAD_ENDPOINT' && !error.message.includes('hunter2'),
      );
    });
  }
});
