import assert from 'node:assert/strict';
import { shown } from '../eks-plans.js';
import { variants } from '../plans.js';
import { type Body, modulesOf, provider } from './module.js';
import { cyclesIn, danglingIn, faultsOf, unusedIn } from './module-faults.js';

describe('rendered Terraform against the provider’s bindings', function () {
  this.timeout(60_000);

  for (const { name, plan } of [...variants, ...shown]) {
    it(`gives every argument in its shape, and none that is unknown: ${name}`, async () => {
      for (const { module } of await modulesOf(plan)) {
        const all = [...module.resource, ...module.data];
        assert.ok(all.length > 40);
        assert.deepEqual(
          all.flatMap(({ address, type, body }) => faultsOf(body, provider[type]?.arguments ?? {}, address)),
          [],
        );
      }
    });

    it(`refers to what is there, all of it, in no circle: ${name}`, async () => {
      for (const { module } of await modulesOf(plan)) {
        assert.deepEqual(danglingIn(module), []);
        assert.deepEqual(cyclesIn(module), []);
        assert.deepEqual(unusedIn(module), []);
      }
    });
  }

  it('would tell a wrong one', async () => {
    const shape = provider.aws_sagemaker_model?.arguments ?? {};
    const faults = (body: Body) => faultsOf(body, shape, 'm');
    assert.deepEqual(faults({ execution_role_arn: 'x' }), []);
    assert.deepEqual(faults({ execution_role: 'x' }), [
      'm.execution_role is not an argument',
      'm.execution_role_arn is missing',
    ]);
    assert.deepEqual(faults({ execution_role_arn: 'x', enable_network_isolation: 'yes' }), [
      'm.enable_network_isolation is no boolean',
    ]);
    assert.deepEqual(faults({ execution_role_arn: 'x', vpc_config: [{ subnets: [] }] }), [
      'm.vpc_config.security_group_ids is missing',
    ]);
    assert.deepEqual(faults({ execution_role_arn: 'x', primary_container: [{}, {}] }), [
      'm.primary_container is there twice',
    ]);
    const empty = { data: [], variables: {}, outputs: {}, provider: {} };
    const key = (body: Body) => ({ address: 'aws_kms_key.k', type: 'aws_kms_key', body });
    const told = (body: Body, locals: Body = {}) => ({ ...empty, locals, resource: [key(body)] });
    assert.deepEqual(danglingIn(told({ description: '${aws_kms_key.k.colour}' })), ['aws_kms_key.k.colour']);
    assert.deepEqual(danglingIn(told({ description: '${var.x} ${local.y}' })), ['var.x', 'local.y']);
    assert.deepEqual(unusedIn(told({}, { a: 1 })), ['local.a']);
    assert.equal(cyclesIn(told({ description: 'of ${local.a}' }, { a: '${aws_kms_key.k.arn}' })).length, 1);
  });
});
