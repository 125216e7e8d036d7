import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, program } from './command-line.js';

interface Command {
  examples: readonly string[];
  flags: Readonly<Record<string, { char?: string; type: string; options?: readonly string[] }>>;
}
const manifest = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8')) as {
  commands: Record<string, Command>;
};

/** What the help of every command shows, as it is typed. */
const examples = Object.entries(manifest.commands).flatMap(([id, { examples: shown }]) =>
  shown.map((line) =>
    line
      .replaceAll('<%= config.bin %>', 'rampart')
      .replaceAll('<%= command.id %>', id.replaceAll(':', ' '))
      // A head or a digest that nobody can type as it stands.
      .replaceAll('…', '0'.repeat(60)),
  ),
);

/** Lines of a page that are typed. */
const typedIn = (page: string): string[] =>
  readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^(?:\$ )?rampart [a-z]/.test(line))
    .map((line) => line.replace(/^\$ /, '').replace(/ {2,}#.*$/, ''));

const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = '']) => quoted ?? bare);

/** What is wrong with a line as it is typed: commands, flags and the values they take. */
function faultsOf(line: string): string[] {
  const [first = '', second = '', ...rest] = words(line.replace(/^.*?(?=rampart )/, '').replace(/^rampart /, ''));
  const command = manifest.commands[`${first}:${second}`] ?? manifest.commands[first];
  if (!command) return first.startsWith('-') ? [] : [`no command ${first} ${second}`];
  const all = [second, ...rest];
  return all.flatMap((word, at): string[] => {
    const named = /^--([a-z][a-z-]*)/.exec(word)?.[1];
    const short = /^-([a-z])$/.exec(word)?.[1];
    if (named === undefined && short === undefined) return [];
    const [, flag] =
      Object.entries(command.flags).find(([name, { char }]) => name === named || char === (short ?? '')) ?? [];
    if (!flag) return [`no flag ${word}`];
    const value = all[at + 1];
    if (flag.type === 'option' && !value) return [`${word} wants a value`];
    return flag.options && !flag.options.includes(value ?? '') ? [`${word} ${value} is no choice`] : [];
  });
}

/** What needs more than a folder: an account, a key service, another program, or somebody to ask. */
const outside =
  /--kms|\bprobe(?! --permissions)|--tsa|^helm|completion zsh|completion fish|rampart init$|rampart doctor$|--ask-passphrase/;

/** The requirement CONTRIBUTING writes down. */
function requirementShown(): string {
  const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const block = /```yaml\n([\s\S]*?)\n *```/.exec(text)?.[1] ?? '';
  return block.replace(/^ {3}/gm, '');
}

/** A folder in which the names of the examples are those of something. */
function ready(): Desk {
  const desk = new Desk('bedrock');
  const run = (line: string, exit = 0): string => {
    const said = desk.rampart(line.split(' '));
    assert.equal(said.exit, exit, `${line}: ${said.stderr}`);
    return said.stdout;
  };
  const copy = (from: string, to: string): void => cpSync(desk.path(from), desk.path(to), { recursive: true });
  const metadata = { title: 'Small', version: '1', 'last-modified': '2026-01-02T03:04:05Z', 'oscal-version': '1.2.1' };
  const catalog = 'NIST_SP-800-53_rev5_catalog.json';
  const profile = {
    metadata,
    imports: [{ href: catalog, 'include-controls': [{ 'with-ids': ['ac-2'] }] }],
  };
  const log = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: { Ref: 'Days' } } };
  const json: Record<string, unknown> = {
    [catalog]: { catalog: { metadata, groups: [{ controls: [{ id: 'ac-2', title: 'Accounts' }] }] } },
    'agency_profile.json': { profile },
    'agency-overlay_profile.json': { profile },
    'parameters.json': [{ ParameterKey: 'Days', ParameterValue: '400' }],
    'template.json': { Parameters: { Days: { Type: 'Number' } }, Resources: { L: log } },
    'probe.json': { observations: [] },
    'plan.json': {
      ...{
        format_version: '1.2',
        terraform_version: '1.9.0',
        resource_changes: [],
        configuration: { root_module: {} },
      },
      planned_values: { root_module: {} },
    },
  };
  for (const [name, data] of Object.entries(json)) desk.write(name, JSON.stringify(data));
  desk.write('tfplan', 'a saved plan');
  desk.write('pseudonyms.key', '0'.repeat(64));
  copy('rampart.yaml', 'staging.yaml');
  run('render --out deploy');
  copy('deploy/chat.template.yaml', 'template.yaml');
  for (const folder of ['old', 'new']) copy('deploy', folder);
  run('evidence keygen --out keys --name rampart');
  copy('keys/rampart.key.pem', 'k.pem');
  copy('keys/rampart.key.pem', 'assessor.key.pem');
  copy('keys/rampart.trust.json', 'rampart.trust.json');
  run('evidence create deploy --key k.pem --out chat.evb.tar');
  for (const month of ['june', 'july']) copy('chat.evb.tar', `${month}.evb.tar`);
  for (const name of ['security-decision-record', 'certification-package-overview']) {
    const held = ['', '.draft'].map((state) =>
      desk.rampart(['evidence', 'show', 'chat.evb.tar', '--file', `fedramp/${name}${state}.json`]),
    );
    desk.write(`${name}.json`, held.find(({ exit }) => exit === 0)?.stdout ?? '');
  }
  desk.write('ledger.jsonl', '');
  const judged = run('check deploy --format json');
  desk.write('released.json', judged);
  desk.write('result.json', judged);
  mkdirSync(desk.path('parts'));
  for (const part of [1, 2]) {
    desk.write(`part-${part}.json`, run(`check deploy --shard ${part}/2 --format json`));
    copy(`part-${part}.json`, `parts/part-${part}.json`);
  }
  mkdirSync(desk.path('requirements/network'), { recursive: true });
  desk.write('requirements/network/vpc-endpoint-two-subnets.yaml', requirementShown());
  mkdirSync(desk.path('bin'));
  desk.write('bin/rampart', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  spawnSync('chmod', ['+x', desk.path('bin/rampart')]);
  return desk;
}

