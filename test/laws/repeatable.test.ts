import assert from 'node:assert/strict';
import { formats } from '#report/formats/index.js';
import { Desk } from '../scenarios/command-line.js';

/** Law 6: same inputs, same bytes, whatever the clock, the time zone, the language and the order of the arguments. */
describe('the same inputs give the same bytes', function () {
  this.timeout(120_000);
  const desk = new Desk('both');
  before(() => {
    desk.write('a.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
    desk.write('b.yaml', 'Resources:\n  K: {Type: AWS::KMS::Key}\n  B: {Type: AWS::S3::Bucket}\n');
  });
  after(() => desk.clear());

  const here = { TZ: 'UTC', LC_ALL: 'C', SOURCE_DATE_EPOCH: '1700000000' };
  const there = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };

  // Some formats have to say when they were made.
  const pinned = { SOURCE_DATE_EPOCH: here.SOURCE_DATE_EPOCH };

  for (const format of formats.keys()) {
    it(`check --format ${format}`, () => {
      const one = desk.rampart(['check', 'a.yaml', 'b.yaml', '--format', format], here);
      const two = desk.rampart(['check', 'b.yaml', 'a.yaml', '--format', format], { ...there, ...pinned });
      assert.equal(one.exit, 1, one.stderr);
      assert.ok(one.stdout.length > 500);
      assert.equal(two.stdout, one.stdout);
    });
  }

  for (const args of [
    ['plan', '--json'],
    ['plan'],
    ['controls', 'coverage'],
    ['explain', 'kms-key-rotation'],
    ['render', '--explain'],
    ['render', '--target', 'terraform', '--explain'],
  ]) {
    it(args.join(' '), () => {
      const one = desk.rampart(args, here);
      const two = desk.rampart(args, there);
      assert.equal(one.exit, 0, one.stderr);
      assert.ok(one.stdout.length > 200);
      assert.equal(two.stdout, one.stdout);
    });
  }
});
