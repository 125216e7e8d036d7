import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { listFiles } from '#io/files.js';
import { scratch, unprivileged } from './scratch.js';

describe('listing files', () => {
  const folder = scratch();
  const tree = (...paths: string[]): string => {
    const root = folder();
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    return root;
  };
  const names = (root: string, paths: readonly string[]) => paths.map((path) => relative(root, path));

  it('goes into folders and sorts by bytes', () => {
    // U+FF5E sorts before U+1F600 by bytes, after it by UTF-16 units.
    const root = tree('b.yaml', 'a/z.yaml', 'a.yaml', 'B.yaml', '\u{1f600}.yaml', '\uff5e.yaml');
    const { files, problems } = listFiles([root]);
    assert.deepEqual(names(root, files), ['B.yaml', 'a.yaml', 'a/z.yaml', 'b.yaml', '\uff5e.yaml', '\u{1f600}.yaml']);
    assert.deepEqual(problems, []);
  });

  it('passes over node_modules, .git and what a killed run left', () => {
    const root = tree('node_modules/x/t.yaml', '.git/config', '.rampart-0011223344556677.tmp', 'kept/.hidden.yaml');
    assert.deepEqual(names(root, listFiles([root]).files), ['kept/.hidden.yaml']);
  });

  it('lists a file once, however often and by whatever name it is given', () => {
    const root = tree('d/a.yaml', 'd/b.yaml');
    const { files } = listFiles([join(root, 'd/b.yaml'), root, join(root, 'd'), `${root}/d/../d/b.yaml`]);
    assert.deepEqual(names(root, files), ['d/a.yaml', 'd/b.yaml']);
  });

  it('chooses among found files, never among named ones', () => {
    const root = tree('a.yaml', 'b.txt', 'named.txt');
    const { files } = listFiles([root, join(root, 'named.txt')], (path) => path.endsWith('.yaml'));
    assert.deepEqual(names(root, files), ['a.yaml', 'named.txt']);
  });

  it('follows links once, keeps real names, and ends where they lead in a circle', () => {
    const root = tree('z/real.yaml', 'z/deep/other.yaml');
    const beyond = tree('far.yaml');
    symlinkSync(join(root, 'z'), join(root, 'a'));
    symlinkSync('..', join(root, 'z/deep/up'));
    symlinkSync(join(root, 'z/real.yaml'), join(root, 'also.yaml'));
    symlinkSync(beyond, join(root, 'beyond'));
    const { files, problems } = listFiles([root]);
    assert.deepEqual(names(root, files), ['beyond/far.yaml', 'z/deep/other.yaml', 'z/real.yaml']);
    assert.deepEqual(problems, []);
  });

  it('hands back one problem for each bad path, and the rest', () => {
    const root = tree('good.yaml');
    symlinkSync('nowhere', join(root, 'dangling.yaml'));
    symlinkSync('self.yaml', join(root, 'self.yaml'));
    execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
    const { files, problems } = listFiles([join(root, 'missing'), root, join(root, 'good.yaml/below')]);
    assert.deepEqual(names(root, files), ['good.yaml']);
    assert.deepEqual(
      problems.map((problem) => [problem.error.code, problem.error.exit]),
      [
        ['RAMPART_NOT_FOUND', 'input'],
        ['RAMPART_NOT_A_FILE', 'input'],
        ['RAMPART_NOT_FOUND', 'input'],
        ['RAMPART_NOT_FOUND', 'input'],
        ['RAMPART_LINK_LOOP', 'input'],
      ],
    );
    assert.match(problems[0]?.error.message ?? '', /missing: it does not exist/);
    assert.match(problems[3]?.error.message ?? '', /dangling\.yaml/);
  });

  it('names a folder that may not be read, and lists the others', () => {
    const root = tree('closed/a.yaml', 'open/b.yaml');
    chmodSync(root, 0o755);
    chmodSync(join(root, 'closed'), 0);
    const { files, problems } = unprivileged(() => listFiles([root]));
    chmodSync(join(root, 'closed'), 0o755);
    assert.deepEqual(names(root, files), ['open/b.yaml']);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.error.exit, 'outside');
    assert.match(problems[0]?.error.message ?? '', /Cannot list .*closed: permission denied/);
  });
});
