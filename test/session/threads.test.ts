import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '../../src/model/part.js';
import type { Source } from '../../src/session/gate.js';
import { areOfOneRun } from '../../src/session/threads.js';

// A thread of Node 20 reads no TypeScript: what is built is asked.
const built = (name: string) => import(new URL(`../../dist/session/${name}.js`, import.meta.url).href);
const { filesOf, judgePaths }: typeof import('../../src/session/gate.js') = await built('gate');
const { inThreads }: typeof import('../../src/session/threads.js') = await built('threads');

describe('threads of a check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rampart-threads-'));
  after(() => rmSync(folder, { recursive: true }));
  for (const name of ['a', 'b', 'c'])
    writeFileSync(join(folder, `${name}.yaml`), `Resources: {${name}: {Type: AWS::S3::Bucket}}\n`);

  const options = { baseline: 'fedramp-rev5-moderate', 'allow-empty': false };
  const judge = async (source: Source) => (await judgePaths(options, '1.0.0', source)).result;
  const wanted = { paths: [folder], options: { ...options, format: ['json'], force: false, all: false } };

  it('do the work: nothing is left for the one that would do it alone', async () => {
    const alone: Source = {
      read: () => Promise.reject(new Error('read alone')),
      findings: () => assert.fail('judged alone'),
      withoutRequirement: () => assert.fail('counted alone'),
    };
    const several = await judge(inThreads({ ...wanted, version: '1.0.0', of: 2 }, alone));
    assert.ok(several.findings.length > 10);
    assert.deepEqual(several, await judge(filesOf([folder])));
  });

  it('give way to one where a thread does not come to its end', async () => {
    let asked = 0;
    const alone: Source = {
      ...filesOf([folder]),
      read: (given) => {
        asked += 1;
        return filesOf([folder]).read(given);
      },
    };
    // What cannot be handed to a thread ends it.
    const version = (() => '1.0.0') as unknown as string;
    const result = await judge(inThreads({ ...wanted, version, of: 2 }, alone));
    assert.equal(asked, 1);
    assert.ok(result.findings.length > 10);
  });

  it('are of one run only where they read the same and judged against the same', () => {
    const part = (inputs: string, against: string) => ({ inputs, against }) as Part;
    assert.ok(areOfOneRun([part('a', 'b'), part('a', 'b')]));
    assert.ok(!areOfOneRun([part('a', 'b'), part('c', 'b')]));
    assert.ok(!areOfOneRun([part('a', 'b'), part('a', 'c')]));
  });
});
