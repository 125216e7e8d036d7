import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsOf } from './bench-objects.js';
import { beside, type Guard, guard } from './bench-peers.js';
import { planOf } from './bench-plan.js';
import { templateOf, templateOfSize } from './bench-template.js';
import { type Case, measure, type Result } from './measure.js';

/**
 * How long whole processes take and how much memory they need, as ratios to `node -e 0` or to what else is named, run just before them, for
 * Rampart and for what people use today. `--assert` ends with 1 when Rampart is over one of its limits; `--no-peers` leaves the others
 * out; `--only word` runs the cases with the word in their name.
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
/** The evidence of what this file says, with what it is signed by; all of it stands beside the inputs. */
const evidence = (what: string, ...args: string[]): Case => ({
  ...rampart(what, 'evidence', ...args),
  rounds: 7,
});
/** Both kinds of endpoint: as files of a language the gate judges later, and of one it judges before they are written. */
const rendering = (target: string): Case =>
  rampart(`render, ${target}`, 'render', '--system', 'templates/system/both.yaml', '--target', target);
const inputs = {
  '15k.yaml': () => templateOfSize(15_000),
  '100.yaml': () => templateOf(100),
  '250.yaml': () => templateOf(250),
  '500.yaml': () => templateOf(500),
  '1000.yaml': () => templateOf(1000),
  'objects-5000.yaml': () => objectsOf(5000),
  'objects-10000.yaml': () => objectsOf(10_000),
  'plan-5000.json': () => planOf(5000),
  'plan-10000.json': () => planOf(10_000),
} as const;
type Input = keyof typeof inputs;
const path = (input: Input): string => `${folder}/${input}`;
const bundle = `${folder}/bench.evb.tar`;
/** A key of this run alone, and the trust policy that pins it. */
const keys = `${folder}/keys`;
const check = (input: Input, what: string, rounds = 11): Case => ({
  ...rampart(`check, ${what}`, 'check', path(input), ...baseline),
  rounds,
});
const module = (name: string, script: string, rounds: number): Case => ({
  name,
  command: process.execPath,
  args: ['--input-type=module', '-e', script],
  exits: [0],
  rounds,
});
const read = (input: Input): string =>
  `import{readFileSync}from'node:fs';const t=readFileSync('${path(input)}','utf8');`;

const create = evidence(
  'evidence create, 1,000 resources',
  'create',
  path('1000.yaml'),
  ...['--system', 'templates/system/both.yaml', '--key', `${keys}/bench.key.pem`, '--out', bundle, '--force'],
);
const half = {
  template: check('250.yaml', '250 resources', 7),
  objects: check('objects-5000.yaml', '5,000 Kubernetes objects', 5),
  plan: check('plan-5000.json', 'plan of 5,000 resources', 5),
};
const loadAll = module(
  'js-yaml 4, 10,000 Kubernetes objects',
  `import y from'js-yaml-4';${read('objects-10000.yaml')}y.loadAll(t)`,
  5,
);
const parse = module('JSON.parse, plan of 10,000 resources', `${read('plan-10000.json')}JSON.parse(t)`, 5);

type Measured = readonly [Case, Limit | undefined];

const ours: readonly Measured[] = [
  [rampart('--version', '--version'), { ratio: 3.5 }],
  [check('15k.yaml', 'one 15 kB template'), { ratio: 4.5 }],
  [rendering('terraform'), { ratio: 6 }],
  [rendering('cloudformation'), { ratio: 6 }],
  [create, { ratio: 12 }],
  [evidence('evidence verify', 'verify', bundle, '--trust', `${keys}/bench.trust.json`), { ratio: 6 }],
  [check('100.yaml', '100 resources'), undefined],
  [check('500.yaml', '500 resources'), { ratio: 12, peak: 150 }],
  [
    { ...check('objects-10000.yaml', '10,000 Kubernetes objects', 5), against: loadAll },
    { ratio: 2.5, peak: 280 },
  ],
  [
    { ...check('plan-10000.json', 'plan of 10,000 resources', 5), against: parse },
    { ratio: 4, peak: 250 },
  ],
  [{ ...check('500.yaml', '500 resources after 250', 7), against: half.template }, { ratio: 2.2 }],
  [{ ...check('objects-10000.yaml', '10,000 objects after 5,000', 5), against: half.objects }, { ratio: 2.2 }],
  [{ ...check('plan-10000.json', 'plan of 10,000 after 5,000', 5), against: half.plan }, { ratio: 2.2 }],
];

/** Real templates, where somebody has some: every file of a folder, and the same files only parsed. */
function corpus(folder: string): readonly Measured[] {
  const script = `import y from'js-yaml-4';import{readdirSync,readFileSync}from'node:fs';
const tags=['scalar','sequence','mapping'].map(kind=>new y.Type('!',{kind,multi:true}));const schema=y.DEFAULT_SCHEMA.extend(tags);
for(const f of readdirSync(${JSON.stringify(folder)},{recursive:true}))if(/\\.(ya?ml|json|template)$/.test(f))try{y.loadAll(readFileSync(${JSON.stringify(folder)}+'/'+f,'utf8'),()=>{},{schema})}catch{}`;
  const against = module('js-yaml 4, the same templates', script, 7);
  return [[{ ...folderOf(folder), rounds: 7, against }, { ratio: 2.5 }]];
}
const folderOf = (folder: string): Case => ({
  ...rampart('check, a folder of real templates', 'check', folder, ...baseline),
  exits: [0, 1, 3],
});

