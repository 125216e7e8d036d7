import assert from 'node:assert/strict';
import type { Observation } from '#model/observation.js';
import type { Result } from '#model/result.js';
import { notLookedAt } from '../../src/session/not-looked-at.js';

const result = (files: Result['files'] = []): Result =>
  ({ findings: [], files, boundary: { partition: 'p', regions: ['one', 'two'] } }) as unknown as Result;
const asked = (region?: string): Observation =>
  ({ probe: 'kms-key', outcome: 'denied', ...(region ? { region } : {}) }) as Observation;

describe('what was not looked at', () => {
  it('is the account, or each of its regions in which nothing was asked', () => {
    assert.deepEqual(notLookedAt(result()), ['The live account was not probed.']);
    assert.deepEqual(notLookedAt(result(), [asked('two')]), ['No call was made in one.']);
    assert.deepEqual(notLookedAt(result(), [asked('two'), asked('one')]), []);
    assert.deepEqual(notLookedAt(result(), [asked()]), []);
  });

  it('is each file that was not judged, with its digest where an ignore file left it out', () => {
    const row = (file: string, more: object) =>
      ({ file, status: 'ignored', resources: 0, notes: [], ...more }) as const;
    const files = [
      row('a', { notes: [{ message: 'left out by .rampartignore' }], sha256: 'f00' }),
      row('b', {}),
      row('c', { status: 'judged', notes: [{ message: 'x is not followed' }] }),
    ];
    assert.deepEqual(notLookedAt(result(files), [asked('one'), asked('two')]), [
      'a was not judged: left out by .rampartignore (SHA-256 f00).',
      'b was not judged.',
      'c: x is not followed',
    ]);
  });
});
