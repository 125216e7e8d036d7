import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Desk, program } from './command-line.js';

const logs = Array.from(
  { length: 400 },
  (_, n) => `  L${n}: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n`,
);

/** Runs a command whose reader goes away after the first words, as `| head -1` does. */
async function cutShort(folder: string, args: readonly string[]): Promise<{ exit: number | null; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdout.once('data', () => child.stdout.destroy());
  const [exit] = await once(child, 'close');
  return { exit, stderr };
}

describe('a reader that goes away early', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => desk.write('logs.yaml', `Resources:\n${logs.join('')}`));
  after(() => desk.clear());

  for (const format of ['human', 'json', 'sarif', 'csv', 'junit']) {
    it(`changes no exit code: check --format ${format}`, async () => {
      const { exit, stderr } = await cutShort(desk.folder, ['check', 'logs.yaml', '--format', format]);
      assert.equal(exit, 1, stderr);
      assert.equal(stderr, '');
    });
  }

  it('changes none of rampart merge', async () => {
    desk.write('part.json', desk.rampart(['check', 'logs.yaml', '--shard', '1/1', '--format', 'json']).stdout);
    assert.equal((await cutShort(desk.folder, ['merge', 'part.json', '--format', 'json'])).exit, 1);
  });
});
