import { basename, dirname } from 'node:path';
import { advance, assertPaths, assertPinned, encodeMonotonicState } from '#evidence/index.js';
import { now, wallClock } from '#io/clock.js';
import { readBytes, readText } from '#io/read.js';
import { readTool } from '#io/tool.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { visible } from '#model/unseen.js';
import { countsText } from '#report/said.js';
import { besideOf } from './beside.js';
import { decided } from './decision.js';
import { loadEarlier } from './earlier.js';
import { sealEvidence } from './evidence.js';
import { judge, pinningFor, standpointOf } from './gate.js';
import { drawBeside } from './graph.js';
import { type DeploymentFlags, readInHand, sealedPaths, subjectName } from './in-hand.js';
import { keptText } from './kept-text.js';
import { leftNotes } from './left-notes.js';
import { judgeObservations, type LiveWaived, waiveLive } from './live-findings.js';
import { loadBase, loadPlan } from './load.js';
import { readManifests } from './manifests.js';
import { assembliesFolder, inputPath } from './member.js';
import { withDigests } from './not-looked-at.js';
import { loadParameters } from './parameters.js';
import { judgedTexts, readAssemblies, withGrounds } from './rests-on.js';
import { type KeyFlags, keyPlaceOf, withSigner } from './signers.js';
import { readState } from './state-file.js';
import { loadTrust } from './trust.js';
import { givenWaivers, waiversPath } from './waivers.js';

interface CreateOptions extends KeyFlags, DeploymentFlags {
  system: string;
  out: string;
  trust?: string | undefined;
  waivers?: string | undefined;
  observations?: string | undefined;
  'pseudonym-key'?: string | undefined;
  environment: string;
  state?: string | undefined;
  since?: string | undefined;
  'valid-days': number;
  force: boolean;
}

const small = { maxBytes: 1024 * 1024 };
const large = { maxBytes: 64 * 1024 * 1024 };

/** The whole of `rampart evidence create`. */
export async function createEvidence(
  paths: readonly string[],
  options: CreateOptions,
  config: { version: string; root: string },
): Promise<{
  identity: string;
  /** How many findings there are of each verdict, in words. */
  counts: string;
  result: Result;
  written: readonly string[];
  state: number | undefined;
  notes: readonly string[];
}> {
  const inside = sealedPaths(paths);
  const { plan, base } = await loadPlan(options.system, await loadBase());
  const { drawing } = await drawBeside(plan, base);
  // Whatever else goes wrong is told; a drawing nobody waits for any more is not missed.
  drawing.catch(() => undefined);
  const stand = standpointOf(plan, base);
  const given = options.parameters ? await loadParameters(options.parameters) : { parameters: {} };
  const seen = await readManifests(inside, { ...stand.given, ...given });
  refuseUnread(seen.files);
  const read = { ...seen, files: await withDigests(seen.files) };
  const texts = judgedTexts(read.manifests);
  const files = [...texts.keys()];
  const beside = await readAssemblies(read.files, read.records);
  const assemblies = beside.filter(({ kind }) => kind !== 'content');
  assertPaths([
    ...files.map((path) => inputPath(subjectName(path))),
    ...assemblies.map(({ path }) => `${assembliesFolder}${path}`),
  ]);
  const time = now();
  const waiversFile = waiversPath(options.waivers);
  const waivers = await givenWaivers(waiversFile, base);
  const pinIn = await pinningFor([...(plan.system.waivers ?? []), ...waivers]);
  const gate = judge(read, base, stand, config.version, time, { waivers, pinIn });
  const observations = await loadObservations(options.observations);
  const day = time.toISOString().slice(0, 10);
  const live = waiveLive(observations.length > 0 ? judgeObservations(observations, plan, base) : [], waivers, {
    plan,
    base,
    day,
  });
  const result = await decided(withLive(gate, live), base, plan.system.gate, { 'allow-empty': false }, day);
  const state = options.state === undefined ? undefined : await readState(options.state);
  const { environment, trust } = options;
  const follows = { systemId: plan.system.id, environment, time, trust };
  const earlier = options.since ? { earlier: await loadEarlier(options.since, follows) } : {};
  const judged = [...withGrounds(await readInHand(files, options), read.files, assemblies), ...beside];
  const held = new Map(judged.flatMap(({ kind, path, bytes }) => (kind === 'manifest' ? [[path, bytes]] : [])));
  const plans = new Set(read.manifests.flatMap(({ file, language }) => (language === 'terraform' ? [file] : [])));
  refuseSpeltOut(result.findings, plans);
  const kept = [...texts].map(([file, lines]) => {
    const path = subjectName(file);
    return { path, bytes: keptBytes(lines, held.get(path) as Uint8Array, plans.has(file)) };
  });
  const facts = {
    plan,
    drawing,
    base,
    result,
    observations,
    system: { path: options.system, bytes: await readBytes(options.system, small) },
    ...(waiversFile ? { waivers: { path: waiversFile, bytes: await readBytes(waiversFile, small) } } : {}),
    manifests: kept,
    assemblies,
    judged,
    environment: options.environment,
    time,
    validDays: options['valid-days'],
    tool: readTool(config.root),
    state,
    pseudonymKey: options['pseudonym-key'] ? await readBytes(options['pseudonym-key'], small) : undefined,
    ...earlier,
    sourceDateEpoch: process.env.SOURCE_DATE_EPOCH ? Math.floor(time.getTime() / 1000) : 0,
  };
  const policy = options.trust ? await loadTrust(options.trust) : undefined;
  const sealed = await withSigner(
    options,
    async () => keyPlaceOf(plan, base),
    (signer) => {
      if (policy) assertPinned(policy, signer, wallClock());
      return sealEvidence({ ...facts, signers: [signer] });
    },
  );
  const written = await writeWhole([{ path: basename(options.out), bytes: sealed.archive }], {
    root: dirname(options.out),
    force: options.force,
  });
  if (options.state) {
    const next = advance(state, sealed.statement.predicate, sealed.identity, time);
    await writeWhole([{ path: basename(options.state), bytes: encodeMonotonicState(next) }], {
      root: dirname(options.state),
      force: true,
    });
  }
  return {
    identity: sealed.identity,
    counts: countsText(result),
    result,
    written,
    state: options.state ? sealed.statement.predicate.sequence : undefined,
    notes: [...besideOf(result), ...leftNotes(sealed.archive)],
  };
}

