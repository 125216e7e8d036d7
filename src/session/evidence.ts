import { basename } from 'node:path';
import {
  type BundleFile,
  type MonotonicState,
  nextInChain,
  pseudonym,
  pseudonymizeArns,
  type SealedBundle,
  type Signer,
  sealBundle,
  sha256,
} from '#evidence/index.js';
import { assessmentOf } from '#evidence/oscal/assessment.js';
import { assessmentResults } from '#evidence/oscal/assessment-results.js';
import { carriesRisk } from '#evidence/oscal/risk.js';
import type { Tool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { traceOf } from '#render/trace.js';
import { sarifReport } from '#report/formats/sarif.js';
import { htmlReport } from '#report/html.js';
import { poamCsv } from '#report/poam.js';
import { refuseInvalid } from './assess.js';
import { baselineOf } from './load.js';

/** Everything a bundle is made from. */
export interface EvidenceInput {
  plan: Plan;
  base: ControlBase;
  result: Result;
  observations: readonly Observation[];
  /** The system file and the manifests that were judged, as read; a manifest's path is the one its deployment knows. */
  system: BundleFile;
  /** The file of waivers, when there was one. */
  waivers?: BundleFile;
  manifests: readonly BundleFile[];
  environment: string;
  time: Date;
  /** Days until the evidence expires. */
  validDays: number;
  tool: Tool;
  signers: readonly Signer[];
  state: MonotonicState | undefined;
  /** HMAC key for account pseudonyms; needed as soon as there are observations. */
  pseudonymKey: Uint8Array | undefined;
  sourceDateEpoch: number;
}

/** Judged facts → a sealed bundle. Throws rather than seal a secret or a document that is not valid. */
export async function sealEvidence(given: EvidenceInput): Promise<SealedBundle> {
  const { plan, base, time, tool } = given;
  const observations = withoutAccounts(given);
  const input = { ...given, result: { ...given.result, findings: findingsWithoutAccounts(given) } };
  const documents = await documentsOf(input, observations);
  const { sequence, previous } = nextInChain(input.state, { systemId: plan.system.id, environment: input.environment });
  return sealBundle({
    members: [...inputsOf(input), ...factsOf(input, observations), ...documents],
    artifacts: input.manifests,
    predicate: {
      systemId: plan.system.id,
      environment: input.environment,
      sequence,
      previous,
      collectedAt: time.toISOString(),
      expiresAt: new Date(time.getTime() + input.validDays * 86_400_000).toISOString(),
      tool: { name: tool.name, version: tool.version, sha256: tool.digest },
      controlData: base.digest,
    },
    signers: input.signers,
    sourceDateEpoch: input.sourceDateEpoch,
  });
}

const waiversMember = (path: string): string => `inputs/waivers/${basename(path)}`;

const inputPath = (path: string): string => `inputs/manifests/${path}`;

function inputsOf({ system, waivers, manifests, base }: EvidenceInput): Member[] {
  return [
    { path: `inputs/${basename(system.path)}`, bytes: system.bytes, mediaType: 'application/yaml', role: 'input' },
    ...[waivers ?? []].flat().map(
      ({ path, bytes }): Member => ({
        path: waiversMember(path),
        bytes,
        mediaType: 'application/yaml',
        role: 'input',
      }),
    ),
    ...manifests.map(
      ({ path, bytes }): Member => ({ path: inputPath(path), bytes, mediaType: 'application/yaml', role: 'artifact' }),
    ),
    json('inputs/control-data.json', { digest: base.digest, sources: base.sources }, 'input'),
  ];
}

function factsOf(input: EvidenceInput, observations: readonly Observation[]): Member[] {
  const { plan, result, manifests, system, waivers } = input;
  const judged = [
    `inputs/${basename(system.path)}`,
    ...(waivers ? [waiversMember(waivers.path)] : []),
    ...manifests.map(({ path }) => inputPath(path)),
  ];
  const trace = manifests.map(({ path }) => ({ path, lines: traceOf(result.findings, path) }));
  return [
    json('evidence/observations.json', observations, 'evidence'),
    json('evidence/collection.json', collection(result, observations), 'evidence'),
    json('results/plan.json', plan, 'result', [`inputs/${basename(system.path)}`, 'inputs/control-data.json']),
    json('results/findings.json', result, 'result', [...judged, 'evidence/observations.json']),
    json('results/trace.json', trace, 'result', ['results/findings.json']),
    member('results/rampart.sarif', sarifReport(result), 'application/sarif+json', 'result', ['results/findings.json']),
  ];
}

/** What was looked at and what was not: a digest proves that nothing changed, not that nothing was left out. */
function collection(result: Result, observations: readonly Observation[]) {
  const calls = observations.map(({ service, call, subject, outcome }) => ({ service, call, subject, outcome }));
  return { files: result.files, calls, notLookedAt: notLookedAt(result, observations) };
}

function notLookedAt(result: Result, observations: readonly Observation[]): string[] {
  return [
    ...(observations.length === 0 ? ['The live account was not probed.'] : []),
    ...result.files.flatMap(({ file, status, notes }) =>
      status === 'judged' ? notes.map(({ message }) => `${file}: ${message}`) : [`${file} was not judged.`],
    ),
  ];
}

async function documentsOf(input: EvidenceInput, observations: readonly Observation[]): Promise<Member[]> {
  const { plan, base, result, tool, time } = input;
  const baseline = baselineOf(base, plan.baseline);
  const shared = {
    plan,
    findings: result.findings,
    observations,
    system: { id: plan.system.id, name: plan.system.name },
    toolVersion: tool.version,
    controlDataDigest: base.digest,
    time: time.toISOString(),
  };
  const files = input.manifests.map(({ path, bytes }) => ({
    path,
    location: `../${inputPath(path)}`,
    sha256: sha256(bytes),
    mediaType: 'application/yaml',
  }));
  const assessed = { ...shared, baseline, files };
  const oscal = assessmentResults(assessed);
  await refuseInvalid(oscal, 'sealed');
  const report = htmlReport({
    ...shared,
    baseline: { title: baseline.title, controls: baseline.controls },
    controls: base.controls,
    sources: base.sources,
    notLookedAt: notLookedAt(result, observations),
    waiverProblems: result.waiverProblems ?? [],
  });
  const poam = {
    rows: assessmentOf(assessed)
      .judged.filter(carriesRisk)
      .map(({ risk, finding, open }) => ({ id: risk, finding, open })),
    contact: plan.system.owner.contact,
    toolVersion: tool.version,
    time: shared.time,
  };
  const from = ['results/findings.json', 'results/plan.json'];
  return [
    json('oscal/assessment-results.json', oscal, 'document', from),
    member('report/index.html', report, 'text/html', 'report', from),
    member('report/poam.csv', poamCsv(poam), 'text/csv', 'report', from),
  ];
}

/** Observations with account ids replaced by pseudonyms. */
function withoutAccounts({ observations, pseudonymKey }: EvidenceInput): readonly Observation[] {
  if (observations.length === 0) return observations;
  if (!pseudonymKey) {
    throw new RampartError(
      'RAMPART_PSEUDONYM_KEY',
      'observations name accounts, and there is no key to make pseudonyms with',
      {
        exit: 'usage',
        next: 'Give --pseudonym-key with a file of at least 32 random bytes that is kept outside the bundle.',
      },
    );
  }
  const text = pseudonymizeArns(JSON.stringify(observations), pseudonymKey);
  // Policies name accounts outside ARNs too: as a principal, and in conditions such as kms:CallerAccount.
  const whole = (_: string, value: unknown) =>
    typeof value === 'string' && /^\d{12}$/.test(value) ? pseudonym(value, pseudonymKey) : value;
  return (JSON.parse(text, whole) as Observation[]).map((observation) => {
    const { account: _, ...answer } = observation.answer;
    return { ...observation, answer };
  });
}

/** The findings with the same pseudonyms where they speak of observations, so that the two still name the same things. */
function findingsWithoutAccounts({ result, pseudonymKey }: EvidenceInput): readonly Finding[] {
  if (!pseudonymKey) return result.findings;
  return result.findings.map((finding) => {
    if (finding.position !== undefined) return finding;
    const without = (text: string): string =>
      pseudonymizeArns(text, pseudonymKey).replace(/(?<![\w-])\d{12}(?![\w-])/g, (id) => pseudonym(id, pseudonymKey));
    return { ...finding, resource: without(finding.resource), reason: without(finding.reason) };
  });
}

const json = (path: string, data: unknown, role: Member['role'], derivedFrom?: readonly string[]): Member =>
  member(path, `${JSON.stringify(data, null, 2)}\n`, 'application/json', role, derivedFrom);

const member = (
  path: string,
  text: string,
  mediaType: string,
  role: Member['role'],
  derivedFrom?: readonly string[],
): Member => ({
  path,
  bytes: new TextEncoder().encode(text),
  mediaType,
  role,
  ...(derivedFrom ? { derivedFrom: [...derivedFrom].sort() } : {}),
});
