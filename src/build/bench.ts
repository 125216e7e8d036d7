import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templateOf, templateOfSize } from './bench-template.js';
import { type Case, measure, type Result } from './measure.js';

/**
 * How long whole processes take and how much memory they need, as ratios to `node -e 0` run beside them, for Rampart and
 * for what people use today. `--assert` ends with 1 when Rampart is over one of its limits; `--no-peers` leaves the others
 * out.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Kept, so that the commands of the table can be run by hand. */
const folder = 'node_modules/.cache/rampart-bench';

interface Limit {
  ratio: number;
  /** MiB. */
  peak?: number;
}

const baseline = ['--baseline', 'fedramp-rev5-moderate'];
const rampart = (name: string, ...args: string[]): Case => ({
  name: `rampart ${name}`,
  command: process.execPath,
  args: ['bin/run.js', ...args],
  exits: args[0] === 'check' ? [0, 1] : [0],
  rounds: 11,
});
const templates = { '15k': templateOfSize(15_000), '100': templateOf(100), '500': templateOf(500) };
const path = (size: keyof typeof templates): string => `${folder}/${size}.yaml`;

const ours: readonly (readonly [Case, Limit | undefined])[] = [
  [rampart('--version', '--version'), { ratio: 3.5 }],
  [rampart('check, one 15 kB template', 'check', path('15k'), ...baseline), { ratio: 5 }],
  [rampart('check, 100 resources', 'check', path('100'), ...baseline), undefined],
  [rampart('check, 500 resources', 'check', path('500'), ...baseline), { ratio: 12, peak: 150 }],
];

const parse: Readonly<Record<string, string>> = {
  'js-yaml':
    "import{parseEvents}from'js-yaml';import{readFileSync}from'node:fs';parseEvents(readFileSync(FILE,'utf8'))",
  yaml: "import{parseDocument}from'yaml';import{readFileSync}from'node:fs';parseDocument(readFileSync(FILE,'utf8'),{logLevel:'silent'})",
};

function peers(): { cases: readonly Case[]; skipped: readonly string[] } {
  const parsers = Object.entries(parse).flatMap(([name, script]) =>
    (['15k', '500'] as const).map((size) => ({
      name: `only parsing with ${name}, ${size === '15k' ? '15 kB' : '500 resources'}`,
      command: process.execPath,
      args: ['--input-type=module', '-e', script.replace('FILE', `'${path(size)}'`)],
      exits: [0],
      rounds: 5,
    })),
  );
  const skipped: string[] = [];
  const tools: Case[] = [];
  const tool = (name: string, args: readonly string[] | undefined, missing: string): void => {
    if (args && onPath(name)) tools.push({ name: `${name}, one 15 kB template`, command: name, args, rounds: 2 });
    else skipped.push(`${name}: ${onPath(name) ? missing : 'not on PATH'}`);
  };
  tool('cfn-lint', ['--regions', 'us-gov-west-1', '--', path('15k')], '');
  const rules = process.env.CFN_GUARD_RULES;
  tool(
    'cfn-guard',
    rules ? ['validate', '-r', rules, '-d', path('15k')] : undefined,
    'set CFN_GUARD_RULES to a rules file',
  );
  return { cases: [...parsers, ...tools], skipped };
}

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((place) => {
    try {
      accessSync(join(place, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`);
const spelled = ({ command, args }: Case): string =>
  [command === process.execPath ? 'node' : command, ...args].map(quoted).join(' ');

function row({ case: { name }, wall, ratio, peak }: Result, limit: Limit | undefined): string {
  const within = (value: number, most: number | undefined, unit: string): string =>
    most === undefined ? '' : value <= most ? `≤ ${most}${unit}` : `OVER ${most}${unit}`;
  const cells = [
    name.padEnd(44),
    `${wall.toFixed(0)} ms`.padStart(9),
    `${ratio.toFixed(2)} ×`.padStart(9),
    within(ratio, limit?.ratio, ' ×').padEnd(10),
    (peak === undefined ? '' : `${peak.toFixed(0)} MiB`).padStart(8),
    peak === undefined ? '' : within(peak, limit?.peak, ' MiB'),
  ];
  return cells.join('  ').trimEnd();
}

const isOver = ({ ratio, peak }: Result, limit: Limit | undefined): boolean =>
  limit !== undefined &&
  !(ratio <= limit.ratio && (limit.peak === undefined || peak === undefined || peak <= limit.peak));

async function main(flags: readonly string[]): Promise<void> {
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  mkdirSync(join(root, folder), { recursive: true });
  for (const [size, text] of Object.entries(templates)) writeFileSync(join(root, folder, `${size}.yaml`), text);
  const others = flags.includes('--no-peers') ? { cases: [], skipped: ['all: --no-peers'] } : peers();
  const limits = new Map(ours);
  const results = await measure([...ours.map(([each]) => each), ...others.cases], root);

  say(
    `Whole processes against node -e 0, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores; medians of interleaved runs`,
  );
  say('');
  for (const result of results) say(row(result, limits.get(result.case)));
  for (const reason of others.skipped) say(`skipped  ${reason}`);
  say('\nTo run one of them by hand:');
  for (const { case: each } of results) say(`  ${spelled(each)}`);
  const over = results.filter((result) => isOver(result, limits.get(result.case)));
  if (over.length > 0 && flags.includes('--assert')) {
    say(`\n${over.length} over the limit: ${over.map((result) => result.case.name).join('; ')}`);
    process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
