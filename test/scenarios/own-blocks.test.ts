import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Desk } from './command-line.js';

const shipped = (name: string): string =>
  readFileSync(new URL(`../../templates/blocks/cloudformation/${name}.hbs`, import.meta.url), 'utf8');

describe('render --block', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());

  const render = (text: string, name = 'key') => {
    desk.write('own.hbs', text);
    return desk.rampart(['render', '--block', `${name}=own.hbs`, '--out', 'deploy', '--force']);
  };

  it('draws with a block of the user’s, and the gate passes it', () => {
    const own = shipped('key').replace('EnableKeyRotation: true', 'EnableKeyRotation: true # kept by the key team');
    assert.notEqual(own, shipped('key'));
    const { exit, stderr } = render(own);
    assert.equal(exit, 0, stderr);
    assert.match(readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8'), /# kept by the key team/);
  });

  it('does not write what the gate would not let through', () => {
    rmSync(desk.path('deploy'), { recursive: true });
    const { exit, stderr } = render(shipped('key').replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
    assert.equal(exit, 1);
    assert.match(stderr, /kms-key-rotation/);
    assert.match(stderr, /the template you overrode/);
    assert.equal(existsSync(desk.path('deploy')), false);
  });

  it('says what is wrong with a block: no template, a value there is none of, itself inside itself', () => {
    for (const [text, words] of [
      ['{{#if x}}', /own\.hbs:1:1: the block is no Handlebars template: [\s\S]*RAMPART_TEMPLATE_UNREADABLE/],
      ['{{nothing.here}}', /here[\s\S]*RAMPART_BLOCK_BROKEN/],
      ['{{> blocks/cloudformation/key}}', /RAMPART_BLOCK_BROKEN/],
      ['{{constructor.constructor "return process"}}', /RAMPART_BLOCK_BROKEN/],
    ] as const) {
      const { exit, stderr } = render(text);
      assert.equal(exit, 3, stderr);
      assert.match(stderr, words);
    }
  });

  it('knows which blocks there are', () => {
    const { exit, stderr } = render(shipped('key'), 'kee');
    assert.equal(exit, 2);
    assert.match(stderr, /Did you mean key\?/);
    assert.equal(desk.rampart(['render', '--block', 'key']).exit, 2);
    assert.equal(desk.rampart(['render', '--block', 'key=none.hbs']).exit, 3);
  });
});
