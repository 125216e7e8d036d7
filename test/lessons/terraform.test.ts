import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import { judge } from '../check/gate.js';
import { configured, listed, plan, refers } from '../manifest/terraform/plan.js';

const group = 'aws_cloudwatch_log_group.logs';
const logs = (more: object) => ({ name: 'logs', retention_in_days: 400, ...more });
const key = { address: 'aws_kms_key.logs', after: { enable_key_rotation: true }, unknown: { arn: true } };

const said = (text: string, requirement: string, address = group): Finding => {
  const found = (judge(text, {}, 'plan.json') ?? []).find(
    (each) => each.requirement === requirement && each.resource === address,
  );
  assert.ok(found, `${requirement} says nothing of ${address}`);
  return found;
};

describe('Terraform plans as other gates read them', () => {
  it('a key that is known after apply only does not fail', () => {
    const changes = [key, { address: group, after: logs({}), unknown: { kms_key_id: true } }];
    const made = plan(changes, configured({ [group]: { kms_key_id: refers('aws_kms_key.logs.arn') } }));
    assert.equal(said(made, 'log-group-kms').verdict, 'pass');
    const elsewhere = plan(changes, configured({ [group]: { kms_key_id: refers('data.http.key.body') } }));
    const open = said(elsewhere, 'log-group-kms');
    assert.equal(open.verdict, 'unknown');
    assert.match(open.reason, /known after apply|data\.http\.key/);
    const none = plan([key, { address: group, after: logs({ kms_key_id: null }) }], configured({ [group]: {} }));
    assert.equal(said(none, 'log-group-kms').verdict, 'fail');
  });

  it('a module is judged by what it is given, not by its defaults', () => {
    const address = `module.logs.${group}`;
    const called = (given: number | undefined, standard: number): string =>
      plan([{ address, module: 'module.logs', after: logs({ retention_in_days: given ?? standard }) }], {
        configuration: {
          root_module: {
            module_calls: {
              logs: {
                source: './logs',
                expressions: given === undefined ? {} : { days: { constant_value: given } },
                module: {
                  resources: listed({ [group]: { retention_in_days: refers('var.days') } }),
                  variables: { days: { default: standard } },
                },
              },
            },
          },
        },
      });
    const verdict = (text: string) => said(text, 'log-group-retention', address).verdict;
    assert.equal(verdict(called(400, 1)), 'pass');
    assert.equal(verdict(called(1, 400)), 'fail');
    assert.equal(verdict(called(undefined, 400)), 'pass');
  });

  it('a plan and the state after it are judged alike', () => {
    const arn = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    for (const days of [1, 400]) {
      const before = plan(
        [key, { address: group, after: logs({ retention_in_days: days }), unknown: { kms_key_id: true } }],
        configured({ [group]: { kms_key_id: refers('aws_kms_key.logs.arn') } }),
      );
      const resource = (address: string, values: object) => {
        const [type, name] = address.split('.');
        return { address, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws', values };
      };
      const after = JSON.stringify({
        format_version: '1.0',
        terraform_version: '1.9.0',
        values: {
          root_module: {
            resources: [
              resource('aws_kms_key.logs', { ...key.after, arn }),
              resource(group, logs({ retention_in_days: days, kms_key_id: arn })),
            ],
          },
        },
      });
      for (const requirement of ['log-group-retention', 'log-group-kms']) {
        assert.equal(said(before, requirement).verdict, said(after, requirement).verdict, `${requirement}, ${days}`);
      }
      assert.equal(said(after, 'log-group-retention').verdict, days === 1 ? 'fail' : 'pass');
    }
  });
});
