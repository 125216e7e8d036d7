import assert from 'node:assert/strict';
import type { Endpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import { plan } from '../../src/plan/plan.js';
import { meaningFaults } from '../../src/plan/system-meaning.js';
import { base } from '../controls/base.js';
import { both, existing } from '../render/plans.js';

const mantle = (change: object = {}): Endpoint =>
  ({
    kind: 'bedrock-mantle',
    name: 'agent',
    region: 'us-gov-west-1',
    model: 'openai.gpt-oss-120b',
    ...change,
  }) as Endpoint;

const regions = ['us-gov-west-1', 'us-gov-east-1'];
const system = (change: Partial<System>): System => ({ ...both, boundary: { ...both.boundary, regions }, ...change });
const faults = (change: Partial<System>): string[] => meaningFaults(system(change), base).map(({ message }) => message);

describe('where an endpoint can be', () => {
  it('is one region for the OpenAI-compatible plane, and the data say so', () => {
    assert.deepEqual(faults({ endpoints: [mantle()] }), []);
    const [region = '', model = '', ...more] = faults({ endpoints: [mantle({ region: 'us-gov-east-1' })] });
    assert.match(
      region,
      /^endpoints\[0\]\.region: bedrock-mantle endpoints can be deployed in us-gov-west-1 only \(.*2026-11-20\)/,
    );
    assert.match(
      model,
      /was not seen on this plane in us-gov-east-1 \(AWS Machine Learning Blog.*It is in us-gov-west-1\./,
    );
    assert.deepEqual(more, []);
  });

  it('knows that plane’s own model ids, and names them to those who write the runtime’s', () => {
    const [message = ''] = faults({ endpoints: [mantle({ model: 'us-gov.openai.gpt-oss-120b-1:0' })] });
    assert.match(message, /is an id of Bedrock’s runtime\..* knows the model as .*openai\.gpt-oss-120b.*\.$/);
    assert.match(faults({ endpoints: [mantle({ model: 'acme.one' })] })[0] ?? '', /Known in us-gov-west-1: openai/);
  });

  it('tells what no setting gives an endpoint there', () => {
    const { endpoints } = plan(system({ endpoints: [mantle(), ...both.endpoints] }), base);
    const [of, ...others] = endpoints;
    assert.match(of?.limits?.[0] ?? '', /no invocation log/);
    assert.deepEqual(
      others.map(({ limits }) => limits),
      [undefined, undefined],
    );
  });

  it('is one region for a VPC: an endpoint elsewhere needs a network of its own', () => {
    const [west] = both.endpoints as [Endpoint];
    const east = { ...west, name: 'east', region: 'us-gov-east-1', model: 'amazon.nova-pro-v1:0' } as Endpoint;
    const [message = '', ...more] = faults({ network: existing, endpoints: [west, east] });
    assert.match(
      message,
      /^endpoints\[1\]\.region: .*vpc-0a1b2c3d4e5f67890.* cannot be in us-gov-east-1: .*endpoints\[1\]\.network/,
    );
    assert.deepEqual(more, []);
    const own = { create: { cidr: '10.62.0.0/22' } };
    assert.deepEqual(faults({ network: existing, endpoints: [west, { ...east, network: own }] }), []);
    assert.deepEqual(faults({ endpoints: [west, east] }), []);
    const wide = { create: { cidr: '8.8.0.0/16' } };
    assert.match(
      faults({ endpoints: [{ ...west, network: wide }] })[0] ?? '',
      /^endpoints\[0\]\.network\.create\.cidr: /,
    );
  });
});
