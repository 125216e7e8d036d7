import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The main job from end to end on a shipped example, with the program as it was just built.

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}demo`;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
copyFileSync(`${root}templates/system/both.yaml`, `${folder}/rampart.yaml`);

/** Runs one command line in the demo's folder and prints it with what it said; ends the demo when it fails. */
function rampart(args: readonly string[], { lines = 100 }: { lines?: number } = {}): string {
  process.stdout.write(`\n$ rampart ${args.join(' ')}\n`);
  const run = spawnSync(process.execPath, [`${root}bin/run.js`, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const said = run.stdout.trimEnd().split('\n');
  const shown = said.length > lines ? [...said.slice(0, lines), `… ${said.length - lines} more lines`] : said;
  if (run.stdout) process.stdout.write(`${shown.map((line) => `  ${line}`).join('\n')}\n`);
  if (run.stderr) process.stdout.write(`${run.stderr.trimEnd().replace(/^/gm, '  ')}\n`);
  if (run.status !== 0) {
    process.stdout.write(`\nThe demo stopped: that command ended with exit code ${run.status}.\n`);
    process.exit(run.status ?? 1);
  }
  return run.stdout;
}

process.stdout.write(
  'A system with two endpoints: gpt-oss-120b on Bedrock, gpt-oss-20b on SageMaker (demo/rampart.yaml).\n',
);
rampart(['plan'], { lines: 24 });
rampart(['render', '--out', 'deploy']);
rampart(['check', 'deploy']);
rampart(['evidence', 'keygen', '--out', 'keys']);
rampart(['evidence', 'create', 'deploy', '--key', 'keys/rampart.key.pem', '--out', 'records-ai.evb.tar']);
rampart([
  'evidence',
  'verify',
  'records-ai.evb.tar',
  '--trust',
  'keys/rampart.trust.json',
  '--for',
  'deploy/chat.template.yaml',
]);
const report = rampart(['evidence', 'show', 'records-ai.evb.tar', '--file', 'report/index.html'], { lines: 1 });
writeFileSync(`${folder}/report.html`, report);

process.stdout.write(`
Made in demo/:
  rampart.yaml               the system
  deploy/*.template.yaml     one hardened CloudFormation stack per endpoint
  deploy/chat.runbook.md     what no template can set
  records-ai.evb.tar         the signed evidence bundle (OSCAL, findings, report)
  report.html                the report of the bundle, for a browser
  keys/                      the signing key of this demo and the trust policy that pins it
`);
