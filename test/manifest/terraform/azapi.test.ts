import assert from 'node:assert/strict';
import { onlyWorld, type Value } from '#model/value.js';
import { judge } from '../../check/gate.js';
import { type Change, configured, plan, read, refers } from './plan.js';

const account: Change = {
  address: 'azapi_resource.openai',
  after: {
    type: 'Microsoft.CognitiveServices/accounts@2024-10-01',
    name: 'chat',
    parent_id: '/subscriptions/s/resourceGroups/g',
    location: 'US Gov Virginia',
    identity: [{ type: 'SystemAssigned', identity_ids: [] }],
    body: { kind: 'OpenAI', sku: { name: 'S0' }, properties: { publicNetworkAccess: 'Disabled' } },
  },
  unknown: { id: true, identity: [{ principal_id: true }] },
};

function resource(changes: readonly Change[], address: string, more = {}) {
  const [held] = read(plan(changes, more)).holds ?? [];
  const found = held?.resources.find((each) => each.address === address);
  assert.ok(held?.language === 'arm' && found, `${address} is read`);
  return found;
}

function property(changes: readonly Change[], path: string, address = account.address, more = {}): Value {
  let value: Value = resource(changes, address, more).properties(onlyWorld);
  for (const key of path.split('.')) {
    assert.equal(value.kind, 'dict', path);
    value = (value as Extract<Value, { kind: 'dict' }>).get(key);
  }
  return value;
}

const shown = (value: Value): unknown =>
  value.kind === 'scalar' ? value.value : value.kind === 'reference' ? `to ${value.to}` : value.kind;

const verdicts = (changes: readonly Change[], requirement: string, more = {}): string[] =>
  (judge(plan(changes, more), {}, 'plan.json') ?? [])
    .filter((each) => each.requirement === requirement)
    .map(({ resource: at, verdict }) => `${at} ${verdict}`);

const update = (body: unknown, more: Partial<Change> = {}): Change => ({
  address: 'azapi_update_resource.u',
  after: { type: 'Microsoft.CognitiveServices/accounts@2024-10-01', body },
  unknown: { resource_id: true },
  ...more,
});

const ofAccount = configured({
  'azapi_update_resource.u': { resource_id: refers('azapi_resource.openai.id', 'azapi_resource.openai') },
});

