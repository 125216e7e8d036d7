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

  for (const [args, meant] of [
    [['plan', '--system', 'rampart.yml'], 'Did you mean rampart.yaml?'],
    [['check', 'rampatr.yaml'], 'Did you mean rampart.yaml?'],
    [['check', './rampart.yaml/x', 'rampatr.yaml'], 'Did you mean rampart.yaml?'],
    [['evidence', 'verify', 'rampart.yamlx/bundle.tar'], 'Did you mean rampart.yaml?'],
  ] as const)
    it(`may name a file beside one that is not there: rampart ${args.join(' ')}`, () => {
      const { exit, stderr, stdout } = desk.rampart(args);
      assert.equal(exit, 3, stderr);
      assert.ok(`${stdout}${stderr}`.includes(meant), `${stdout}${stderr}`);
    });

  it('names no file where none is near', () => {
    const { stderr, stdout } = desk.rampart(['check', 'qqqqqqqq.json']);
    assert.doesNotMatch(`${stdout}${stderr}`, /Did you mean/);
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
