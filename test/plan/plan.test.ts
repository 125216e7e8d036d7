import assert from 'node:assert/strict';
import { RampartError } from '#model/error.js';
import { type Setting, settingValues } from '#model/setting.js';
import type { System } from '#model/system.js';
import { plan } from '../../src/plan/plan.js';
import { readSystemFile } from '../../src/plan/read-system.js';
import { effectiveSettings } from '../../src/plan/settings.js';
import { goodSystem, requirement, smallBase } from './small-base.js';
import { validate } from './validator.js';

const { system, source } = readSystemFile(goodSystem, 'rampart.yaml', validate, smallBase);
const { settings: _, ...plain } = system;

function refused(changed: System, base = smallBase): RampartError {
  try {
    plan(changed, base, source);
  } catch (error) {
    assert.ok(error instanceof RampartError, String(error));
    return error;
  }
  assert.fail('a plan was made');
}

const settingOf = (changed: System, endpoint: string, id: string): Setting => {
  const found = plan(changed, smallBase)
    .endpoints.find((each) => each.endpoint.name === endpoint)
    ?.settings.find((each) => each.id === id);
  assert.ok(found);
  return found;
};

describe('planning a system', () => {
  it('takes requirements that apply to the kind and support a selected control, with only those controls', () => {
    const [bedrock, sagemaker] = plan(system, smallBase).endpoints;
    assert.deepEqual(
      bedrock?.requirements.map(({ id }) => id),
      ['key-rotation', 'log-group-retention', 'trail-retention'],
    );
    assert.deepEqual(
      sagemaker?.requirements.map(({ id }) => id),
      ['key-rotation', 'log-group-retention'],
    );
    assert.deepEqual(
      bedrock?.requirements[0]?.controls.map(({ id }) => id),
      ['sc-12'],
    );
  });

  it('merges demands and says why: requirement, parameter, user', () => {
    assert.deepEqual(settingOf(system, 'assistant', 'logging.retention-days'), {
      id: 'logging.retention-days',
      value: 731,
      description: 'Days logs are kept. Days trails are kept.',
      because: [
        { kind: 'requirement', requirement: 'log-group-retention', controls: ['au-11'], value: 365 },
        {
          kind: 'parameter',
          requirement: 'log-group-retention',
          parameter: 'au-11_odp',
          text: 'a time period in compliance with M-21-31',
        },
        { kind: 'requirement', requirement: 'trail-retention', controls: ['au-11'], value: 400 },
        { kind: 'user', value: 731 },
      ],
    });
    assert.equal(settingOf(plain, 'assistant', 'logging.retention-days').value, 400);
    assert.equal(settingOf(plain, 'summaries', 'logging.retention-days').value, 365);
  });

  it('chooses the baseline by the high-water mark, and the values that go with it', () => {
    const { baseline: _named, ...unnamed } = plain;
    const high = plan({ ...unnamed, impact: { ...plain.impact, availability: 'high' } }, smallBase);
    assert.equal(high.baseline, 'fedramp-rev5-high');
    assert.deepEqual(settingValues(high.endpoints[0]?.settings ?? []), {
      'encryption.rotation-days': 180,
      'logging.copies': 2,
      'logging.retention-days': 400,
      'logging.sources': ['api', 'data'],
    });
    assert.equal(plan(unnamed, smallBase).baseline, 'fedramp-rev5-moderate');
    assert.match(
      refused({ ...plain, impact: { ...plain.impact, integrity: 'high' } }).message,
      /moderate impact, but the high-water mark of this system is high/,
    );
  });

  it('accepts tighter overrides', () => {
    const tight = { 'logging.sources': ['model', 'data', 'api'], 'encryption.rotation-days': 90 };
    const settings = settingValues(plan({ ...plain, settings: tight }, smallBase).endpoints[0]?.settings ?? []);
    assert.deepEqual(settings['logging.sources'], ['api', 'data', 'model']);
    assert.equal(settings['encryption.rotation-days'], 90);
  });

  const loose: [name: string, settings: NonNullable<System['settings']>, expected: RegExp][] = [
    [
      'a looser number',
      { 'logging.retention-days': 180 },
      /"logging.retention-days": 180 is looser than the plan allows: log-group-retention \(AU-11\) needs at least 365; trail-retention \(AU-11\) needs at least 400. Use at least 400, or leave it out\./,
    ],
    [
      'a number met by one requirement only',
      { 'logging.retention-days': 365 },
      /365 is looser than the plan allows: trail-retention \(AU-11\) needs at least 400\. Use/,
    ],
    ['a looser limit', { 'encryption.rotation-days': 366 }, /key-rotation \(SC-12\) needs at most 365/],
    [
      'a shorter list',
      { 'logging.sources': ['api'] },
      /"logging.sources": \["api"\] is looser .* needs all of \[api, data\]/,
    ],
    [
      'a value the service does not take',
      { 'logging.retention-days': 500 },
      /500 is not among 90, 180, 365, 400, 731. The next tighter value is 731\./,
    ],
    ['a value outside the range', { 'encryption.rotation-days': 30 }, /30 is outside 90 to 365/],
    ['a value of another type', { 'logging.retention-days': 'long' }, /"long" is not of type integer/],
    ['a setting that does nothing here', { 'logging.copies': 5 }, /"logging.copies" has no effect/],
  ];
  for (const [name, settings, expected] of loose) {
    it(`refuses ${name}`, () => {
      const error = refused({ ...plain, settings });
      assert.equal(error.code, 'RAMPART_PLAN_IMPOSSIBLE');
      assert.equal(error.exit, 'input');
      assert.match(error.problems.map(({ message }) => message).join('\n'), expected);
    });
  }

  it('points at the override', () => {
    const { position } = refused({ ...plain, settings: { 'logging.retention-days': 180 } });
    assert.deepEqual(position, { file: 'rampart.yaml', line: 26, column: 27 });
  });

  it('names the requirements that clash', () => {
    const demand = { type: 'string', combine: 'equal', description: 'x' } as const;
    const base = {
      ...smallBase,
      requirements: [
        requirement('one', { settings: { 'a.b': { ...demand, default: 'p' } } }),
        requirement('two', { settings: { 'a.b': { ...demand, default: 'q' } } }),
      ],
    };
    const error = refused(plain, base);
    assert.equal(error.code, 'RAMPART_SETTING_CLASH');
    assert.match(error.message, /one and two clash: p and q cannot both be met/);
  });

  it('refuses a plan that would judge nothing', () => {
    const error = refused(plain, {
      ...smallBase,
      requirements: [requirement('x', { controls: [{ id: 'zz-1', basis: 'own' }] })],
    });
    assert.equal(error.exit, 'nothingJudged');
  });

  it('gives the same plan for requirements in any order', () => {
    const reversed = { ...smallBase, requirements: [...smallBase.requirements].reverse() };
    assert.deepEqual(JSON.stringify(plan(system, reversed)), JSON.stringify(plan(system, smallBase)));
  });

  it('knows the settings of a baseline without a system', () => {
    assert.deepEqual(effectiveSettings(smallBase, 'fedramp-rev5-moderate'), {
      'encryption.rotation-days': 365,
      'logging.retention-days': 400,
      'logging.sources': ['api', 'data'],
    });
    assert.throws(() => effectiveSettings(smallBase, 'fedramp-rev5-hihg'), /Did you mean fedramp-rev5-high\?/);
  });
});
