import assert from 'node:assert/strict';
import { progressLine } from '#io/progress.js';

describe('a progress line', () => {
  const stream = (isTTY: boolean, columns = 20) => {
    const written: string[] = [];
    return { isTTY, columns, written, write: (text: string) => written.push(text) };
  };

  it('replaces itself on a terminal, fits it, and leaves nothing', () => {
    const terminal = stream(true);
    const line = progressLine(terminal, {});
    for (const text of ['one', 'one', 'a text that is longer than the line']) line.show(text);
    line.clear();
    line.clear();
    assert.deepEqual(terminal.written, ['\r\u001b[Kone', '\r\u001b[Ka text that is long', '\r\u001b[K']);
  });

  it('takes a terminal that does not know its width for one of 80 columns', () => {
    const terminal = stream(true, 0);
    progressLine(terminal, {}).show('Looked at 1 of 200 keys');
    assert.deepEqual(terminal.written, ['\r\u001b[KLooked at 1 of 200 keys']);
  });

  it('says nothing in files, pipelines and dumb terminals', () => {
    for (const [isTTY, environment] of [
      [false, {}],
      [true, { CI: 'true' }],
      [true, { TERM: 'dumb' }],
    ] as const) {
      const silent = stream(isTTY);
      const line = progressLine(silent, environment);
      line.show('one');
      line.clear();
      assert.deepEqual(silent.written, []);
    }
  });
});
