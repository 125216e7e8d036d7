import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { Desk, program } from './command-line.js';

describe('the ledger', function () {
  this.timeout(180_000);
  const desk = new Desk();
  after(() => desk.clear());
  const template = 'deploy/chat.template.yaml';
  const trust = ['--trust', 'rampart.trust.json'];
  const seal = (name: string, ...more: string[]) => {
    const made = desk.rampart(['evidence', 'create', 'deploy', '--key', 'rampart.key.pem', '--out', name, ...more]);
    assert.equal(made.exit, 0, made.stderr);
    return made.stdout.trim();
  };
  const add = (name: string, ledger = 'ledger.jsonl') => desk.rampart(['ledger', 'add', ledger, name, ...trust]);
  const verify = (...more: string[]) => desk.rampart(['ledger', 'verify', ...more]);
  const ids: string[] = [];
  const heads: string[] = [];

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    const good = desk.read(template);
    for (const number of [1, 2, 3]) {
      const weak = good.replace('EnableKeyRotation: true', 'EnableKeyRotation: false');
      desk.write(template, number === 2 ? weak : good);
      ids.push(seal(`${number}.evb.tar`, '--state', 'state.json'));
    }
    for (const number of [1, 2, 3]) {
      const { exit, stdout, stderr } = add(`${number}.evb.tar`);
      assert.equal(exit, 0, stderr);
      heads.push(stdout.trim());
    }
  });

  it('shows verdicts, controls and indicators over time', () => {
    const { stdout } = desk.rampart(['ledger', 'history', 'ledger.jsonl', '--json']);
    const { entries, controls, indicators } = JSON.parse(stdout);
    const verdicts = entries.map((entry: { verdict: string }) => entry.verdict);
    assert.deepEqual(verdicts, ['PASSED', 'FAILED', 'PASSED']);
    assert.deepEqual(controls['sc-12'], ['pass', 'fail', 'pass']);
    const states = Object.values(indicators) as { state: string }[][];
    assert.ok(states.length > 5 && states.every((each) => each.length === 3));
    assert.ok(states.some(([a, b, c]) => a?.state === 'pass' && b?.state === 'fail' && c?.state === 'pass'));
    const text = desk.rampart(['ledger', 'history', 'ledger.jsonl']).stdout;
    assert.match(text, /FAILED .*\n(.*\n)*.*SC-12 +supported → fail → supported/);
  });

  it('says whether the history goes back as far as FedRAMP asks a class to show', () => {
    const [first] = desk.read('ledger.jsonl').split('\n');
    const collected = new Date(JSON.parse(first ?? '').collectedAt ?? JSON.parse(first ?? '').entry?.collectedAt);
    const later = (months: number, days: number): string => {
      const day = new Date(collected);
      day.setUTCMonth(day.getUTCMonth() + months);
      return String(Math.ceil(day.getTime() / 1000) + days * 86_400);
    };
    const covered = (epoch: string) => {
      const { stdout } = desk.rampart(['ledger', 'history', 'ledger.jsonl', '--json'], { SOURCE_DATE_EPOCH: epoch });
      const [reach, ...more] = JSON.parse(stdout).reaches;
      assert.deepEqual(more, []);
      return [reach.longestGap, ...reach.asked.map((one: { class: string; isCovered: boolean }) => one.isCovered)];
    };
    const [gap, ...early] = covered(later(5, 20));
    assert.ok(gap > 160 && gap < 180, String(gap));
    assert.deepEqual(early, [false, false]);
    assert.deepEqual(covered(later(6, 2)).slice(1), [true, false]);
    assert.deepEqual(covered(later(18, 2)).slice(1), [true, true]);
    const { stdout } = desk.rampart(['ledger', 'history', 'ledger.jsonl']);
    assert.match(stdout, /FRC-CSX-MOT asks Class D for 18 months: it does not go back that far/);
  });

  it('finds every changed byte, line taken away and line out of place', () => {
    const text = desk.read('ledger.jsonl');
    assert.equal(verify('ledger.jsonl', '--head', heads[2] ?? '').exit, 0);
    const refuses = (changed: string, why: string, exit = 5) => {
      desk.write('bad.jsonl', changed);
      assert.equal(verify('bad.jsonl', '--head', heads[2] ?? '').exit, exit, why);
    };
    const lines = text.split('\n').slice(0, -1);
    refuses(text.replace('"FAILED"', '"PASSED"'), 'a verdict made better');
    refuses(`${lines[0]}\n${lines[2]}\n`, 'a line taken out');
    refuses(`${lines[1]}\n${lines[0]}\n${lines[2]}\n`, 'lines exchanged');
    refuses(text.slice(0, -1), 'cut off', 3);
    refuses(`${lines[1]}\n${lines[2]}\n`, 'the first line taken away');
    refuses(`${text}${lines[2]}\n`, 'a line twice');
    refuses(`${lines[0]}\n${lines[1]}\n`, 'the last line taken away');
    desk.write('short.jsonl', `${lines[0]}\n${lines[1]}\n`);
    assert.equal(verify('short.jsonl').exit, 0, 'which only the head that was kept shows');
    assert.match(verify('short.jsonl').stdout, /note: lines taken from its end.*\(--head\)/);
    assert.match(verify('short.jsonl', '--head', heads[2] ?? '').stdout, /lines were taken away/);
    const other = (heads[1] ?? '').replace(/.$/, (c) => (c === '0' ? '1' : '0'));
    assert.match(verify('ledger.jsonl', '--head', other).stdout, /written anew/);
  });

  it('proves what is in it to someone who has only the head', () => {
    desk.write('proof.json', desk.rampart(['ledger', 'prove', 'ledger.jsonl', '--bundle', ids[1] ?? '']).stdout);
    const held = verify('--proof', 'proof.json', '--head', heads[2] ?? '');
    assert.equal(held.exit, 0);
    assert.ok(
      held.stdout.includes(`of    line 2 of 3 is of bundle sha256:${(ids[1] ?? '').replace('sha256:', '')}`),
      held.stdout,
    );
    const other = verify('--proof', 'proof.json', '--head', heads[1] ?? '');
    assert.equal(other.exit, 5);
    assert.doesNotMatch(other.stdout, /^of /m, 'what does not hold proves nothing');
    const better = desk.read('proof.json').replace('FAILED', 'PASSED');
    assert.notEqual(better, desk.read('proof.json'));
    desk.write('proof.json', better);
    assert.equal(verify('--proof', 'proof.json', '--head', heads[2] ?? '').exit, 5);
    desk.write('grown.json', desk.rampart(['ledger', 'prove', 'ledger.jsonl', '--from', '2']).stdout);
    assert.match(
      verify('--proof', 'grown.json', '--head', heads[1] ?? '').stdout,
      /a ledger of 3 lines begins with the 2 it had/,
    );
    assert.equal(verify('--proof', 'grown.json', '--head', heads[0] ?? '').exit, 5);
    assert.equal(verify('--proof', 'grown.json').exit, 2);
    assert.equal(verify().exit, 2);
  });

  it('takes only what is verified, once, in order, and names each missing link', () => {
    assert.match(add('1.evb.tar').stderr, /RAMPART_IN_LEDGER/);
    assert.equal(desk.rampart(['ledger', 'add', 'ledger.jsonl', '1.evb.tar']).exit, 5, 'no trust policy');
    assert.equal(add('3.evb.tar', 'gap.jsonl').exit, 0);
    const { exit, stdout } = verify('gap.jsonl');
    assert.equal(exit, 0);
    assert.match(stdout, /missing: number 1 of .*\n +missing: number 2 of /);
    assert.match(add('2.evb.tar', 'gap.jsonl').stderr, /RAMPART_LEDGER_CHAIN/);
  });

  it('says of each bundle nobody vouched for that it is so, and of a chain that it breaks off', () => {
    const intact = desk.rampart(['ledger', 'add', 'mixed.jsonl', '1.evb.tar', '--allow-intact']);
    assert.equal(intact.exit, 0, intact.stderr);
    assert.match(intact.stderr, /Nobody vouches for it: its signature was not checked/);
    assert.match(intact.stderr, /first of its chain.*--state/);
    const gap = add('3.evb.tar', 'mixed.jsonl');
    assert.doesNotMatch(gap.stderr, /vouches|--state/);
    assert.match(gap.stderr, /Never added: number 2 of /);
    const [, first, last] = desk.rampart(['ledger', 'history', 'mixed.jsonl']).stdout.split('\n');
    assert.match(first ?? '', / nobody vouched for it$/);
    assert.doesNotMatch(last ?? '', /vouched/);
  });

  it('holds against no head of nothing but that of nothing', () => {
    desk.write('none.jsonl', '');
    assert.equal(verify('none.jsonl', '--head', `0:${createHash('sha256').digest('hex')}`).exit, 0);
    assert.equal(verify('none.jsonl', '--head', `0:${'f'.repeat(64)}`).exit, 5);
  });

  it('loses no line when several write at once, and waits for a lock', async () => {
    const names = ['a', 'b', 'c'];
    for (const name of names) seal(`${name}.evb.tar`, '--environment', name);
    const runs = names.map((name) =>
      once(
        spawn(process.execPath, [program, 'ledger', 'add', 'busy.jsonl', `${name}.evb.tar`, ...trust], {
          cwd: desk.folder,
        }),
        'exit',
      ),
    );
    assert.deepEqual(
      (await Promise.all(runs)).map(([code]) => code),
      [0, 0, 0],
    );
    assert.match(verify('busy.jsonl').stdout, /^HOLDS\nhead {2}3:/);
    assert.ok(!existsSync(desk.path('busy.jsonl.lock')));
    rmSync(desk.path('busy.jsonl'));
  });
});