/** The same runs beside AWS's rule engine. */
function besideGuard({ on }: Guard, folder: string | undefined): readonly Measured[] {
  const one = (input: Input, what: string, rounds: number, ratio: number): Measured => [
    { ...check(input, what, rounds), against: on(path(input), what, rounds) },
    { ratio },
  ];
  return [
    one('15k.yaml', 'one 15 kB template', 5, 1),
    one('100.yaml', '100 resources', 3, 0.25),
    one('500.yaml', '500 resources', 2, 0.07),
    ...(folder === undefined
      ? []
      : [[{ ...folderOf(folder), rounds: 1, against: on(folder, 'the same templates', 1) }, { ratio: 0.04 }] as const]),
  ];
}

/** A folder of real templates that is beside this checkout, or named. */
const known = fileURLToPath(new URL('../../../shared/corpus/cloudformation/', import.meta.url));
const folderOfTemplates = process.env.RAMPART_BENCH_TEMPLATES ?? (existsSync(known) ? known : undefined);

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`);
const spelled = ({ command, args }: Case): string =>
  [command === process.execPath ? 'node' : command, ...args].map(quoted).join(' ');

function row({ case: { name, against }, wall, ratio, cpuRatio, peak }: Result, limit: Limit | undefined): string {
  const within = (value: number, most: number | undefined, unit: string): string =>
    most === undefined ? '' : `${value <= most ? 'met' : 'NOT MET'} (≤ ${most}${unit})`;
  const cells = [
    name.padEnd(44),
    `${wall.toFixed(0)} ms`.padStart(9),
    `${ratio.toFixed(2)} ×`.padStart(9),
    within(ratio, limit?.ratio, ' ×').padEnd(18),
    (cpuRatio === undefined ? '' : `${cpuRatio.toFixed(2)} ×`).padStart(9),
    (peak === undefined ? '' : `${peak.toFixed(0)} MiB`).padStart(8),
    (peak === undefined ? '' : within(peak, limit?.peak, ' MiB')).padEnd(17),
    `to ${against?.name ?? 'node -e 0'}`,
  ];
  return cells.join('  ').trimEnd();
}

const isOver = ({ ratio, peak }: Result, limit: Limit | undefined): boolean =>
  limit !== undefined &&
  !(ratio <= limit.ratio && (limit.peak === undefined || peak === undefined || peak <= limit.peak));

/** The key, and a bundle for a run that only verifies. */
function prepareEvidence(): void {
  const keygen = ['bin/run.js', 'evidence', 'keygen', '--out', keys, '--name', 'bench', '--force'];
  for (const args of [keygen, create.args]) execFileSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
}

async function main(flags: readonly string[]): Promise<void> {
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, make] of Object.entries(inputs)) writeFileSync(join(root, folder, name), make());
  const peers = !flags.includes('--no-peers');
  const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;
  const engine = peers ? guard(folder, root) : 'left out by --no-peers';
  const others = peers
    ? beside({ '15 kB': path('15k.yaml'), '500 resources': path('500.yaml') }, (name, file, script) =>
        module(name, `import{readFileSync}from'node:fs';const t=readFileSync('${file}','utf8');${script}`, 5),
      )
    : { cases: [], skipped: ['other parsers and cfn-lint: left out by --no-peers'] };
  const measured: readonly Measured[] = [
    ...ours,
    ...(folderOfTemplates ? corpus(folderOfTemplates) : []),
    ...(typeof engine === 'string' ? [] : besideGuard(engine, folderOfTemplates)),
    ...others.cases.map((each): Measured => [each, undefined]),
  ].filter(([{ name, against }]) => only === undefined || `${name} to ${against?.name}`.includes(only));
  if (measured.some(([{ args }]) => args.includes('evidence'))) prepareEvidence();
  const skipped = [
    ...others.skipped,
    ...(typeof engine === 'string' ? [`cfn-guard: ${engine}`] : []),
    ...(folderOfTemplates ? [] : ['a folder of real templates: name one in RAMPART_BENCH_TEMPLATES']),
  ];
  const limits = new Map(measured);
  const results = await measure([...limits.keys()], root);

  say(
    `Whole processes, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores. Medians of interleaved runs: wall time, its ratio to what was run just before it, the limit of that ratio; the ratio of CPU time; peak memory and its limit.`,
  );
  if (typeof engine !== 'string') say(engine.rules);
  say('');
  for (const result of results) say(row(result, limits.get(result.case)));
  for (const reason of skipped) say(`skipped  ${reason}`);
  say('\nTo run one of them by hand, with NODE_EXTRA_CA_CERTS unset:');
  const cases = results.flatMap(({ case: each }) => [each, ...(each.against ? [each.against] : [])]);
  for (const line of new Set(cases.map(spelled))) say(`  ${line}`);
  const over = results.filter((result) => isOver(result, limits.get(result.case)));
  if (over.length > 0 && flags.includes('--assert')) {
    say(`\n${over.length} over the limit: ${over.map((result) => result.case.name).join('; ')}`);
    process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
