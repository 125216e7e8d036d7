import assert from 'node:assert/strict';
import type { Endpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import { plan } from '../../src/plan/plan.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { plansOf } from './clouds.js';
import { both, existing, templates } from './plans.js';

const [chat, summarizer] = both.endpoints as [Endpoint, Endpoint];
const second = (endpoint: Endpoint, more: object = {}): Endpoint => ({ ...endpoint, name: 'second', ...more });

const planned = (endpoints: readonly Endpoint[], network = existing): Plan =>
  plan({ ...both, network, endpoints }, base);

const refusal = (of: Plan, target = 'cloudformation'): string => {
  try {
    render(of, target, templates, base.boundary);
  } catch (error) {
    assert.ok(error instanceof RampartError && error.code === 'RAMPART_PRIVATE_NAME_TAKEN', String(error));
    assert.equal(error.exit, 'input');
    assert.match(error.next, /network of its own/);
    return error.message;
  }
  return 'rendered';
};

describe('private names of services in an existing VPC', () => {
  it('are taken by one endpoint only, whatever the target', () => {
    for (const target of ['cloudformation', 'terraform']) {
      assert.match(
        refusal(planned([chat, second(chat)]), target),
        /^chat and second would both answer for bedrock-runtime in vpc-0a1b2c3d4e5f67890/,
      );
    }
  });

  it('are taken by one Azure OpenAI endpoint only, whose private zones a virtual network has once', () => {
    const { system } = plansOf('azure-openai').find(({ name }) => name === 'existing network')?.plan ?? assert.fail();
    const [first = assert.fail()] = system.endpoints;
    const of = plan({ ...system, endpoints: [first, second(first)] }, base);
    for (const target of ['arm', 'terraform'])
      assert.match(
        refusal(of, target),
        /^chat and second would both answer for privatelink\.openai\.azure\.us in .*hub: Azure/,
      );
    const made = { create: { cidr: '10.62.0.0/22' } };
    const apart = plan({ ...system, endpoints: [first, second(first, { network: made })] }, base);
    assert.equal(refusal(apart, 'arm'), 'rendered');
  });

  it('are the same for both ways of SageMaker', () => {
    const of = [summarizer, second(summarizer, { inference: 'async' })];
    assert.match(refusal(planned(of)), /sagemaker\.runtime/);
  });

  it('differ between kinds, between VPCs, and where each endpoint has a network made for it', () => {
    const mantle: Endpoint = { kind: 'bedrock-mantle', name: 'm', region: chat.region, model: 'openai.gpt-oss-20b' };
    assert.equal(refusal(planned([chat, mantle, summarizer])), 'rendered');
    assert.equal(refusal(planned([chat, second(chat)], both.network)), 'rendered');
    const elsewhere = { create: { cidr: '10.62.0.0/22' } };
    assert.equal(refusal(planned([chat, second(chat, { network: elsewhere })])), 'rendered');
  });
});
