import assert from 'node:assert/strict';
import type { Verdict } from '#model/verdict.js';
import { historyText } from '#report/ledger.js';

const entry = (systemId: string, sequence: number, controls: Readonly<Record<string, Verdict>>) => ({
  collectedAt: `2026-11-0${sequence}T00:00:00Z`,
  systemId,
  environment: 'production',
  sequence,
  bundle: 'ab'.repeat(32),
  signedBy: ['k'],
  verdict: 'PASSED',
  controls,
});

const reach = (systemId: string, longestGap: number) => ({
  systemId,
  environment: 'production',
  from: '2026-11-01',
  to: '2026-11-02',
  longestGap,
  asked: [{ rule: 'FRC-CSX-MOT', class: 'c', months: 6, isCovered: false }],
});

const at = (state: Verdict | 'not-judged') => ({
  state,
  passing: Number(state === 'pass'),
  judged: Number(state !== 'not-judged'),
});

describe('the history of a ledger', () => {
  it('is told of each system by itself', () => {
    const text = historyText({
      reaches: [reach('a', 1), reach('b', 20)],
      entries: [
        entry('a', 1, { 'ac-3': 'pass' }),
        entry('b', 1, { 'ac-3': 'fail' }),
        entry('a', 2, { 'ac-3': 'pass' }),
      ],
      controls: { 'ac-3': ['pass', 'fail', 'pass'] },
      indicators: {
        'KSI-X': [at('pass'), at('fail'), at('pass')],
        'KSI-Y': [at('not-judged'), at('fail'), at('not-judged')],
      },
    });
    assert.doesNotMatch(text, /→ fail|fail →/);
    assert.match(
      text,
      /^2 bundles\n.* a\/production 1 .*\n.* a\/production 2 .*\n[\s\S]*KSI-X +supported 1\/1 → supported 1\/1\n/,
    );
    assert.match(text, /\n1 bundle\n.* b\/production 1 [\s\S]*KSI-X +fail 0\/1\n +KSI-Y +fail 0\/1\n/);
    assert.equal(text.match(/KSI-Y/g)?.length, 1);
    assert.match(
      text,
      /\na\/production from 2026-11-01 to 2026-11-02, at most 1 day without a bundle\n[\s\S]*\n1 bundle\n/,
    );
    assert.match(
      text,
      /\n1 bundle\n[\s\S]*\nb\/production .*, at most 20 days without a bundle\n {2}FRC-CSX-MOT asks Class C/,
    );
    assert.equal(text.match(/No control changed\./g)?.length, 2);
  });

  it('says that controls are supported in part, and of none that it passes', () => {
    const text = historyText({
      reaches: [],
      entries: [entry('a', 1, { 'ac-3': 'pass', 'ac-4': 'fail' })],
      controls: { 'ac-3': ['pass'], 'ac-4': ['fail'] },
      indicators: { 'KSI-X': [at('pass')] },
    });
    assert.match(text, /1 of 2 controls judged are supported in part/);
    assert.doesNotMatch(text, /pass\b/);
  });
});
