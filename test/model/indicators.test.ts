import assert from 'node:assert/strict';
import { type FedrampRules, judgedIndicators } from '../../src/model/fedramp-rules.js';
import { base } from '../controls/base.js';

const rules = (related?: FedrampRules['related']): FedrampRules => ({
  version: '1',
  date: '2026-01-01',
  source: 'x',
  families: {},
  rules: [],
  indicators: [
    { id: 'KSI-AAA-ONE', theme: 'A', name: 'One', classes: 'all', controls: ['ac-2'] },
    { id: 'KSI-AAA-TWO', theme: 'A', name: 'Two', classes: 'all', controls: [] },
  ],
  ...(related ? { related } : {}),
});

describe('an indicator', () => {
  it('is judged through what the publisher relates to it, and what Rampart does beside that', () => {
    const related = [
      { indicator: 'KSI-AAA-ONE', controls: ['ac-2', 'ac-3'], because: 'x' },
      { indicator: 'KSI-AAA-GONE', controls: ['ac-4'], because: 'y' },
    ];
    const [one, two] = judgedIndicators(rules(related));
    assert.deepEqual(one?.controls, ['ac-2', 'ac-3']);
    assert.deepEqual(one?.own, { controls: ['ac-3'], because: 'x' });
    assert.deepEqual(two?.controls, []);
    assert.equal(two?.own, undefined);
  });

  it('is the publisher’s alone where Rampart adds nothing', () => {
    assert.deepEqual(judgedIndicators(rules()), rules().indicators);
    const same = rules([{ indicator: 'KSI-AAA-ONE', controls: ['ac-2'], because: 'x' }]);
    assert.deepEqual(judgedIndicators(same), rules().indicators);
  });

  it('of the shipped rules is there, and has requirements, where Rampart relates controls to it', () => {
    const known = new Set(base.controls.map(({ id }) => id));
    for (const { indicator, controls } of base.rules.related ?? []) {
      const publisher = base.rules.indicators.find(({ id }) => id === indicator);
      assert.ok(publisher, indicator);
      for (const id of controls) {
        assert.ok(known.has(id), id);
        assert.ok(!publisher.controls.includes(id), `${indicator} is related to ${id} by the rules`);
        assert.ok(
          base.requirements.some((each) => each.controls.some((mapping) => mapping.id === id)),
          `nothing supports ${id}`,
        );
      }
      // Where the publisher's own controls are judged, they are what speaks for the indicator.
      const judged = (id: string) =>
        base.requirements.some((each) => each.controls.some((mapping) => mapping.id === id));
      assert.ok(!publisher.controls.some(judged), `${indicator} is judged without`);
    }
  });
});