/** A waiver's fault is one fault, whether manifests or the live account brought it to light. */
function withLive(gate: Result, { findings, problems }: LiveWaived): Result {
  const known = new Set(gate.waiverProblems?.map(({ waiver }) => JSON.stringify(waiver)));
  const faults = [
    ...(gate.waiverProblems ?? []),
    ...problems.filter(({ waiver }) => !known.has(JSON.stringify(waiver))),
  ];
  return {
    ...gate,
    findings: [...gate.findings, ...findings],
    ...(faults.length > 0 ? { waiverProblems: faults } : {}),
  };
}

/** What is sealed of a manifest; its bytes where nothing is left out. */
function keptBytes(lines: Lines, bytes: Uint8Array, isPlan: boolean): Uint8Array {
  // It was read when it was judged; what is sealed must be what was judged.
  if (new TextDecoder('utf-8').decode(bytes) !== lines.written) {
    throw new RampartError(
      'RAMPART_CHANGED_MEANWHILE',
      `${lines.file} was changed while it was judged; nothing was sealed`,
      {
        exit: 'outside',
        next: 'Run the command again.',
      },
    );
  }
  const kept = keptText(lines, isPlan);
  return kept === lines.written ? bytes : new TextEncoder().encode(kept);
}

/**
 * A manifest is sealed as it was judged, and a password has no form by which the scan of the bundle would know it: the gate does. Of a
 * plan what Terraform calls sensitive is left out. Who says that it is none waives the finding.
 */
function refuseSpeltOut(findings: readonly Finding[], plans: ReadonlySet<string>): void {
  const spelt = findings.flatMap(({ sensitive, verdict, position, requirement }) =>
    sensitive && verdict === 'fail' && position && !plans.has(position.file) ? [{ position, requirement }] : [],
  );
  const [first] = spelt;
  if (first === undefined) return;
  const say = ({ position, requirement }: (typeof spelt)[number]): string =>
    `${visible(position.file)} line ${position.line} spells out what ${requirement} takes for a secret`;
  throw new RampartError('RAMPART_SECRET_IN_BUNDLE', `${say(first)}; nothing was sealed`, {
    exit: 'input',
    next: 'Take it out (and revoke it if it is real), then seal again. If it is no secret, waive the finding with the reason.',
    problems: spelt.map((each) => ({ ...each.position, message: say(each) })),
  });
}

/** Evidence of files that were not understood would be evidence of nothing. */
function refuseUnread(files: Result['files']): void {
  const unread = files.filter((file) => file.status === 'not-readable');
  if (unread.length === 0 && files.some((file) => file.status === 'judged')) return;
  throw new RampartError(
    'RAMPART_NOT_ALL_READ',
    unread.length > 0 ? 'not every manifest could be read' : 'no manifest was given',
    {
      exit: unread.length > 0 ? 'input' : 'nothingJudged',
      next: 'Give manifests that rampart check can read.',
      problems: unread.flatMap(({ notes }) => notes),
    },
  );
}

async function loadObservations(path: string | undefined): Promise<readonly Observation[]> {
  if (path === undefined) return [];
  const text = await readText(path, large);
  try {
    const { observations } = JSON.parse(text) as { observations?: unknown };
    if (Array.isArray(observations)) return observations as Observation[];
  } catch {
    // Falls through to the one error for a file that is not what probe printed.
  }
  throw new RampartError('RAMPART_OBSERVATIONS', `${path} does not hold what rampart probe --json prints`, {
    exit: 'input',
    next: 'Run rampart probe --json and keep its output in this file.',
  });
}
