import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { RampartError } from '#model/error.js';
import { classOf, forceOf } from '#model/fedramp-rules.js';
import type { Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { type Setting, type SettingValue, settingValues } from '#model/setting.js';
import { plan } from '../../src/plan/plan.js';
import { readSystem } from '../../src/plan/read-system.js';
import { effectiveSettings } from '../../src/plan/settings.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { base } from '../controls/base.js';
import { goodSystem } from './small-base.js';
import { validate } from './validator.js';

const text = goodSystem.replace(/settings:[\s\S]*$/, '').replace(/ *account: .*\n/, '');

function planned(baseline: string, settings = ''): Plan {
  const impact = base.baselines.find(({ id }) => id === baseline)?.impact ?? '';
  const its = text
    .replace('fedramp-rev5-moderate', baseline)
    .replaceAll(/(ity): (?:low|moderate|high)/g, `$1: ${impact}`);
  return plan(readSystem(its + settings, 'rampart.yaml', validate, base), base);
}

const first = ({ endpoints }: Plan): readonly Setting[] => endpoints[0]?.settings ?? [];

const because = (made: Plan, id: string): string =>
  first(made)
    .find((each) => each.id === id)
    ?.because.map((reason) => ('text' in reason ? `${reason.kind} ${reason.text}` : reason.kind))
    .join('\n') ?? '';

const values: readonly [baseline: string, modules: string, jurisdiction: string, review: number][] = [
  ['fedramp-rev5-low', 'must', 'boundary', 180],
  ['fedramp-rev5-li-saas', 'must', 'boundary', 180],
  ['fedramp-rev5-moderate', 'must', 'boundary', 180],
  ['fedramp-rev5-high', 'must', 'united-states', 90],
  ['fedramp-class-b', 'may', 'boundary', 180],
  ['fedramp-class-c', 'should', 'boundary', 180],
  ['fedramp-class-d', 'must', 'united-states', 90],
  ['nist-800-53b-moderate', 'must', 'boundary', 180],
  ['nist-800-53b-high', 'must', 'boundary', 90],
];

describe('settings by baseline', () => {
  for (const [baseline, modules, jurisdiction, review] of values) {
    it(`${baseline}: validated modules ${modules}, ${jurisdiction}, exceptions reviewed within ${review} days`, () => {
      const settings = settingValues(first(planned(baseline)));
      assert.equal(settings['encryption.validated-modules'], modules);
      assert.equal(settings['residency.jurisdiction'], jurisdiction);
      assert.equal(settings['network.exception-review-days'], review);
      assert.equal(settings['logging.retention-profile'], 'none');
      assert.equal(settings['logging.retention-days'], 400);
      assert.equal(settings['logging.object-lock-days'], 400);
    });
  }

  it('names the parameter where the baseline assigns one, and none where the number is ours', () => {
    assert.match(
      because(planned('fedramp-rev5-high'), 'residency.jurisdiction'),
      /parameter U\.S\.\/U\.S\. Territories/,
    );
    assert.match(because(planned('fedramp-class-d'), 'residency.jurisdiction'), /parameter U\.S\.\/U\.S\. Territories/);
    assert.doesNotMatch(because(planned('fedramp-rev5-moderate'), 'residency.jurisdiction'), /parameter/);
    assert.match(
      because(planned('fedramp-rev5-moderate'), 'network.exception-review-days'),
      /parameter at least every 180/,
    );
    assert.match(
      because(planned('fedramp-rev5-high'), 'network.exception-review-days'),
      /parameter at least every ninety/,
    );
    for (const baseline of ['fedramp-rev5-low', 'fedramp-class-d', 'nist-800-53b-high']) {
      assert.doesNotMatch(because(planned(baseline), 'network.exception-review-days'), /parameter/);
    }
    assert.match(because(planned('fedramp-rev5-low'), 'encryption.validated-modules'), /parameter FIPS-validated/);
  });

  it('a class is bound by what the Consolidated Rules say, and the reason says so', () => {
    const ruled = base.requirements.flatMap(({ settings }) => Object.values(settings)).filter(({ rule }) => rule);
    assert.ok(ruled.length >= 3);
    for (const demand of ruled) {
      const rule = base.rules.rules.find(({ id }) => id === demand.rule);
      assert.ok(rule, demand.rule);
      for (const { id } of base.baselines) {
        const letter = classOf(id);
        if (!letter) continue;
        assert.equal(demand.byBaseline?.[id] ?? demand.default, forceOf(rule, letter)?.toLowerCase(), id);
      }
    }
    assert.match(because(planned('fedramp-class-c'), 'encryption.validated-modules'), /^rule .*: SHOULD$/m);
    assert.match(because(planned('fedramp-class-b'), 'encryption.validated-modules'), /^rule .*: MAY$/m);
    assert.doesNotMatch(because(planned('fedramp-rev5-high'), 'encryption.validated-modules'), /^rule/m);
  });

  it('a text may be tightened in the order of the allowed, never loosened', () => {
    const tight = planned('fedramp-class-b', 'settings: {encryption.validated-modules: must}\n');
    assert.equal(settingValues(first(tight))['encryption.validated-modules'], 'must');
    refused('fedramp-class-d', 'settings: {encryption.validated-modules: should}\n', /needs at least must/);
    refused('fedramp-class-d', 'settings: {encryption.validated-modules: maybe}\n', /not among may, should, must/);
  });
});

function refused(baseline: string, settings: string, expected: RegExp): void {
  assert.throws(
    () => planned(baseline, settings),
    (error: RampartError) => expected.test([error.message, ...error.problems.map(({ message }) => message)].join('\n')),
  );
}

const profiles: readonly [id: string, searchable: number, kept: number][] = [
  ['m-26-14', 365, 365],
  ['nara-grs-3.2', 400, 913],
  ['m-21-31-legacy', 365, 913],
];

describe('retention profiles', () => {
  for (const [id, searchable, kept] of profiles) {
    it(`${id}: ${searchable} days searchable, ${kept} kept, and the plan says whose they are`, () => {
      const made = planned('fedramp-rev5-moderate', `settings: {logging.retention-profile: ${id}}\n`);
      const settings = settingValues(first(made));
      assert.equal(settings['logging.retention-profile'], id);
      assert.equal(settings['logging.retention-days'], searchable);
      assert.equal(settings['logging.object-lock-days'], kept);
      const profile = base.retention?.find((each) => each.id === id);
      assert.ok(profile);
      const reason = new RegExp(`^profile .*${profile.source.slice(0, 12)}`, 'm');
      assert.match(because(made, 'logging.object-lock-days'), reason);
      if (profile.searchable === undefined) assert.doesNotMatch(because(made, 'logging.retention-days'), /^profile/m);
      else assert.match(because(made, 'logging.retention-days'), reason);
    });
  }

  it('are dated and sourced, and the setting offers all of them', () => {
    const ids = (base.retention ?? []).map(({ id }) => id);
    assert.deepEqual(
      ids,
      profiles.map(([id]) => id),
    );
    for (const { source, date, kept, searchable } of base.retention ?? []) {
      assert.match(date, /^20\d\d-\d\d-\d\d$/);
      assert.notEqual(source, '');
      assert.ok(kept >= (searchable ?? 0) && kept >= 365);
    }
    const offering = base.requirements.filter(({ settings }) => Object.hasOwn(settings, 'logging.retention-profile'));
    assert.ok(offering.length >= 4);
    for (const { settings } of offering) {
      assert.deepEqual(settings['logging.retention-profile']?.allowed, ['none', ...ids]);
    }
  });

  it('days of a profile are declared where the profile can be chosen', () => {
    for (const { id, settings } of base.requirements) {
      for (const { profile } of Object.values(settings)) {
        if (profile) assert.ok(Object.hasOwn(settings, profile.setting), id);
      }
    }
  });

  it('one that nobody published is refused, and so are days below the chosen one’s', () => {
    refused('fedramp-rev5-moderate', 'settings: {logging.retention-profile: m-99-99}\n', /not among none, m-26-14/);
    refused(
      'fedramp-rev5-moderate',
      'settings: {logging.retention-profile: nara-grs-3.2, logging.object-lock-days: 400}\n',
      /looser than the plan allows: .*s3-object-lock .* needs at least 913/,
    );
    const more = planned(
      'fedramp-rev5-moderate',
      'settings: {logging.retention-profile: m-26-14, logging.retention-days: 731}\n',
    );
    assert.equal(settingValues(first(more))['logging.retention-days'], 731);
  });

  it('manifests are held to them, those of other clouds too', () => {
    const log = 'Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 365}}}';
    const trail = `Resources:
  T: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: !Ref B, IsLogging: true}}
  B:
    Type: AWS::S3::Bucket
    Properties:
      ObjectLockEnabled: true
      ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: COMPLIANCE, Days: 400}}}
`;
    const workspace = JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.OperationalInsights/workspaces',
          apiVersion: '2024-01-01',
          name: 'it',
          properties: { retentionInDays: 365 },
        },
      ],
    });
    const verdicts = (profile: string): (string | undefined)[] => {
      const made = planned('fedramp-rev5-moderate', `settings: {logging.retention-profile: ${profile}}\n`);
      return [
        verdictOf(made, log, 'log-group-retention'),
        verdictOf(made, trail, 's3-object-lock'),
        verdictOf(made, workspace, 'azure-log-retention'),
      ];
    };
    assert.deepEqual(verdicts('none'), ['fail', 'pass', 'fail']);
    assert.deepEqual(verdicts('m-26-14'), ['pass', 'pass', 'pass']);
    assert.deepEqual(verdicts('nara-grs-3.2'), ['fail', 'fail', 'fail']);
    assert.deepEqual(verdicts('m-21-31-legacy'), ['pass', 'fail', 'pass']);
  });
});

