import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { artifactOf } from '#render/guardrail-file.js';
import { scp } from '#render/guardrails/scp.js';
import { base } from '../../controls/base.js';
import { exampleGround, grounds } from './ground.js';
import { denying, type Request } from './iam.js';

type Context = Record<string, string | readonly string[]>;

interface Case {
  action: string;
  /** `model` is the one of the system. */
  resource?: string;
  denied: Context;
  allowed?: Context;
  /** Another action, or another resource, that is let through. */
  otherwise?: string;
  instead?: string;
}

const cases = parse(readFileSync(new URL('scp-requests.yaml', import.meta.url), 'utf8')) as Record<string, Case>;
const { statements, limits } = base.guardrails.organization;

/** One endpoint of each kind, whose instances have no local disks, so that every statement is there. */
const ground = exampleGround();
const endpoints = ground.system.endpoints.map((each) =>
  each.kind === 'sagemaker' ? { ...each, instanceType: 'ml.m5.4xlarge' } : each,
);
const files = scp({ ...ground, system: { ...ground.system, endpoints } }).files.map(artifactOf);
const policies = files.filter(({ path }) => path.endsWith('.json'));
const bedrock = endpoints.find(({ kind }) => kind === 'bedrock');
const model = `arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${bedrock?.model}`;

/** What a request of the system's own carries. */
const ordinary: Context = {
  'aws:requestedregion': 'us-gov-west-1',
  'aws:principalarn': 'arn:aws-us-gov:iam::111122223333:role/invoke',
  'aws:principalorgid': 'o-own',
  'aws:resourceorgid': 'o-own',
  'aws:principalisawsservice': 'false',
  'aws:securetransport': 'true',
  'aws:viaawsservice': 'false',
  'aws:sourcevpce': 'vpce-0a1b2c3d',
  'bedrock:guardrailidentifier': 'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:guardrail/g',
  'sagemaker:vpcsubnets': ['subnet-0a1b2c3d'],
  'sagemaker:networkisolation': 'true',
  'sagemaker:directinternetaccess': 'Disabled',
  'sagemaker:rootaccess': 'Disabled',
};

function request(action: string, resource: string | undefined, change: Context): Request {
  const context = { ...ordinary };
  for (const [key, value] of Object.entries(change)) {
    if (key.startsWith('-')) delete context[key.slice(1)];
    else context[key] = value;
  }
  return { action, resource: resource === 'model' ? model : (resource ?? 'arn:aws-us-gov:any:::thing'), context };
}

const sidsDenying = (of: Request): string[] => policies.flatMap(({ text }) => denying(text, of));

describe('organization policies', () => {
  for (const { sid } of statements) {
    it(`${sid} denies what it is there for, and nothing like it`, () => {
      const one = cases[sid];
      assert.ok(one, `no requests for ${sid}`);
      const { action, resource, denied, allowed = {}, otherwise, instead } = one;
      assert.ok(sidsDenying(request(action, resource, denied)).includes(sid));
      const other = request(otherwise ?? action, instead ?? resource, allowed);
      assert.deepEqual(sidsDenying(other), []);
    });
  }

  it('are each within what AWS Organizations takes, and few enough to be attached', () => {
    for (const { ground: each } of grounds) {
      const written = scp(each).files.map(artifactOf);
      for (const { path, text } of written.filter(({ path }) => path.endsWith('.json'))) {
        assert.ok(text.length <= limits.characters, `${path} has ${text.length} characters`);
        const { Version, Statement } = JSON.parse(text) as {
          Version: string;
          Statement: { Sid: string; Effect: string }[];
        };
        assert.equal(Version, '2012-10-17');
        assert.ok(Statement.length > 0 && Statement.every(({ Effect }) => Effect === 'Deny'));
      }
      for (const type of ['scp', 'rcp'])
        assert.ok(written.filter(({ path }) => path.includes(`.${type}-`)).length < limits.attached, type);
    }
  });

  it('speak of requirements there are, and each Sid once', () => {
    const known = new Set(base.requirements.map(({ id }) => id));
    for (const { sid, requirements = [], controls = [] } of statements) {
      assert.ok(requirements.length + controls.length > 0, sid);
      for (const id of requirements) assert.ok(known.has(id), `${sid}: ${id}`);
    }
    assert.equal(new Set(statements.map(({ sid }) => sid)).size, statements.length);
    for (const { requirements } of base.guardrails.config.rules)
      for (const id of requirements) assert.ok(known.has(id), id);
    assert.deepEqual(Object.keys(cases).sort(), statements.map(({ sid }) => sid).sort());
  });
});
