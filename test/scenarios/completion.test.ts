import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Desk } from './command-line.js';

/** What each shell offers after some words, the last of which is being typed. */
const asked: Readonly<Record<string, (script: string, words: readonly string[]) => [string, string[]]>> = {
  bash: (script, words) => [
    'bash',
    [
      '--norc',
      '-c',
      `source ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _rampart; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
  ],
  fish: (script, words) => ['fish', ['--no-config', '-c', `source ${script}; complete -C '${words.join(' ')}'`]],
  zsh: (script, words) => [
    'zsh',
    [
      '-f',
      '-c',
      // What would be shown is caught where it is handed to the shell.
      `compdef() { :; }; _files() { :; }; _describe() { print -l -- \${(P)@[-1]%%:*}; }
       source ${script}; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; PREFIX=$words[-1]; _rampart`,
    ],
  ],
};

describe('completion', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  for (const [shell, ask] of Object.entries(asked)) {
    describe(`of ${shell}`, () => {
      const offered = (...words: string[]): string[] => {
        const [program, args] = ask(desk.path('script'), ['rampart', ...words]);
        const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: desk.folder });
        assert.equal(stderr, '');
        assert.equal(status === 0 || stdout === '', true, stdout);
        const typed = words.at(-1) ?? '';
        const all = stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
        return all.filter((word) => word.startsWith(typed)).sort();
      };

      before(function () {
        const { exit, stdout, stderr } = desk.rampart(['completion', shell]);
        assert.equal(exit, 0, stderr);
        desk.write('script', stdout);
        if (spawnSync(shell, ['--version']).status === 0) return;
        process.stderr.write(`      skipped: ${shell} is not installed\n`);
        this.skip();
      });

      it('offers commands and topics', () => {
        assert.ok(['check', 'evidence', 'ledger'].every((word) => offered('').includes(word)));
        assert.deepEqual(offered('ev'), ['evidence']);
        assert.deepEqual(offered('evidence', 've'), ['verify']);
        assert.ok(offered('controls', '').includes('coverage'));
      });

      it('offers the flags of the command, wherever its arguments stand', () => {
        assert.deepEqual(offered('evidence', 'verify', '--re'), ['--rebuild']);
        assert.deepEqual(offered('evidence', 'verify', 'a.tar', '--tr'), ['--trust']);
        assert.deepEqual(offered('check', '--base'), ['--baseline', '--baseline-file']);
        assert.deepEqual(offered('plan', '--rebu'), []);
      });

      it('offers the values there are, of flags and of arguments', () => {
        assert.deepEqual(offered('controls', 'coverage', '--format', ''), ['csv', 'human', 'json', 'markdown']);
        assert.deepEqual(offered('completion', 'z'), ['zsh']);
      });
    });
  }

  it('is for shells that there are', () => {
    const { exit, stderr } = desk.rampart(['completion', 'tcsh']);
    assert.equal(exit, 2);
    assert.match(stderr, /bash, zsh, fish/);
  });
});