function verdictOf(made: Plan, manifest: string, requirement: string): string | undefined {
  const stand = standpointOf(made, base);
  const read = readManifest('m.yaml', manifest, { ...stand.given, parameters: {} }) as Manifest;
  return check([read], againstOf(base, stand)).find((each) => each.requirement === requirement)?.verdict;
}

describe('what a plan says of requirements of other kinds', () => {
  it('every setting any requirement reads has a value, whatever kinds the system has', () => {
    const { settings } = standpointOf(planned('fedramp-class-c'), base);
    for (const { settings: asked } of base.requirements) {
      for (const id of Object.keys(asked)) assert.ok(Object.hasOwn(settings, id), id);
    }
  });

  it('validated modules are asked for where they must or should be, and not where they may', () => {
    const nodes = 'Resources: {N: {Type: AWS::EKS::Nodegroup, Properties: {AmiType: AL2023_x86_64_NVIDIA}}}';
    const verdict = (settings: Readonly<Record<string, SettingValue>>): string | undefined => {
      const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1'] };
      const requirements = base.requirements.filter(({ id }) => id === 'eks-node-fips-ami');
      const { nvmeFamilies } = base.boundary;
      const read = readManifest('m.yaml', nodes, { ...boundary, parameters: {} }) as Manifest;
      return check([read], { requirements, settings, boundary, nvmeFamilies, needs: [] })[0]?.verdict;
    };
    assert.equal(verdict(effectiveSettings(base, 'fedramp-class-b')), undefined);
    assert.equal(verdict(effectiveSettings(base, 'fedramp-class-c')), 'fail');
    assert.equal(verdict(effectiveSettings(base, 'fedramp-class-d')), 'fail');
    assert.equal(verdict(effectiveSettings(base, 'fedramp-rev5-low')), 'fail');
  });
});
