import assert from 'node:assert/strict';
import { templateOf } from '#build/bench-template.js';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import { against } from './gate.js';

describe('passes that are only counted', () => {
  const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };
  const manifest = readManifest('t.yaml', templateOf(20), given);
  assert.ok('resources' in manifest);
  const whole = check([manifest], against);
  const counted = check([manifest], { ...against, passes: 'counted' });

  it('are as many, and what blocks is the same', () => {
    const blocking = (findings: typeof whole) => findings.filter(({ verdict }) => verdict !== 'pass');
    assert.deepEqual(blocking(counted), blocking(whole));
    const names = (findings: typeof whole) =>
      findings.map(({ requirement, resource, verdict }) => `${requirement} ${resource} ${verdict}`).sort();
    assert.deepEqual(names(counted), names(whole));
    assert.ok(whole.some(({ verdict }) => verdict === 'pass'));
  });

  it('say nothing of their places', () => {
    for (const { verdict, position, evidence } of counted)
      if (verdict === 'pass') assert.equal(position ?? evidence, undefined);
  });
});
