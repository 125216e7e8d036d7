import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RampartError } from '#model/error.js';
import { loadParameters } from '../../src/session/parameters.js';

describe('a parameters file', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rampart-parameters-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const load = (data: unknown) => {
    const path = join(folder, 'parameters.json');
    writeFileSync(path, JSON.stringify(data));
    return loadParameters(path);
  };
  const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';

  it('of AWS gives texts', async () => {
    assert.deepEqual({ ...(await load([{ ParameterKey: 'Days', ParameterValue: 400 }])).parameters }, { Days: '400' });
    assert.deepEqual({ ...(await load({ Parameters: { Days: '400' } })).parameters }, { Days: '400' });
  });

  it('of Azure gives values of every type, and none for what refers to a vault', async () => {
    const parameters = { on: { value: false }, list: { value: [1] }, secret: { reference: { secretName: 'x' } } };
    const loaded = await load({ $schema, contentVersion: '1.0.0.0', parameters });
    assert.deepEqual({ ...loaded.values }, { on: false, list: [1] });
    assert.deepEqual(loaded.parameters, {});
  });

  it('of Azure without parameters is refused', async () => {
    await assert.rejects(load({ $schema }), (error) => error instanceof RampartError && error.exit === 'input');
  });
});
