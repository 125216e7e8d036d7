import assert from 'node:assert/strict';
import { shells } from '#model/shell.js';
import { type Completed, completionScript } from '#report/completion.js';

const command = (summary: string, more: Partial<Completed> = {}): Completed => ({
  words: ['check'],
  summary,
  flags: [],
  values: [],
  ...more,
});

describe('a script of completions', () => {
  for (const shell of shells) {
    it(`of ${shell} runs nothing that a description says`, () => {
      const hostile = "'; touch /tmp/owned; $(touch x) `touch y` \\";
      const script = completionScript(shell, 'rampart', [
        command(hostile, { flags: [{ name: 'f', summary: hostile, takesValue: true, values: [hostile] }] }),
      ]);
      // Out of every quotation the text is closed, a quote put in, and opened again.
      const bare = script.replace(shell === 'fish' ? /\\[\\']/g : /'\\''/g, '').replace(/'[^']*'/g, '');
      assert.doesNotMatch(bare, /touch/);
    });

    it(`of ${shell} is the same whatever order commands come in`, () => {
      const commands = [command('a'), command('b', { words: ['waiver', 'add'] }), command('c', { words: ['plan'] })];
      assert.equal(
        completionScript(shell, 'rampart', commands),
        completionScript(shell, 'rampart', [...commands].reverse()),
      );
    });
  }
});