describe('bodies of the provider azapi', () => {
  it('are ARM resources under their own addresses, and no others', () => {
    const { type } = resource([account], account.address);
    assert.equal(type, 'Microsoft.CognitiveServices/accounts');
    assert.equal(shown(property([account], 'apiVersion')), '2024-10-01');
    assert.equal(shown(property([account], 'location')), 'usgovvirginia');
    assert.equal(shown(property([account], 'Identity.Type')), 'SystemAssigned');
    assert.equal(shown(property([account], 'identity.userAssignedIdentities')), 'absent');
    assert.equal(shown(property([account], 'SKU.name')), 'S0');
    assert.equal(shown(property([account], 'properties.disableLocalAuth')), 'absent');
    assert.deepEqual(read(plan([account])).resources, []);
    assert.deepEqual(read(plan([account])).notFollowed, []);
  });

  it('may be JSON, or not be known', () => {
    const json = { ...account, after: { ...(account.after as object), body: '{"properties":{"a":1}}' } };
    assert.equal(shown(property([json], 'properties.a')), 1);
    const none = { ...account, after: { ...(account.after as object), body: 'none' } };
    assert.equal(shown(property([none], 'properties')), 'unknown');
    assert.equal(shown(property([none], 'kind')), 'unknown');
    const { body: _, ...rest } = account.after as Record<string, unknown>;
    assert.equal(shown(property([{ ...account, after: rest, unknown: { body: true } }], 'properties')), 'unknown');
    const part = { ...account, unknown: { body: { properties: { disableLocalAuth: true } } } };
    assert.equal(shown(property([part], 'properties.disableLocalAuth')), 'unknown');
  });

  it('may have other values than the plan shows', () => {
    const more = configured({ 'azapi_resource.openai': { body: {}, sensitive_body: {} } });
    for (const path of ['properties', 'zones', 'sku'])
      assert.equal(shown(property([account], path, account.address, more)), 'unknown');
    assert.equal(shown(property([account], 'name', account.address, more)), 'chat');
    assert.deepEqual(verdicts([account], 'azure-openai-public-network', more), ['azapi_resource.openai unknown']);
  });

  it('are open only where the configuration spells out the body that is in no plan', () => {
    const sent = { properties: { publicNetworkAccess: 'Enabled', apiProperties: { key: 'x' } } };
    const more = configured({ 'azapi_resource.openai': { body: {}, sensitive_body: { constant_value: sent } } });
    assert.equal(shown(property([account], 'properties.publicNetworkAccess', account.address, more)), 'unknown');
    assert.equal(shown(property([account], 'properties.disableLocalAuth', account.address, more)), 'absent');
    assert.equal(shown(property([account], 'sku.name', account.address, more)), 'S0');
    assert.deepEqual(verdicts([account], 'azure-openai-public-network', more), ['azapi_resource.openai unknown']);
  });

  it('are open only at the places of which the versions of that body speak', () => {
    const versions = { 'properties.apiProperties.key': '1', 'properties.list[0].password': '1', TAGS: '2' };
    const versioned = { ...account, after: { ...(account.after as object), sensitive_body_version: versions } };
    for (const more of [{}, configured({ 'azapi_resource.openai': { sensitive_body: refers('var.key') } })]) {
      const at = (path: string) => shown(property([versioned], path, account.address, more));
      assert.equal(at('properties.publicNetworkAccess'), 'Disabled');
      assert.equal(at('properties.disableLocalAuth'), 'absent');
      for (const path of ['properties.apiProperties.key', 'properties.list']) assert.equal(at(path), 'unknown');
    }
    const part = property([{ ...account, unknown: null }], 'properties.publicNetworkAccess');
    assert.equal(shown(part), 'Disabled');
    const open = { ...account, unknown: { id: true, sensitive_body_version: true } };
    assert.equal(shown(property([open], 'properties')), 'unknown');
  });

  it('have the identities that stand beside them', () => {
    const identity = (ids: unknown) => [{ type: 'UserAssigned', identity_ids: ids }];
    const named = { ...account, after: { ...(account.after as object), identity: identity(['/subscriptions/s/i']) } };
    const ids = property([named], 'identity.userAssignedIdentities');
    assert.deepEqual(ids.kind === 'dict' && [ids.keys(), ids.open], [['/subscriptions/s/i'], undefined]);
    const later = {
      ...account,
      after: { ...(account.after as object), identity: identity([null]) },
      unknown: { id: true, identity: [{ identity_ids: [true] }] },
    };
    const open = property([later], 'identity.userAssignedIdentities');
    assert.ok(open.kind === 'dict' && open.open);
  });

  it('name what they are parts of or are laid over', () => {
    const setting: Change = {
      address: 'azapi_resource.logs',
      after: {
        type: 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview',
        body: { properties: { workspaceId: 'w', logs: [{ categoryGroup: 'allLogs', enabled: true }] } },
      },
      unknown: { parent_id: true },
    };
    const refersTo = configured({
      'azapi_resource.logs': { parent_id: refers('azapi_resource.openai.id', 'azapi_resource.openai') },
    });
    assert.equal(shown(property([account, setting], 'scope', setting.address, refersTo)), 'to azapi_resource.openai');
    assert.deepEqual(verdicts([account, setting], 'azure-openai-diagnostics', refersTo), [
      'azapi_resource.openai pass',
    ]);
    assert.deepEqual(verdicts([account, setting], 'azure-openai-diagnostics'), ['azapi_resource.openai unknown']);
    assert.deepEqual(verdicts([account], 'azure-openai-diagnostics'), ['azapi_resource.openai fail']);
    const model: Change = {
      address: 'azapi_resource.model',
      after: {
        type: 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01',
        parent_id: '/subscriptions/s/resourcegroups/g/providers/Microsoft.CognitiveServices/accounts/chat',
        body: {},
      },
    };
    assert.equal(shown(property([account, model], 'parent', model.address)), 'to azapi_resource.openai');
  });

  it('are what updates make of them', () => {
    const closed = 'azure-openai-public-network';
    assert.deepEqual(verdicts([account], closed), ['azapi_resource.openai pass']);
    const opened = update({ properties: { PublicNetworkAccess: 'Enabled' } });
    assert.deepEqual(verdicts([account, opened], closed, ofAccount), ['azapi_resource.openai fail']);
    assert.deepEqual(verdicts([account, opened], 'nested-template-known', ofAccount), []);
    const other = update({ properties: { disableLocalAuth: true } });
    assert.deepEqual(verdicts([account, other], closed, ofAccount), ['azapi_resource.openai pass']);
    const open = update(null, { unknown: { resource_id: true, body: true } });
    assert.deepEqual(verdicts([account, open], closed, ofAccount), ['azapi_resource.openai unknown']);
  });

  it('are unknown where it is not known which one is changed', () => {
    const opened = update({ properties: { publicNetworkAccess: 'Enabled' } });
    assert.deepEqual(verdicts([account, opened], 'nested-template-known'), ['azapi_update_resource.u/* unknown']);
  });
});
