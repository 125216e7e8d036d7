import assert from 'node:assert/strict';
import type { Context } from '#check/context.js';
import { engine } from '#check/engine.js';
import { dictOf, type Unknown, type Value } from '#model/value.js';

const context = {
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  settings: {},
} as unknown as Context;

const known = (value: string | number | boolean): Value => ({ kind: 'scalar', value, at: 0 });
const given: Value = { kind: 'scalar', value: 'hunter2', sensitive: true, given: true, at: 0 };
const absent: Value = { kind: 'absent', at: 0 };
const elsewhere: Unknown = { kind: 'unknown', settledBy: 'a dynamic reference', at: 0 };
const shown: Unknown = { kind: 'unknown', settledBy: 'parameter P', shown: true, at: 0 };
const later: Unknown = { kind: 'unknown', settledBy: 'x', from: null, at: 0 };
const left: Unknown = { kind: 'unknown', settledBy: 'x', from: null, unset: true, at: 0 };
const text = (...parts: (string | Unknown)[]): Value => ({ kind: 'text', parts, at: 0 });
const packed = (...parts: (string | Unknown)[]): Value => ({ ...elsewhere, encodes: { kind: 'text', parts, at: 0 } });
const list = (...items: Value[]): Value => ({ kind: 'list', items, at: 0 });
const object = (entries: Readonly<Record<string, Value>>, open?: Unknown): Value =>
  dictOf(Object.keys(entries), (key) => entries[key] ?? open ?? absent, 0, open);

const spells = { 'spells-secret': true };
const holds = { 'holds-secret': true };
const whereSpelt = { 'holds-secret': 'where-spelt' };
const names = { 'names-secret': true };
const none = { entries: { none: { name: names, value: spells } } };

const rows: readonly [predicate: object, value: Value, verdict: string][] = [
  [spells, known('changeme'), 'pass'],
  [spells, known(12345678), 'pass'],
  [spells, known(true), 'fail'],
  [spells, known(''), 'fail'],
  [spells, known('/run/secrets/db'), 'fail'],
  [spells, given, 'fail'],
  [spells, absent, 'fail'],
  [spells, elsewhere, 'fail'],
  [spells, { kind: 'reference', to: 'Secret', at: 0 }, 'fail'],
  [spells, shown, 'unknown'],
  [spells, later, 'unknown'],
  [spells, left, 'fail'],
  [spells, text(elsewhere, '-password'), 'unknown'],
  [spells, text('{"user":"', shown, '","password":"', elsewhere, '"}'), 'fail'],
  [spells, text('{"user":"', shown, '","password":"hunter2"}'), 'pass'],
  [spells, text('{"user":"a","password":"', shown, '"}'), 'unknown'],
  [spells, text('arn:', elsewhere, ':secretsmanager:', shown), 'fail'],
  [holds, known('export DB_PASSWORD=hunter2'), 'pass'],
  [holds, known('ZXhwb3J0IERCX1BBU1NXT1JEPWh1bnRlcjI='), 'pass'],
  [holds, known('echo'), 'fail'],
  [holds, absent, 'fail'],
  [holds, elsewhere, 'fail'],
  [holds, shown, 'unknown'],
  [holds, later, 'unknown'],
  [holds, left, 'fail'],
  [holds, text('export DB_PASSWORD=', elsewhere), 'fail'],
  [holds, text('export DB_PASSWORD=', shown), 'unknown'],
  [holds, text('export DB_PASSWORD=hunter2 X=', shown), 'pass'],
  [holds, text('export REGION=', shown), 'fail'],
  [holds, packed('curl -u u:hunter2 ', elsewhere), 'pass'],
  [holds, packed('curl ', elsewhere), 'fail'],
  [holds, text('ZXhwb3J0IERCX1BB\r\n', shown), 'unknown'],
  [holds, text(`${'ZXhwb3J0IERCX1BB'.repeat(4)} `, shown, ' ', 'U1NXT1JEPWh1bnRl'), 'unknown'],
  [holds, text('install the packages ', shown, ' and start'), 'fail'],
  [whereSpelt, list(known('server'), known('--password'), known('hunter2')), 'pass'],
  [whereSpelt, list(known('server'), known('--password'), elsewhere), 'fail'],
  [whereSpelt, list(known('server'), known('--password'), shown), 'unknown'],
  [whereSpelt, list(known('server'), known('--port'), shown), 'fail'],
  [whereSpelt, list(known('--password'), given), 'fail'],
  [whereSpelt, known('https://u:hunter2@host/'), 'pass'],
  [whereSpelt, shown, 'fail'],
  [whereSpelt, later, 'fail'],
  [names, known('DB_PASSWORD'), 'pass'],
  [names, known('SECRET_ARN'), 'fail'],
  [names, absent, 'fail'],
  [names, elsewhere, 'unknown'],
  [none, object({ MAX_TOKENS: known('512'), API_KEY: elsewhere }), 'pass'],
  [none, object({ API_KEY: known('hunter2') }), 'fail'],
  [none, object({ API_KEY: shown }), 'unknown'],
  [none, object({ A: known('a') }, elsewhere), 'unknown'],
  [none, object({}), 'pass'],
  [none, absent, 'pass'],
  [none, elsewhere, 'unknown'],
  [none, known('a'), 'fail'],
];

describe('predicates of secrets', () => {
  for (const [index, [predicate, value, verdict]] of rows.entries()) {
    it(`${index + 1}. ${JSON.stringify(predicate)} of ${JSON.stringify(value)}: ${verdict}`, () => {
      assert.equal(engine.predicate(value, predicate, context).verdict, verdict);
    });
  }

  it('what they find is not quoted', () => {
    for (const predicate of [spells, holds, whereSpelt]) {
      const { reason } = engine.predicate(
        known('https://u:hunter2@host/'),
        { not: predicate },
        { ...context, secret: true },
      );
      assert.doesNotMatch(reason, /hunter2/);
    }
  });

  it('take no other argument', () => {
    for (const predicate of ['spells-secret', 'holds-secret', 'names-secret', 'entries']) {
      assert.throws(() => engine.predicate(known('a'), { [predicate]: false }, context), { name: 'RequirementFault' });
    }
  });
});
