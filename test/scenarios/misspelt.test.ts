import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

describe('a misspelt command line', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  for (const [args, meant] of [
    [['chek', '.'], 'Did you mean rampart check?'],
    [['controls', 'covrage'], 'Did you mean rampart controls coverage?'],
    [['chek', '--help'], 'Did you mean rampart check?'],
    [['waiver', 'ad', '--help'], 'Did you mean rampart waiver add? See: rampart waiver --help'],
    [['check', '.', '--fromat', 'json'], 'Did you mean --format?'],
    [['check', '.', '--baseline', 'fedramp-rev5-moderat'], 'Did you mean fedramp-rev5-moderate?'],
    [['explain', 'kms-key-rotatoin'], 'Did you mean kms-key-rotation?'],
  ] as const)
    it(`rampart ${args.join(' ')}: ${meant}`, () => {
      const { exit, stderr, stdout } = desk.rampart(args);
      assert.equal(exit, 2, stderr);
      assert.equal(stdout, '');
      assert.ok(stderr.includes(meant), stderr);
    });

  it('is no bug of the program', () => {
    const wrong = [
      ['check', '.', '--format'],
      ['check', '.', '--fail-on'],
      ['check', '.', '--threads', '0'],
      ['check', '.', '--threads', 'x'],
      ['check'],
    ];
    for (const words of wrong) {
      const { exit, stderr } = desk.rampart(words);
      assert.equal(exit, 2, `${words.join(' ')}\n${stderr}`);
      assert.doesNotMatch(stderr, /\n +at /);
    }
  });

  it('is not guessed at when nothing is near', () => {
    const { exit, stderr } = desk.rampart(['zzzzzzzz']);
    assert.equal(exit, 2);
    assert.ok(!stderr.includes('Did you mean'), stderr);
    assert.ok(stderr.includes('There are: '), stderr);
  });

  it('cannot write on the terminal', () => {
    const { exit, stderr } = desk.rampart(['\u001b[31mx']);
    assert.equal(exit, 2);
    assert.ok(!stderr.includes('\u001b'), JSON.stringify(stderr));
  });
});