/** What an example says of a folder that is not what it was written for: an exit other than that of a mistyped line. */
const mayEnd: readonly (readonly [RegExp, readonly number[], RegExp])[] = [
  // There already.
  [/init --yes|render --out deploy|evidence create .*--out chat/, [2], /already\. Nothing was written/],
  [/evidence sign .*assessor/, [5], /carries a signature of this key already/],
  [/--target kubernetes/, [2], /no kubernetes template for bedrock/],
  [/check template\.json|--attest/, [1], /^/],
  [/controls (?:diff rules|import fedramp)/, [2, 3], /fedramp-consolidated-rules\.json.*(?:nor a file|does not exist)/],
  [/evidence fedramp/, [0, 1], /^/],
  [/--judged-with|verdict\.dsse\.json --trust/, [3, 5], /^/],
  [/ledger prove/, [2], /no such bundle|never had just 12/],
  [/ledger verify/, [2, 3, 5], /^/],
  [/waiver add .*--resource ServiceLogs/, [2], /nothing to pin/],
  [/\| jq/, [0, 127], /^$|jq/],
];

describe('the examples of every command', function () {
  this.timeout(600_000);

  it('name commands, flags and choices there are, in the help and on the pages', () => {
    assert.ok(examples.length > 80, `${examples.length} examples`);
    const pages = ['README.md', 'docs/history.md', 'CONTRIBUTING.md'].flatMap(typedIn);
    assert.ok(pages.length > 20, `${pages.length} lines`);
    const wrong = [...examples, ...pages].flatMap((line) => faultsOf(line).map((fault) => `${line}: ${fault}`));
    assert.deepEqual(wrong, []);
    assert.deepEqual(faultsOf('rampart render --formt json --target nothing'), [
      'no flag --formt',
      '--target nothing is no choice',
    ]);
  });

  it('do what they say where a folder is all they need', () => {
    const desk = ready();
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const wrong: string[] = [];
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const env = { ...inherited, NO_COLOR: '1', PATH: `${desk.path('bin')}:${inherited.PATH ?? ''}` };
    try {
      for (const line of examples.filter((each) => !outside.test(each))) {
        const cwd = mkdtempSync(join(desk.folder, '../rampart-example-'));
        cpSync(desk.folder, cwd, { recursive: true });
        // The day of an example is a day of the year it was written in.
        const typed = line.replace(/--expires \S+/, `--expires ${soon}`);
        const run = spawnSync('bash', ['-o', 'pipefail', '-c', typed], { cwd, env, encoding: 'utf8', input: '' });
        rmSync(cwd, { recursive: true, force: true });
        const [, exits, says] = mayEnd.find(([pattern]) => pattern.test(line)) ?? [line, [0], /^/];
        if (!exits.includes(run.status ?? -1) || !says.test(run.stderr.trim()))
          wrong.push(`${line}: ended with ${run.status}: ${run.stderr.slice(0, 300)}`);
      }
    } finally {
      desk.clear();
    }
    assert.deepEqual(wrong, []);
  });
});
