import assert from 'node:assert/strict';
import { listed, plan, property, refers } from './plan.js';

const region = (expression: object | undefined, more: object = {}) => {
  const provider_config = {
    aws: {
      name: 'aws',
      full_name: 'registry.terraform.io/hashicorp/aws',
      expressions: expression ? { region: expression } : {},
    },
  };
  const configuration = { provider_config, root_module: { resources: listed({ 'aws_kms_key.k': {} }) } };
  return property(
    plan([{ address: 'aws_kms_key.k' }], { configuration, ...more }),
    'aws_kms_key.k',
    'provider',
    'region',
  );
};

describe('the provider of a resource', () => {
  it('has the region that is written out', () => {
    const value = region({ constant_value: 'us-east-1' });
    assert.ok(value.kind === 'scalar' && value.value === 'us-east-1');
  });

  it('has the region a variable gives whole', () => {
    const value = region(refers('var.region'), { variables: { region: { value: 'us-gov-west-1' } } });
    assert.ok(value.kind === 'scalar' && value.value === 'us-gov-west-1');
  });

  it('of Google has a region and a zone, as Google spells them', () => {
    const expressions = { region: refers('var.region'), zone: { constant_value: 'us-east4-b' } };
    const of = (key: string) => {
      const configuration = { provider_config: { google: { name: 'google', expressions } } };
      const variables = { region: { value: 'us-east4' } };
      const text = plan([{ address: 'google_compute_disk.d' }], { configuration, variables }).replaceAll(
        /"provider_name":"[^"]*",/g,
        '',
      );
      return property(text, 'google_compute_disk.d', 'provider', key);
    };
    const [region, zone] = [of('region'), of('zone')];
    assert.ok(region.kind === 'scalar' && region.value === 'us-east4');
    assert.ok(zone.kind === 'scalar' && zone.value === 'us-east4-b');
  });

  it('has a region nobody knows from parts, locals and the environment', () => {
    assert.equal(region(refers('var.region'), { variables: { region: { value: 'gov-west' } } }).kind, 'unknown');
    assert.equal(region(refers('local.region')).kind, 'unknown');
    assert.equal(region(undefined).kind, 'unknown');
  });

  it('has the role it assumes, where the block or a variable of it says which', () => {
    const role = (block: object, more: object = {}) => {
      const provider_config = {
        aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions: block },
      };
      const configuration = { provider_config, root_module: { resources: listed({ 'aws_kms_key.k': {} }) } };
      const resources = plan([{ address: 'aws_kms_key.k' }], { configuration, ...more });
      return property(resources, 'aws_kms_key.k', 'provider', 'role_arn');
    };
    const arn = 'arn:aws-us-gov:iam::111122223333:role/deploy';
    const assumed = role({ assume_role: [{ role_arn: { constant_value: arn } }] });
    assert.ok(assumed.kind === 'scalar' && assumed.value === arn);
    const federated = role(
      { assume_role_with_web_identity: [{ role_arn: refers('var.role') }] },
      { variables: { role: { value: arn } } },
    );
    assert.ok(federated.kind === 'scalar' && federated.value === arn);
    // A number of the account alone is a part of a role's name, and says nothing of the rest.
    const built = role(
      { assume_role: [{ role_arn: refers('var.account') }] },
      { variables: { account: { value: '111122223333' } } },
    );
    assert.equal(built.kind, 'unknown');
    assert.equal(role({ region: { constant_value: 'us-gov-west-1' } }).kind, 'absent');
  });

  it('is the one of its key', () => {
    const config = (value: string) => ({
      name: 'aws',
      full_name: 'p',
      expressions: { region: { constant_value: value } },
    });
    const configuration = {
      provider_config: { aws: config('us-gov-west-1'), 'aws.east': config('us-east-1') },
      root_module: { resources: [{ address: 'aws_kms_key.k', provider_config_key: 'aws.east', expressions: {} }] },
    };
    const value = property(
      plan([{ address: 'aws_kms_key.k' }], { configuration }),
      'aws_kms_key.k',
      'provider',
      'region',
    );
    assert.ok(value.kind === 'scalar' && value.value === 'us-east-1');
  });

  it('of a module has the region its caller passes, whatever a variable of the root is called', () => {
    const of = (passed: object, declared: object = {}, middle: object = {}) => {
      const address = 'module.a.module.m.aws_kms_key.k';
      const full_name = 'registry.terraform.io/hashicorp/aws';
      const provider_config_key = 'module.a.module.m:aws';
      const block = {
        name: 'aws',
        full_name,
        module_address: 'module.a.module.m',
        expressions: { region: refers('var.region') },
      };
      const m = {
        resources: [{ address: 'aws_kms_key.k', provider_config_key, expressions: {} }],
        variables: { region: declared },
      };
      const a = { module_calls: { m: { expressions: passed, module: m } }, variables: { place: {} } };
      const configuration = {
        provider_config: { [provider_config_key]: block },
        root_module: { module_calls: { a: { expressions: middle, module: a } }, variables: { region: {} } },
      };
      const variables = { region: { value: 'us-gov-west-1' } };
      const module = 'module.a.module.m';
      const value = property(plan([{ address, module }], { configuration, variables }), address, 'provider', 'region');
      return value.kind === 'scalar' ? value.value : value.kind;
    };
    assert.equal(of({ region: { constant_value: 'us-east-1' } }), 'us-east-1');
    assert.equal(of({}, { default: 'us-east-1' }), 'us-east-1');
    assert.equal(of({ region: refers('var.place') }, {}, { place: { constant_value: 'us-east-1' } }), 'us-east-1');
    assert.equal(of({ region: refers('var.place') }, {}, { place: refers('var.region') }), 'us-gov-west-1');
    assert.equal(of({ region: refers('local.place') }, { default: 'us-gov-west-1' }), 'unknown');
    assert.equal(of({}), 'unknown');
  });

  it('is none of the blocks where it is the one without an alias and only others are written', () => {
    const full_name = 'registry.terraform.io/hashicorp/aws';
    const gov = { name: 'aws', full_name, alias: 'gov', expressions: { region: { constant_value: 'us-gov-west-1' } } };
    const of = (provider_config_key: string) => {
      const address = 'aws_kms_key.k';
      const configuration = {
        provider_config: { 'aws.gov': gov },
        root_module: { resources: [{ address, provider_config_key, expressions: {} }] },
      };
      return property(plan([{ address }], { configuration }), address, 'provider', 'region').kind;
    };
    assert.equal(of('aws'), 'unknown');
    assert.equal(of('aws.gov'), 'scalar');
    assert.equal(of('module.m:aws'), 'unknown');
    // Which of those outside a module its own alias stands for, a plan need not say; here there is one.
    assert.equal(of('module.m:aws.here'), 'scalar');
  });

  it('calls no FIPS endpoints where it is told which to call', () => {
    const fips = (endpoints: object) => {
      const expressions = { use_fips_endpoint: { constant_value: true }, endpoints: [endpoints] };
      const configuration = {
        provider_config: { aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions } },
      };
      return property(
        plan([{ address: 'aws_kms_key.k' }], { configuration }),
        'aws_kms_key.k',
        'provider',
        'use_fips_endpoint',
      ).kind;
    };
    assert.equal(fips({ kms: { constant_value: 'https://kms.us-gov-west-1.amazonaws.com' } }), 'unknown');
    assert.equal(fips({ kms: refers('var.host') }), 'unknown');
    assert.equal(fips({ kms: { constant_value: 'https://kms-fips.us-gov-west-1.amazonaws.com' } }), 'scalar');
  });

  it('leaves the region a resource itself names where it is', () => {
    const value = property(
      plan([{ address: 'aws_kms_key.k', after: { region: 'us-west-2' } }]),
      'aws_kms_key.k',
      'region',
    );
    assert.ok(value.kind === 'scalar' && value.value === 'us-west-2');
  });
});
