import { joined } from '#check/share.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import { RampartError } from '#model/error.js';
import type { Part } from '#model/part.js';
import { type Fixing, type GateOptions, runGate, type Said, type Source } from './gate.js';
import { readOf, refuse, withoutIn } from './parts.js';
import { againstDigest, areHere, digestOf } from './shard.js';

const largest = 512 * 1024 * 1024;

/**
 * The whole of `rampart merge`: what the parts of a run say together is what the run says, byte for byte. Parts that are not all
 * the parts of one run are refused.
 */
export async function runMerge(paths: readonly string[], options: GateOptions, version: string): Promise<Said> {
  const { files, problems } = listFiles(paths, (path) => path.endsWith('.json'));
  const [problem] = problems;
  if (problem) throw problem.error;
  const parts: Part[] = [];
  for (const file of files) parts.push(await loadPart(file));
  const [first] = parts;
  if (!first)
    throw refuse('RAMPART_PARTS_MISSING', 'no part was given', 'Give what each rampart check --shard printed.');
  checkParts(parts, version);
  const named = options.system !== undefined || options.baseline !== undefined || first.system !== undefined;
  const judging = named ? options : { ...options, baseline: first.baseline };
  const source: Source = {
    read: async () => readOf(parts),
    findings: (_, against) => {
      if (againstDigest(against) !== first.against) throw otherwise(first);
      return joined(parts);
    },
    withoutRequirement: () => withoutIn(parts),
  };
  return runGate([], judging, version, source, await fixingFor(first, judging));
}

/** Where the manifests are here as they were judged, SARIF says of them what mends a finding; elsewhere it cannot. */
async function fixingFor(part: Part, options: GateOptions): Promise<Fixing | undefined> {
  const { asksForSarif, fixing } = await import('./sarif-fixes.js');
  if (!asksForSarif(options)) return undefined;
  return async (judged) => ((await areHere(part, judged.given)) ? fixing(part.paths, options)(judged) : new Map());
}

async function loadPart(file: string): Promise<Part> {
  const text = await readText(file, { maxBytes: largest });
  try {
    const { digest, ...part } = JSON.parse(text) as Part & { digest: unknown };
    // Written by Rampart and whole: nothing of it needs to be doubted one by one.
    if (part.rampart === 'part' && part.format === 2 && digest === digestOf(part)) return part;
  } catch {
    // Falls through to the one error for a file that is not what a shard printed.
  }
  throw new RampartError('RAMPART_NO_PART', `${file} is not what rampart check --shard printed, or not all of it`, {
    exit: 'input',
    next: 'Give the parts as they were printed; run the shard again if one was cut short.',
    position: { file, line: 1, column: 1 },
  });
}

/** What the parts of one run have in common, and how people call it. */
const common = [
  ['of', 'the number of shards'],
  ['baseline', 'the baseline'],
  ['controlData', 'the control data'],
  ['system', 'the system'],
  ['against', 'the requirements or settings'],
  ['inputs', 'the manifests or parameters'],
  ['isWhole', 'whether a folder was given'],
] as const;

function checkParts(parts: readonly Part[], version: string): void {
  const [first] = parts as [Part];
  const again = 'Run all shards again, of the same files, with the same flags and the same version.';
  const stranger = parts.find((part) => part.version !== version);
  if (stranger) {
    throw refuse(
      'RAMPART_PARTS_DIFFER',
      `a part was made by Rampart ${stranger.version}, and this is ${version}`,
      again,
    );
  }
  for (const [key, what] of common) {
    const other = parts.find((part) => part[key] !== first[key]);
    if (!other) continue;
    const message = `parts ${first.shard} and ${other.shard} are of different runs: they differ in ${what}`;
    throw refuse('RAMPART_PARTS_DIFFER', message, again);
  }
  if (parts.some(({ files }) => files.length !== first.files.length)) {
    throw refuse('RAMPART_PARTS_DIFFER', 'the parts are of different files', again);
  }
  const numbers = parts.map(({ shard }) => shard).sort((left, right) => left - right);
  const twice = numbers.find((number, index) => number === numbers[index - 1]);
  if (twice !== undefined) throw refuse('RAMPART_PARTS_TWICE', `part ${twice} was given twice`, 'Give each part once.');
  const missing = Array.from({ length: first.of }, (_, index) => index + 1).filter((each) => !numbers.includes(each));
  if (missing.length === 0) return;
  const numbered = missing.slice(0, 20).join(', ');
  const message =
    missing.length === 1
      ? `part ${numbered} of ${first.of} is missing`
      : `parts ${numbered} of ${first.of} are missing`;
  throw refuse('RAMPART_PARTS_MISSING', message, 'Run what is missing and give all parts.');
}

const otherwise = ({ system, baseline }: Part): RampartError =>
  refuse(
    'RAMPART_PARTS_DIFFER',
    `the parts were judged against ${system === undefined ? baseline : `the plan of ${system}`} with other requirements or settings than these`,
    'Give rampart merge the --system, --baseline, --controls and --requirements that the shards were given.',
  );
