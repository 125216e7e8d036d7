import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as kms from '@aws-sdk/client-kms';
import { compileControls } from '#build/controls.js';
import { engine } from '#check/engine.js';
import { observe } from '#io/aws/observe.js';
import { type JudgeCondition, judge } from '#live/judge.js';
import { isLiveProbe, liveProbes } from '#model/live-probe.js';
import { onlyWorld } from '#model/value.js';
import { awsEnvironment, govWest, noon } from '../io/aws/credentials.js';
import { motoServer } from '../io/aws/moto.js';

const controls = new URL('../../controls/', import.meta.url);
const base = compileControls(
  readdirSync(controls, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(new URL(path, controls), 'utf8') })),
);
const judgeCondition: JudgeCondition = (condition, value) =>
  engine.condition(value, condition, {
    world: onlyWorld,
    resource: undefined,
    settings: { 'encryption.key-rotation-days': 365 },
    boundary: govWest.boundary,
    nvmeFamilies: base.boundary.nvmeFamilies,
    ofType: () => [],
    find: () => undefined,
    isNowhere: () => true,
  });

describe('the probe with the gate’s predicates and the shipped requirements', function () {
  this.timeout(60_000);
  awsEnvironment();
  const endpoint = motoServer();
  const made: Record<string, string> = {};

  before('make keys', async () => {
    const client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    for (const name of ['rotating', 'still', 'dying']) {
      const { KeyMetadata: key } = await client.send(new kms.CreateKeyCommand({}));
      made[name] = key?.Arn ?? '';
      if (name === 'rotating') await client.send(new kms.EnableKeyRotationCommand({ KeyId: key?.KeyId }));
      if (name === 'dying') await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId: key?.KeyId }));
    }
    client.destroy();
  });

  it('judges every live requirement at least once, and errs on none', async () => {
    const keys = Object.values(made);
    const findings = judge(
      await observe({ ...govWest, keys, endpoint: endpoint(), now: noon }),
      base.requirements,
      judgeCondition,
    );
    const ofAll = (probe: string) => isLiveProbe(probe) && liveProbes[probe] === 'always';
    const live = base.requirements
      .filter(({ expect }) => (expect.live ?? []).some(({ probe }) => ofAll(probe)))
      .map(({ id }) => id);
    assert.ok(live.length >= 4, `only ${live.length} live requirements`);
    assert.deepEqual([...new Set(findings.map(({ requirement }) => requirement))], live);
    assert.deepEqual(
      findings.filter(({ verdict }) => verdict === 'error'),
      [],
    );
    const verdictOf = (requirement: string, resource: string | undefined) =>
      findings.find((finding) => finding.requirement === requirement && finding.resource === resource)?.verdict;
    assert.equal(verdictOf('kms-key-rotation', made.rotating), 'pass');
    assert.equal(verdictOf('kms-key-rotation', made.still), 'fail');
    assert.equal(verdictOf('kms-key-enabled', made.still), 'pass');
    assert.equal(verdictOf('kms-key-enabled', made.dying), 'fail');
    assert.equal(verdictOf('arn-partition', 'arn:aws-us-gov:sts::123456789012:user/moto'), 'pass');
    assert.equal(verdictOf('iam-no-long-lived-keys', 'arn:aws-us-gov:sts::123456789012:user/moto'), 'fail');
  });

  it('leaves every live requirement open when nothing was observed', () => {
    const findings = judge([], base.requirements, judgeCondition);
    assert.ok(findings.length > 0);
    assert.deepEqual([...new Set(findings.map(({ verdict }) => verdict))], ['unknown']);
  });
});
