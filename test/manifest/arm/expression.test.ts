import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expressionIn, parseExpression, spell, unescaped } from '../../../src/manifest/arm/expression.js';
import { ExpressionFault } from '../../../src/manifest/arm/tokens.js';

describe('an expression of an ARM template', () => {
  it('is a string in brackets; a doubled bracket stands for itself', () => {
    assert.equal(expressionIn("[parameters('a')]"), "parameters('a')");
    assert.equal(expressionIn('[not closed'), undefined);
    assert.equal(expressionIn('[[text]'), undefined);
    assert.equal(unescaped('[[text]'), '[text]');
    assert.equal(unescaped('[not closed'), '[not closed');
    assert.equal(unescaped('plain'), 'plain');
  });

  it('has calls, members, indices, namespaces and doubled quotes', () => {
    for (const text of [
      "concat('it''s', parameters('a').b[0]['c d'])",
      "contoso.uniqueName('x', -3)",
      "parameters('a').?b[?0]",
      'resourceGroup().location',
    ]) {
      assert.equal(spell(parseExpression(text)), text);
    }
    assert.deepEqual(parseExpression("'it''s'"), { kind: 'literal', value: "it's" });
  });

  it('that is none is refused with its place', () => {
    for (const [text, at] of [
      ["concat('a'", 10],
      ["concat('a' 'b')", 11],
      ['concat', 6],
      ["'open", 0],
      ['a() b()', 4],
      ['a(,)', 2],
      ['a().', 4],
      ['{}', 0],
      ['', 0],
    ] as const) {
      assert.throws(
        () => parseExpression(text),
        (error) => error instanceof ExpressionFault && error.at === at,
        text,
      );
    }
  });

  it('is refused when it is too deep or too long', () => {
    assert.throws(() => parseExpression(`${'a('.repeat(5000)}${')'.repeat(5000)}`), /nested deeper/);
    assert.throws(() => parseExpression(`'${'a'.repeat(30_000)}'`), /longer than/);
    assert.throws(() => parseExpression(`a()${'.b'.repeat(5000)}`), /steps/);
  });

  it('never makes the parser do anything but answer or refuse', () => {
    const piece = fc.constantFrom('a', '(', ')', '[', ']', ',', '.', '.?', '[?', "'", "''", '-1', '0', ' ', '$', 'é');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          let parsed: ReturnType<typeof parseExpression>;
          try {
            parsed = parseExpression(text);
          } catch (error) {
            assert.ok(error instanceof ExpressionFault, String(error));
            assert.ok(error.at >= 0 && error.at <= text.length);
            return;
          }
          assert.equal(typeof spell(parsed), 'string');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
