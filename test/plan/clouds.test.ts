import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { starterSystem } from '../../src/plan/init.js';
import { plan } from '../../src/plan/plan.js';
import { completeAnswers } from '../../src/plan/questions.js';
import { readSystem } from '../../src/plan/read-system.js';
import { base } from '../controls/base.js';
import { validate } from './validator.js';

const starter = (kind: string): string =>
  readFileSync(new URL(`../../templates/system/${kind}.yaml`, import.meta.url), 'utf8');

const read = (text: string) => readSystem(text, 'rampart.yaml', validate, base);

function faults(kind: string, ...changes: [from: string, to: string][]): string[] {
  let text = starter(kind);
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    text = text.replaceAll(from, to);
  }
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof RampartError, String(error));
    return error.problems.map(({ message }) => message);
  }
  return [];
}

const vnet =
  '/subscriptions/0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/hub';
const created = 'create: {cidr: 10.40.0.0/22}';

describe('a system in another cloud', () => {
  for (const kind of ['azure-openai', 'vertex-ai']) {
    it(`is read and planned by its own requirements only: ${kind}`, () => {
      const { endpoints } = plan(read(starter(kind)), base);
      const own = kind === 'azure-openai' ? /^(azure|aks)-/ : /^(gcp|gke|vertex)-/;
      assert.ok((endpoints[0]?.requirements.length ?? 0) >= 10);
      // Of every system everything must be there to be looked at, and no secret spelt out.
      const others = (endpoints[0]?.requirements ?? []).map(({ id }) => id).filter((id) => !own.test(id));
      const everywhere = ['no-inline-secrets', 'no-plain-text-passwords', 'user-data-no-secrets'];
      assert.deepEqual(others.sort(), ['nested-template-known', ...everywhere]);
    });

    it(`is what init writes from a few answers: ${kind}`, () => {
      const said = { endpoint: [kind], organization: 'Example Agency', contact: 'isso@agency.example' };
      const system = read(starterSystem(completeAnswers(said, base), './s.json'));
      assert.equal(system.endpoints[0]?.kind, kind);
      assert.equal(system.boundary.account, undefined);
      assert.ok(plan(system, base).endpoints.length === 1);
    });
  }

  it('has endpoints of that cloud and no others', () => {
    const [kind] = faults(
      'azure-openai',
      ['partition: azure-us-gov', 'partition: aws-us-gov'],
      ['usgovvirginia', 'us-gov-west-1'],
    );
    assert.match(
      kind ?? '',
      /endpoints\[0\]\.kind: azure-openai endpoints are in azure-us-gov, and boundary\.partition is aws-us-gov/,
    );
    const [other] = faults('bedrock', ['partition: aws-us-gov', 'partition: google-us'], ['us-gov-west-1', 'us-east4']);
    assert.match(other ?? '', /bedrock endpoints are in a partition of AWS \(aws-us-gov\)/);
  });

  it('has regions of that cloud, and no account of AWS', () => {
    assert.match(
      faults('azure-openai', ['[usgovvirginia]', '[eastus]']).join(),
      /"eastus" is not a region of azure-us-gov: usgovvirginia, /,
    );
    assert.match(
      faults('azure-openai', ['usgovvirginia', 'usgovtexas']).join(),
      /can be deployed in usgovarizona or usgovvirginia only/,
    );
    assert.match(
      faults('vertex-ai', ['us-east4', 'europe-west4']).join(),
      /"europe-west4" is not a region of google-us/,
    );
    const account = (kind: 'azure-openai' | 'vertex-ai', id: string): string =>
      faults(kind, ['  regions:', `  account: ${id}\n  regions:`]).join();
    assert.match(
      account('vertex-ai', '"111122223333"'),
      /boundary\.account: is no account of google-us\. State the id/,
    );
    assert.match(account('azure-openai', 'agency-example'), /boundary\.account: is no account of azure-us-gov/);
    assert.equal(account('vertex-ai', 'agency-example'), '');
    assert.equal(account('azure-openai', '11112222-3333-4444-8555-666677778888'), '');
    assert.equal(account('azure-openai', 'env:SUBSCRIPTION'), '');
  });

  it('names networks as that cloud does', () => {
    const network = (vpc: string, subnet: string): [string, string] => [
      created,
      `existing: {vpc: ${vpc}, cidr: 10.60.0.0/22, subnets: [${subnet}]}`,
    ];
    assert.deepEqual(faults('azure-openai', network(vnet, `${vnet}/subnets/endpoints`)), []);
    assert.match(
      faults('azure-openai', network(vnet, `${vnet}2/subnets/x`)).join(),
      /is not in network\.existing\.vpc/,
    );
    const google = 'projects/agency-network/global/networks/shared';
    assert.match(
      faults('azure-openai', network(google, `${vnet}/subnets/x`)).join(),
      /is no network of azure-us-gov; there it is/,
    );
    assert.match(
      faults('vertex-ai', network(google, 'projects/agency-network/regions/us-west1/subnetworks/s')).join(),
      /is in us-west1, where not all endpoints are/,
    );
    assert.match(
      faults('bedrock', network(google, 'projects/agency-network/regions/us-west1/subnetworks/s')).join(),
      /is no network of aws-us-gov/,
    );
  });

  it('names models and versions that were seen, or says where it saw another', () => {
    const unseen: [string, string] = ['"2025-04-14"', '"2027-01-01"'];
    assert.match(
      faults('azure-openai', unseen).join(),
      /"gpt-4\.1" version "2027-01-01" was not seen in Azure Government\. Versions of gpt-4\.1 seen there: 2025-04-14/,
    );
    const models =
      '  models: [{id: "gpt-4.1:2027-01-01", regions: [usgovvirginia], source: Azure portal, date: 2027-01-02}]\n  regions:';
    assert.deepEqual(faults('azure-openai', unseen, ['  regions:', models]), []);
    assert.match(faults('azure-openai', ['throughput: Standard', 'throughput: GlobalStandard']).join(), /throughput/);
  });
});
