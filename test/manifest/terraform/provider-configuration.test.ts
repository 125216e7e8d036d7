import { deepEqual } from 'node:assert/strict';
import { judge } from '../../check/gate.js';
import { plan, read } from './plan.js';

const full_name = 'registry.terraform.io/hashicorp/aws';
const key = (name: string, provider_config_key: string) => ({
  change: { address: `aws_kms_key.${name}`, provider_name: full_name },
  resource: { address: `aws_kms_key.${name}`, mode: 'managed', type: 'aws_kms_key', name, provider_config_key },
});
const text = (keys: ReturnType<typeof key>[], provider_config: object): string =>
  plan(
    keys.map(({ change }) => change),
    { configuration: { provider_config, root_module: { resources: keys.map(({ resource }) => resource) } } },
  );
const aws = (more: object, fips?: boolean) => ({
  name: 'aws',
  full_name,
  ...more,
  expressions: {
    region: { constant_value: 'us-gov-west-1' },
    ...(fips === undefined ? {} : { use_fips_endpoint: { constant_value: fips } }),
  },
});
const said = (given: string): string[] =>
  (judge(given, {}, 'plan.json') ?? [])
    .filter(({ requirement }) => requirement === 'provider-fips-endpoints')
    .map(({ resource, verdict }) => `${resource} ${verdict}`);

describe('how the provider of AWS is set in a plan', () => {
  it('is said once of each configuration, however many resources are made with it', () => {
    const keys = [key('a', 'aws'), key('b', 'aws'), key('c', 'aws.east'), key('d', 'aws.east')];
    const configurations = { aws: aws({}, true), 'aws.east': aws({ alias: 'east' }, false) };
    deepEqual(said(text(keys, configurations)).sort(), ['provider.aws pass', 'provider.aws.east fail']);
    deepEqual(said(text(keys, { ...configurations, 'aws.east': aws({ alias: 'east' }) })).sort(), [
      'provider.aws pass',
      'provider.aws.east unknown',
    ]);
  });

  it('is not asked of a configuration nothing is made with', () => {
    const configurations = { aws: aws({}, true), 'aws.east': aws({ alias: 'east' }, false) };
    deepEqual(said(text([key('a', 'aws')], configurations)), ['provider.aws pass']);
    deepEqual(said(plan([{ address: 'azurerm_key_vault.k' }])), []);
  });

  it('is told apart where modules call theirs the same', () => {
    const keys = [key('a', 'aws.east'), key('b', 'module.m:aws.east')];
    const configurations = {
      'aws.east': aws({ alias: 'east' }, true),
      'module.m:aws.east': aws({ alias: 'east', module_address: 'module.m' }, false),
    };
    deepEqual(said(text(keys, configurations)).sort(), ['provider.aws.east pass', 'provider.aws.east#2 fail']);
  });

  it('is no resource of the plan', () => {
    const { resources } = read(text([key('a', 'aws')], { aws: aws({}, true) }));
    deepEqual(
      resources.map(({ address, partOf }) => [address, partOf === undefined]),
      [
        ['aws_kms_key.a', true],
        ['provider.aws', false],
      ],
    );
  });
});
