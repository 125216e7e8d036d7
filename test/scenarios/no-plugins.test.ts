import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

/** oclif looks for plugins of the user's own, in the folder XDG_DATA_HOME names or below the home. */
describe('plugins of the user', function () {
  this.timeout(60_000);
  const desk = new Desk();
  before(() => mkdirSync(desk.path('data/rampart'), { recursive: true }));
  after(() => desk.clear());

  it('are not looked for: a home that cannot be read is no warning', () => {
    desk.write('data/rampart/package.json', 'not JSON');
    for (const args of [['explain', 'kms-key-rotation'], ['--version']]) {
      const { exit, stderr } = desk.rampart(args, { XDG_DATA_HOME: desk.path('data') });
      assert.equal(exit, 0);
      assert.equal(stderr, '');
    }
  });
});
