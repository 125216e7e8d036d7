import { basename, dirname, posix } from 'node:path';
import { type BundleFile, digestsOf, sameDigests, type Verdict } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import type { Opened } from '#manifest/template-file.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import type { ManifestLanguage } from '#model/requirement.js';
import type { Result } from '#model/result.js';
import type { Waiver } from '#model/waiver.js';
import { asKept } from './as-kept.js';
import { judge, standpointOf } from './gate.js';
import { subjectName } from './in-hand.js';
import { readTexts } from './manifests.js';
import { findingsPath } from './member.js';
import { loadParameters } from './parameters.js';

/** What a bundle holds of what its findings were judged from. */
interface Held {
  plan: Plan;
  base: ControlBase;
  result: Result;
  time: Date;
  tool: { version: string };
  /** As they are kept. */
  manifests: readonly BundleFile[];
  /** Names and languages of those that are kept without what is secret. */
  inPart: ReadonlyMap<string, ManifestLanguage>;
  /** Waivers of a file of their own, where one is sealed. */
  waivers: readonly Waiver[];
  /** Whether there are findings of the live account, which is not judged again. */
  isLive: boolean;
  verdict: Verdict | undefined;
  /** File of parameters in hand. */
  parameters: string | undefined;
}

/** What differs, and what could not be judged again: of that the findings are what whoever sealed them says. */
export interface JudgedAgain {
  problems: readonly string[];
  notes: readonly string[];
}

const small = { maxBytes: 1024 * 1024 };

/** Differences anybody reads. */
const listed = 20;

/** Judges the manifests of a bundle again, and holds its findings against what that gives. */
export async function judgedAgain(held: Held): Promise<JudgedAgain> {
  const { plan, base, time, tool, waivers, parameters } = held;
  const given = held.verdict?.subjects.find(({ kind }) => kind === 'parameters');
  if (given && parameters === undefined)
    return only(`the manifests were not judged again: --judged-with has to name ${given.name}, which no bundle holds`);
  const file = given ? parameters : undefined;
  if (given && file !== undefined && !sameDigests(digestsOf(await readBytes(file, small)), given.digest))
    return { problems: [`${file} is not the ${given.name} the verdict speaks of`], notes: [] };
  const values = file === undefined ? { parameters: {} } : await loadParameters(file);
  const stand = standpointOf(plan, base);
  // What the text of a Secret is blotted out with is no YAML.
  const isBlotted = ({ path }: BundleFile): boolean => held.inPart.get(path) === 'kubernetes';
  const sealed = new Sealed(held.manifests.filter((one) => !isBlotted(one)));
  try {
    const read = await readTexts(sealed.texts(), { ...stand.given, ...values, open: sealed.open });
    return compared(held, judge(read, base, stand, tool.version, time, { waivers }), sealed.hasRefused);
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return { problems: [`the manifests cannot be judged again: ${error.message}`], notes: [] };
  }
}

const only = (note: string): JudgedAgain => ({ problems: [], notes: [note] });

/** The manifests of a bundle, which find each other as their files did. */
class Sealed {
  private readonly byPath: ReadonlyMap<string, string>;
  /** Whether one names a file that is not sealed: why it was not opened may be said in other words than it was. */
  hasRefused = false;

  constructor(manifests: readonly BundleFile[]) {
    const text = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
    this.byPath = new Map(manifests.map(({ path, bytes }) => [path, text(bytes)]));
  }

  texts(): { path: string; text: string }[] {
    return [...this.byPath].map(([path, text]) => ({ path, text }));
  }

  readonly open = (path: string, from: string): Opened => {
    const file = posix.join(posix.dirname(from), path);
    const text = this.byPath.get(file);
    if (text !== undefined) return { file, text, identity: file };
    this.hasRefused = true;
    return { refused: `${path} does not exist` };
  };
}

/** Findings that may rest on more than the bundle holds, each with what of. */
class Excuses {
  private readonly assemblies: readonly string[];
  /** Objects of a cluster know each other: where one is not kept whole, none of them is judged as it was. */
  private readonly cluster: ReadonlySet<string>;

