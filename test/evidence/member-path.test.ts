import assert from 'node:assert/strict';
import { assertPaths, pathProblem, quote, splitForUstar, twinProblems } from '../../src/evidence/member-path.js';

describe('paths of a bundle', () => {
  for (const path of [
    'a',
    'inputs/rampart.yaml',
    'ein/Prüfbericht.json',
    'x/.hidden',
    'a..b/c',
    `${'d'.repeat(155)}/f`,
    'x'.repeat(255),
    `${'d'.repeat(156)}/${'f'.repeat(100)}`,
    'd/'.repeat(31).concat('f'),
  ]) {
    it(`accepts ${quote(path)}`, () => assert.equal(pathProblem(path), undefined));
  }

  const bad = [
    '',
    '/etc/passwd',
    '../x',
    'a/../b',
    'a/./b',
    '.',
    'a//b',
    'a/',
    'a\\b',
    'C:/x',
    'a\0b',
    'a\nb',
    'a\u001b[2Jb',
    'a\u007fb',
    'a\u0085b',
    'a\u202eb',
    'a\u200bb',
    'a\u2028b',
    'a\ud800',
    'u\u0308ber',
    'a/b.',
    'a./b',
    'b ',
    'CON',
    'x/aux.txt',
    'a?b',
    'x'.repeat(256),
    '\u00fc'.repeat(128),
    `${'d'.repeat(200)}/`.repeat(6).concat('f'),
    `${'d/'.repeat(32)}f`,
  ];
  for (const path of bad) {
    it(`refuses ${quote(path)}`, () => {
      assert.notEqual(pathProblem(path), undefined);
      assert.throws(() => assertPaths([path]), { code: 'RAMPART_MEMBER_PATH' });
    });
  }

  const twins: [string, string][] = [
    ['a', 'a'],
    ['a/B', 'a/b'],
    ['A/x', 'a/y'],
    ['\u00fcber', 'u\u0308ber'],
    ['stra\u00dfe', 'STRASSE'],
    ['\ufb01le', 'file'],
    ['\u212a', 'k'],
    ['\u03c3', '\u03c2'],
    ['a', 'a/b'],
    ['a/b', 'A'],
  ];
  for (const [one, other] of twins) {
    it(`sees that ${quote(one)} and ${quote(other)} collide`, () => {
      assert.equal(twinProblems([one, other]).length, 1);
      assert.equal(twinProblems([other, one]).length, 1);
    });
  }

  it('lets neighbours be', () => assert.deepEqual(twinProblems(['a/b', 'a/c', 'ab', 'b/a']), []));

  it('cuts a long name at the first slash that leaves at most 100 bytes', () => {
    const split = splitForUstar(`${'d'.repeat(60)}/${'e'.repeat(40)}/${'f'.repeat(50)}`);
    assert.equal(split?.prefix.length, 60);
    assert.equal(split?.name.length, 91);
  });

  it('prints hostile names without letting them steer the terminal', () => {
    assert.match(quote('a\u001b[31m\u202e'), /^"a\\u001b\[31m\\u\{202e\}"$/);
  });
});
