import { basename, posix } from 'node:path';
import type { BundleFile, Verdict } from '#evidence/index.js';
import type { Given, Opened } from '#manifest/template-file.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { ManifestLanguage } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult, Result } from '#model/result.js';
import type { Waiver } from '#model/waiver.js';
import { asKept } from './as-kept.js';
import { givenFor } from './assemblies.js';
import { type Place, placesIn } from './assembly-places.js';
import { judge, pinningFor, standpointOf } from './gate.js';
import { subjectName } from './in-hand.js';
import { judgedWith } from './judged-with.js';
import { keptText } from './kept-text.js';
import { judgeObservations, waiveLive } from './live-findings.js';
import { readTexts, type TextInHand } from './manifests.js';
import { findingsPath, inputPath } from './member.js';

/** What a bundle holds of what its findings were judged from. */
interface Held {
  plan: Plan;
  base: ControlBase;
  result: Result;
  time: Date;
  tool: { version: string };
  /** As they are kept. */
  manifests: readonly BundleFile[];
  /** Manifests of the assemblies that say where some of them go. */
  assemblies: readonly BundleFile[];
  /** Names and languages of those that are kept without what is secret. */
  inPart: ReadonlyMap<string, ManifestLanguage>;
  /** Waivers of a file of their own, where one is sealed. */
  waivers: readonly Waiver[];
  verdict: Verdict | undefined;
  /** What was observed of the live account. */
  observations: readonly Observation[];
  /** Files in hand that no bundle holds, or holds in part only. */
  judgedWith: readonly BundleFile[];
}

/** What of the findings only whoever sealed them answers for. */
export interface Left {
  /** What they rest on that is not in hand. */
  on: string;
  /** Findings that judging again does not give. */
  findings: number;
  /** Findings it gives that are not there. */
  missing: number;
}

/** What differs, and what could not be judged again: of that the findings are what whoever sealed them says. */
export interface JudgedAgain {
  problems: readonly string[];
  notes: readonly string[];
  /** How many findings there are, and how many of them judging again gives. */
  findings: number;
  same: number;
  left: readonly Left[];
}

/** Differences anybody reads. */
const listed = 20;

/** Judges the manifests of a bundle again, and holds its findings against what that gives. */
export async function judgedAgain(held: Held): Promise<JudgedAgain> {
  const { plan, base, time, tool, waivers, verdict, observations } = held;
  const subjects = verdict?.subjects ?? [];
  const { parameters, whole, strangers } = judgedWith(held.judgedWith, subjects);
  const findings = held.result.findings.length;
  const none = { findings, same: 0, left: [] };
  const given = subjects.find(({ kind }) => kind === 'parameters');
  const isUngiven = given !== undefined && parameters === undefined;
  if (strangers.length > 0) {
    const wanted = isUngiven ? `the ${given.name} the verdict speaks of` : 'a file the verdict speaks of';
    return { problems: strangers.map((path) => `${path} is not ${wanted}`), notes: [], ...none };
  }
  if (isUngiven) {
    const why = `--judged-with has to name ${given.name}, which no bundle holds`;
    const left = [{ on: `${given.name}, which no bundle holds`, findings, missing: 0 }];
    return { problems: [], notes: [`the manifests were not judged again: ${why}`], ...none, left };
  }
  const inPart = new Map([...held.inPart].filter(([name]) => !whole.has(name)));
  const stand = standpointOf(plan, base);
  const reading = { ...stand.given, ...(parameters ?? { parameters: {} }) };
  try {
    const sealed = new Sealed(held.manifests, whole);
    await sealed.leaveOut([...inPart.keys()], reading);
    const given = { ...reading, open: sealed.open };
    const read = await readTexts(await sealed.texts(given, placesIn(held.assemblies)), given);
    const other = notKept(held, whole, read.manifests);
    if (other.length > 0) return { problems: other, notes: [], ...none };
    const pinIn = await pinningFor([...(plan.system.waivers ?? []), ...waivers]);
    const judged = judge(read, base, stand, tool.version, time, { waivers, pinIn });
    const live = observations.length > 0 ? judgeObservations(observations, plan, base) : [];
    const day = time.toISOString().slice(0, 10);
    const again = [...judged.findings, ...waiveLive(live, waivers, { plan, base, day }).findings];
    return compared({ ...held, inPart }, { ...judged, findings: again }, sealed.hasRefused);
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return { problems: [`the manifests cannot be judged again: ${error.message}`], notes: [], ...none };
  }
}

/** What is in hand is what was judged; that what is sealed is the same less its secrets is for what was sealed to show. */
function notKept(held: Held, whole: ReadonlyMap<string, string>, manifests: readonly Manifest[]): string[] {
  const kept = new Map(held.manifests.map(({ path, bytes }) => [path, bytes]));
  return manifests.flatMap(({ file, lines, language }) => {
    if (!whole.has(file) || !held.inPart.has(file)) return [];
    const made = new TextEncoder().encode(keptText(lines, language === 'terraform'));
    const isKept = Buffer.compare(made, kept.get(file) ?? new Uint8Array(0)) === 0;
    return isKept ? [] : [`${inputPath(file)} is not what is kept of the ${file} the verdict speaks of`];
  });
}

/** The manifests of a bundle, which find each other as their files did. */
class Sealed {
  private readonly byPath: Map<string, string>;
  /** Whether one names a file that is not sealed: why it was not opened may be said in other words than it was. */
  hasRefused = false;

  /** `whole` is the text of those that are sealed without what is secret, where somebody has it. */
  constructor(manifests: readonly BundleFile[], whole: ReadonlyMap<string, string>) {
    const text = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
    this.byPath = new Map(manifests.map(({ path, bytes }) => [path, whole.get(path) ?? text(bytes)]));
  }

