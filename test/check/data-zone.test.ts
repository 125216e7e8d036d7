import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { base } from '../controls/base.js';
import { against, azureGiven } from './gate.js';

const requirements = base.requirements.filter(({ id }) => id === 'azure-openai-deployment-sku');
const virginia = { partition: 'azure-us-gov', regions: ['usgovvirginia'] };
const both = { partition: 'azure-us-gov', regions: ['usgovarizona', 'usgovvirginia'] };

const arm = (sku: string): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.CognitiveServices/accounts/deployments',
        apiVersion: '2024-10-01',
        name: 'chat/gpt',
        sku: { name: sku },
        properties: {},
      },
    ],
  });

const planOf = (after: object): string =>
  JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'azurerm_cognitive_deployment.it',
        mode: 'managed',
        type: 'azurerm_cognitive_deployment',
        name: 'it',
        change: { actions: ['create'], after, after_unknown: {} },
      },
    ],
  });

function worst(text: string, boundary: typeof both): string | undefined {
  const manifest = readManifest('t.json', text, { ...boundary, azure: azureGiven, parameters: {} }) as Manifest;
  const verdicts = check([manifest], { ...against, requirements, boundary }).map(({ verdict }) => verdict);
  return ['error', 'fail', 'unknown', 'pass'].find((each) => verdicts.some((verdict) => verdict === each));
}

describe('the data zone of Azure Government', () => {
  const zone = [
    arm('DataZoneStandard'),
    arm('DataZoneProvisionedManaged'),
    planOf({ sku: [{ name: 'DataZoneStandard' }] }),
    planOf({ scale: [{ type: 'DataZoneStandard' }] }),
  ];

  it('is inside of a boundary that holds both of its regions', () => {
    for (const text of zone) assert.equal(worst(text, both), 'pass', text);
  });

  it('answers from outside of a boundary that holds one', () => {
    for (const text of zone) assert.equal(worst(text, virginia), 'fail', text);
    assert.equal(worst(arm('Standard'), virginia), 'pass');
    assert.equal(worst(planOf({ sku: [{ name: 'ProvisionedManaged' }] }), virginia), 'pass');
  });

  it('is no global deployment', () => {
    for (const boundary of [virginia, both]) assert.equal(worst(arm('GlobalStandard'), boundary), 'fail');
  });
});
