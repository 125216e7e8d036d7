import { ok } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { base } from './base.js';

/** What is used of recheck, which finds a text that makes a regular expression slow. `.ci/run` puts it on NODE_PATH: it is large. */
interface Recheck {
  checkSync(
    pattern: string,
    flags: string,
    options: { timeout: number },
  ): {
    status: 'safe' | 'vulnerable' | 'unknown';
    attack?: { pumps: { prefix: string; pump: string }[]; suffix: string };
  };
}

const longest = 200_000;

function recheck(): Recheck | undefined {
  try {
    return createRequire(import.meta.url)('recheck') as Recheck;
  } catch {
    return undefined;
  }
}

/** Every pattern a requirement holds texts of a manifest against. */
const patterns = new Map<string, string>();
const collect = (value: unknown, id: string): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'matches' && typeof inner === 'string') patterns.set(inner, id);
    else collect(inner, id);
  }
};
for (const { id, expect } of base.requirements) collect(expect, id);

type Attack = NonNullable<ReturnType<Recheck['checkSync']>['attack']>;

/** Whether a pattern takes a second with a text of the kind that is worst for it. The text grows slowly: with some, each letter doubles the time. */
function isSlow(pattern: string, { pumps, suffix }: Attack): boolean {
  const expression = new RegExp(pattern, 'u');
  for (let length = 20; length <= longest; length = Math.ceil(length * 1.2)) {
    const share = length / pumps.length;
    const pumped = pumps.map(({ prefix, pump }) => prefix + pump.repeat(Math.ceil(share / pump.length)));
    const start = performance.now();
    expression.test(`${pumped.join('')}${suffix}`);
    if (performance.now() - start > 1000) return true;
  }
  return false;
}

describe('patterns of requirements', function () {
  this.timeout(300_000);

  it('take no long time with any text', function () {
    const checker = recheck();
    if (!checker) {
      process.stderr.write('      skipped: recheck is not on NODE_PATH, so no slow texts were looked for\n');
      return this.skip();
    }
    ok(patterns.size > 100);
    const slow: string[] = [];
    for (const [pattern, id] of patterns) {
      const { status, attack } = checker.checkSync(pattern, 'u', { timeout: 5000 });
      // Of a few it cannot tell in the time; that the square is taken of a part of bounded length is no harm.
      if (status === 'vulnerable' && attack && isSlow(pattern, attack)) slow.push(`${id}: ${pattern}`);
    }
    ok(slow.length === 0, slow.join('\n'));
  });

  for (const [kind, pattern] of Object.entries({ square: '\\s+$', double: '^(?:.|\\s)*x$' }))
    it(`are noticed where they take long: ${kind}`, function () {
      const checker = recheck();
      if (!checker) return this.skip();
      const { attack } = checker.checkSync(pattern, 'u', { timeout: 5000 });
      ok(attack && isSlow(pattern, attack));
    });
});
