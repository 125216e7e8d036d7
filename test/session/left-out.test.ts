import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Result } from '#model/result.js';
import { leftOutText, withoutText } from '#report/left-out.js';
import { noticesOf } from '#report/notice.js';
import { folders, judged, said } from './desk.js';

const log = (days: number): string =>
  `Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${days}, KmsKeyId: alias/logs}}\n`;

describe('.rampartignore', () => {
  const folder = folders();
  const files = {
    '.rampartignore': "# drafts are nobody's business\ndraft/\n*.old.yaml\n!kept.old.yaml\n",
    'main.yaml': log(400),
    'draft/a.yaml': log(1),
    'draft/deep/b.json': '{}',
    'draft/readme.md': 'not counted: no manifest by its name',
    'x.old.yaml': log(2),
    'kept.old.yaml': log(3),
  };

  it('leaves files out as .gitignore does, and each of them is a row', async () => {
    const found = await judged(folder(files));
    assert.deepEqual(found.rows.sort(), [
      'draft/a.yaml ignored',
      'draft/deep/b.json ignored',
      'kept.old.yaml judged',
      'main.yaml judged',
      'x.old.yaml ignored',
    ]);
  });

  it('does not leave out what is named', async () => {
    const root = folder(files);
    const found = await judged(root, [root, join(root, 'draft/a.yaml')]);
    assert.ok(found.rows.includes('draft/a.yaml judged'));
    assert.ok(found.rows.includes('draft/deep/b.json ignored'));
    assert.deepEqual(said(found, 'log-group-retention').filter((each) => each.endsWith('fail')).length, 2);
  });

  it('counts for patterns too', async () => {
    const root = folder(files);
    const found = await judged(root, [join(root, '**/*.yaml')]);
    assert.ok(found.rows.includes('draft/a.yaml ignored'), found.rows.join());
  });

  it('that is no text leaves nothing out, and is not read', async () => {
    const found = await judged(folder({ ...files, '.rampartignore': 'a\0b' }));
    assert.ok(found.rows.includes('.rampartignore not-readable'));
    assert.ok(found.rows.includes('x.old.yaml judged'));
  });
});

describe('patterns', () => {
  const folder = folders();
  const tree = {
    'deploy/a.yaml': log(400),
    'deploy/b.txt': log(7),
    'deploy/in/c.yaml': log(1),
    'deploy/in/.hidden/d.yaml': log(1),
    'deploy/node_modules/x/e.yaml': log(1),
    'other/f.yaml': log(1),
  };
  const rows: readonly [pattern: string, found: readonly string[]][] = [
    ['deploy/*.yaml', ['deploy/a.yaml judged']],
    [
      'deploy/**/*.yaml',
      [
        'deploy/a.yaml judged',
        'deploy/in/.hidden/d.yaml judged',
        'deploy/in/c.yaml judged',
        'deploy/node_modules ignored',
      ],
    ],
    ['deploy/*.txt', ['deploy/b.txt judged']],
    ['{deploy,other}/?.yaml', ['deploy/a.yaml judged', 'deploy/node_modules ignored', 'other/f.yaml judged']],
    ['*/*', ['deploy/a.yaml judged', 'deploy/node_modules ignored', 'other/f.yaml judged']],
    ['nosuch/*.yaml', ['nosuch not-readable']],
    ['deploy/*.nope', ['deploy/*.nope not-readable']],
  ];
  for (const [pattern, expected] of rows) {
    it(`${pattern} finds ${expected.join(', ')}`, async () => {
      const root = folder(tree);
      const { rows: found } = await judged(root, [join(root, pattern)]);
      const shown =
        pattern === 'deploy/*.yaml' || pattern === 'deploy/*.txt' || pattern === 'deploy/*.nope'
          ? found.filter((row) => !row.includes('node_modules'))
          : found;
      assert.deepEqual(shown.sort(), [...expected].sort());
    });
  }

  it('are names where a file is called so', async () => {
    const root = folder({ 'a[1].yaml': log(7) });
    assert.deepEqual((await judged(root, [join(root, 'a[1].yaml')])).rows, ['a[1].yaml judged']);
  });

  it('find each file once, and what a folder beside them holds', async () => {
    const root = folder(tree);
    const { rows: found } = await judged(root, [join(root, 'deploy/**/*.yaml'), join(root, 'deploy')]);
    assert.equal(found.filter((row) => row.endsWith('judged')).length, 3);
  });
});

describe('what was not judged', () => {
  const row = (file: string, status: 'ignored' | 'not-a-manifest' | 'judged', message: string) => ({
    file,
    status,
    resources: 0,
    notes: [{ message }],
  });
  const rows = [
    row('a', 'ignored', 'left out by .rampartignore'),
    row('b', 'not-a-manifest', 'no template'),
    row('c', 'judged', ''),
  ];

  it('is counted in one line, and listed when all is asked for', () => {
    assert.deepEqual(leftOutText(rows, false), ['Not judged: 1 file is no manifest; --all lists them.']);
    assert.deepEqual(leftOutText(rows.slice(0, 1), false), []);
    assert.deepEqual(leftOutText(rows, true), [
      'a  not judged  left out by .rampartignore',
      'b  not judged  no template',
    ]);
    assert.deepEqual(leftOutText(rows.slice(2), false), []);
  });

  it('is named in every format where an ignore file left it out', () => {
    const result = { files: rows.slice(0, 2), findings: [], waiverProblems: [] } as unknown as Result;
    assert.deepEqual(
      noticesOf(result).map(({ kind, message }) => `${kind} ${message}`),
      ['policy 1 file left out by .rampartignore: a'],
    );
  });

  it('says how many resources no requirement names, and of which types when all is asked for', () => {
    const withoutRequirement = { 'AWS::EC2::RouteTable': 2, 'AWS::EC2::VPNConnection': 1 };
    assert.deepEqual(withoutText({ withoutRequirement }, false), [
      '3 resources are of types that no requirement names; --all lists them.',
    ]);
    assert.deepEqual(withoutText({ withoutRequirement }, true), [
      '3 resources are of types that no requirement names: AWS::EC2::RouteTable 2, AWS::EC2::VPNConnection 1.',
    ]);
    assert.deepEqual(withoutText({ withoutRequirement: { a: 1 } }, false), [
      '1 resource is of a type that no requirement names; --all lists them.',
    ]);
    assert.deepEqual(withoutText({ withoutRequirement: {} }, true), []);
    assert.deepEqual(withoutText({}, true), []);
  });
});