  constructor(private readonly held: Held) {
    const isPart = [...held.inPart.values()].includes('kubernetes');
    this.cluster = new Set(
      isPart
        ? held.result.files.flatMap(({ file, language }) => (language === 'kubernetes' ? [subjectName(file)] : []))
        : [],
    );
    // What `cdk synth` writes of where each stack goes is not sealed.
    this.assemblies = held.result.files.flatMap(({ file, status }) =>
      status !== 'judged' && basename(file) === 'manifest.json' ? [dirname(subjectName(file))] : [],
    );
  }

  get areNone(): boolean {
    const { inPart, isLive } = this.held;
    return inPart.size === 0 && this.assemblies.length === 0 && !isLive;
  }

  of({ position }: Finding): string | undefined {
    if (position === undefined) return this.areNone ? undefined : 'what lives, or is missing';
    const file = subjectName(position.file);
    if (this.held.inPart.has(file)) return `${file}, which is kept without what is secret`;
    if (this.cluster.has(file))
      return `${file}, whose objects know those of a manifest that is kept without what is secret`;
    const isStack = this.assemblies.some((folder) => folder === '.' || file.startsWith(`${folder}/`));
    return isStack ? `${file}, a stack of an assembly whose record is not kept` : undefined;
  }
}

/** What is said beside the findings and rests on the manifests alone. */
const besides = ['boundary', 'withoutRequirement', 'unusedWaivers', 'waiverProblems'] as const;

function compared(held: Held, again: Result, areReasonsLoose: boolean): JudgedAgain {
  const excuses = new Excuses(held);
  const key = ({ toleratedBy: _, reason, ...finding }: Finding): string =>
    asKept({ ...finding, reason: areReasonsLoose ? '' : reason }, bare);
  const said = new Tally(held.result.findings, key);
  const made = new Tally(again.findings, key);
  const left = new Map<string, number>();
  const wrong: string[] = [];
  for (const { finding, count } of said.without(made)) {
    const excuse = excuses.of(finding);
    if (excuse === undefined) wrong.push(`${titleOf(finding)} is not what judging again gives`);
    else left.set(excuse, (left.get(excuse) ?? 0) + count);
  }
  for (const { finding } of made.without(said)) {
    if (excuses.of(finding) === undefined) wrong.push(`${titleOf(finding)} is missing: judging again gives it`);
  }
  if (excuses.areNone) {
    for (const name of besides) {
      if (asKept(held.result[name], bare) !== asKept(again[name], bare))
        wrong.push(`${name} is not what judging again gives`);
    }
  }
  const more = wrong.length - listed;
  const all = held.result.findings.length;
  const same = all - [...left.values()].reduce((sum, count) => sum + count, 0);
  return {
    problems: [...wrong.slice(0, listed), ...(more > 0 ? [`${more} more of it differs`] : [])].map(
      (what) => `${findingsPath}: ${what}`,
    ),
    notes: [
      `the manifests were judged again, which gives ${same} of the ${all} findings`,
      ...[...left].map(([of, count]) => `whoever sealed it answers for ${count} of these, on ${of}`),
    ],
  };
}

/** Findings, and how many say the same. */
class Tally {
  private readonly counts = new Map<string, { finding: Finding; count: number }>();

  constructor(findings: readonly Finding[], key: (finding: Finding) => string) {
    for (const finding of findings) {
      const id = key(finding);
      this.counts.set(id, { finding, count: (this.counts.get(id)?.count ?? 0) + 1 });
    }
  }

  /** What of it another has not, or has less often. */
  without({ counts }: Tally): { finding: Finding; count: number }[] {
    return [...this.counts].flatMap(([id, { finding, count }]) => {
      const rest = count - (counts.get(id)?.count ?? 0);
      return rest > 0 ? [{ finding, count: rest }] : [];
    });
  }
}

const titleOf = ({ requirement, resource, verdict, position }: Finding): string =>
  `${verdict} of ${requirement} for ${resource}${position ? ` (${position.file}:${position.line})` : ''}`;

/** A file of waivers is sealed under its name alone, wherever it was. */
function bare(key: string, value: unknown): unknown {
  const { position } = (key === 'waiver' ? (value ?? {}) : {}) as Partial<Waiver>;
  return position ? { ...(value as Waiver), position: { ...position, file: basename(position.file) } } : value;
}