  /** Leaves out those of some manifests that cannot be read: what a secret is blotted out with may be no YAML. */
  async leaveOut(names: readonly string[], given: Given): Promise<void> {
    for (const path of names) {
      try {
        const { manifests } = await readTexts([{ path, text: this.byPath.get(path) ?? '' }], given);
        if (manifests.length > 0) continue;
      } catch (error) {
        if (!(error instanceof RampartError)) throw error;
      }
      this.byPath.delete(path);
    }
  }

  /** All of them; those of assemblies with where they go. */
  texts(given: Given, places: ReadonlyMap<string, Place>): Promise<TextInHand[]> {
    return Promise.all(
      [...this.byPath].map(async ([path, text]): Promise<TextInHand> => {
        const { assembly, stack } = places.get(path) ?? {};
        if (assembly === undefined || stack === undefined) return { path, text };
        return { path, text, placed: { assembly, given: await givenFor(stack, given) } };
      }),
    );
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
  /** Objects of a cluster know each other: where one is not kept whole, none of them is judged as it was. */
  private readonly cluster: ReadonlySet<string>;

  constructor(private readonly held: Held) {
    const isPart = [...held.inPart.values()].includes('kubernetes');
    this.cluster = new Set(
      isPart
        ? held.result.files.flatMap(({ file, language }) => (language === 'kubernetes' ? [subjectName(file)] : []))
        : [],
    );
  }

  get areNone(): boolean {
    const { inPart, observations } = this.held;
    return inPart.size === 0 && observations.length === 0;
  }

  of({ position }: Finding): string | undefined {
    if (position === undefined) return this.areNone ? undefined : 'what lives, or is missing';
    const file = subjectName(position.file);
    if (this.held.inPart.has(file)) return inPartText(file);
    if (this.cluster.has(file))
      return `${file}, whose objects know those of a manifest that is kept without what is secret`;
    return undefined;
  }
}

/** What is said beside the findings and rests on the manifests alone. */
const besides = ['boundary', 'withoutRequirement', 'unusedWaivers', 'waiverProblems'] as const;

/** What a result has of what it is told as, and of what it came to. */
const decidedFields = ['schemaVersion', 'summary', 'gate'] as const;

function compared(held: Held, again: Result, areReasonsLoose: boolean): JudgedAgain {
  const excuses = new Excuses(held);
  const all = held.result.findings.length;
  const key = ({ toleratedBy: _, reason, ...finding }: Finding): string =>
    asKept({ ...finding, reason: areReasonsLoose ? '' : reason }, bare);
  const said = new Tally(held.result.findings, key);
  const made = new Tally(again.findings, key);
  const left = new Map<string, Left>();
  const leave = (on: string, { findings = 0, missing = 0 }: Partial<Left>): void => {
    const before = left.get(on);
    left.set(on, { on, findings: findings + (before?.findings ?? 0), missing: missing + (before?.missing ?? 0) });
  };
  const wrong: string[] = [];
  let same = all;
  for (const { finding, count } of said.without(made)) {
    same -= count;
    const excuse = excuses.of(finding);
    if (excuse === undefined) wrong.push(`${titleOf(finding)} is not what judging again gives`);
    else leave(excuse, { findings: count });
  }
  for (const { finding, count } of made.without(said)) {
    const excuse = excuses.of(finding);
    if (excuse === undefined) wrong.push(`${titleOf(finding)} is missing: judging again gives it`);
    else leave(excuse, { missing: count });
  }
  // That what was judged is what is kept, less its secrets, is said by the digest of the verdict alone.
  for (const name of held.inPart.keys()) leave(inPartText(name), {});
  wrong.push(...resultProblems(held, again, areReasonsLoose));
  for (const name of excuses.areNone ? besides : (['boundary'] as const)) {
    if (asKept(held.result[name], bare) !== asKept(again[name], bare))
      wrong.push(`${name} is not what judging again gives`);
  }
  const more = wrong.length - listed;
  const lefts = [...left.values()];
  return {
    problems: [...wrong.slice(0, listed), ...(more > 0 ? [`${more} more of it differs`] : [])].map(
      (what) => `${findingsPath}: ${what}`,
    ),
    notes: [`the manifests were judged again, which gives ${same} of the ${all} findings`, ...lefts.flatMap(leftNote)],
    findings: all,
    same,
    left: lefts,
  };
}

/** What is said of the files that were judged, and which fields the result has: none may be added that nothing is held against. */
function resultProblems({ result, inPart }: Held, again: Result, areReasonsLoose: boolean): string[] {
  const known = new Set([...Object.keys(again), ...besides, ...decidedFields]);
  const strange = Object.keys(result).filter((name) => !known.has(name));
  const row = ({ notes, ...file }: FileResult): string => asKept(areReasonsLoose ? file : { ...file, notes });
  const made = new Set(again.files.map(row));
  const other = result.files.filter(
    (file) => file.status === 'judged' && !inPart.has(subjectName(file.file)) && !made.has(row(file)),
  );
  return [...strange, ...other.map(({ file }) => `what is said of ${file}`)].map(
    (what) => `${what} is not what judging again gives`,
  );
}

const inPartText = (name: string): string => `${name}, which is kept without what is secret`;

function leftNote({ on, findings, missing }: Left): string[] {
  if (findings + missing === 0) return [`whoever sealed it answers for that it is what was judged, on ${on}`];
  return [
    ...(findings > 0 ? [`whoever sealed it answers for ${findings} of these, on ${on}`] : []),
    ...(missing > 0 ? [`judging again gives ${missing} that are not among these, on ${on}`] : []),
  ];
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
