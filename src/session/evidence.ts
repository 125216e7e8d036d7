import { basename } from 'node:path';
import type { Earlier } from '#evidence/fedramp/earlier.js';
import {
  type BundleFile,
  byPath,
  type Judged,
  type JudgedSubject,
  judgedSubjects,
  type MonotonicState,
  nextInChain,
  pseudonym,
  pseudonymizeArns,
  type SealedBundle,
  type Signer,
  sealBundle,
  sha256,
  type Verdict,
} from '#evidence/index.js';
import type { Tool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { traceOf } from '#render/trace.js';
import type { Laid } from '#report/diagram/layout.js';
import { sarifReport } from '#report/formats/sarif.js';
import { besideVerdict } from './beside.js';
import { type Derivation, documentsOf } from './documents.js';
import {
  assembliesFolder,
  cited,
  collectionPath,
  controlDataPath,
  earlierPath,
  findingsPath,
  inputPath,
  json,
  mediaTypeOf,
  member,
  observationsPath,
  planPath,
  waiversFolder,
} from './member.js';
import { notLookedAt } from './not-looked-at.js';
import { heldResult } from './result-file.js';

/** Everything a bundle is made from. */
export interface EvidenceInput {
  plan: Plan;
  /** The boundary of the plan, where it is being drawn already. */
  drawing?: Promise<Laid>;
  base: ControlBase;
  result: Result;
  observations: readonly Observation[];
  /** The system file and the manifests that were judged, as read; a manifest's path is the one its deployment knows. */
  system: BundleFile;
  /** The file of waivers, when there was one. */
  waivers?: BundleFile;
  manifests: readonly BundleFile[];
  /** Manifests of the cloud assemblies that say where manifests go. */
  assemblies: readonly BundleFile[];
  /** What will be deployed, byte for byte: a Terraform plan is kept without its secrets, and deployed with them. */
  judged: readonly Judged[];
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
  /** What earlier evidence of the system said. */
  earlier?: Earlier;
}

/** Judged facts → a sealed bundle. Throws rather than seal a secret or a document that is not valid. */
export async function sealEvidence(given: EvidenceInput): Promise<SealedBundle> {
  const { plan, base, time, tool } = given;
  const observations = withoutAccounts(given);
  const input = {
    ...given,
    result: { ...given.result, findings: findingsWithoutAccounts(given) },
    // In the order of the bundle, which is all that whoever makes it again knows.
    manifests: [...given.manifests].sort(byPath).map((one) => ({ ...one, sha256: sha256(one.bytes) })),
  };
  const { facts, members } = givenMembers(input, observations);
  const { sequence, previous } = nextInChain(input.state, { systemId: plan.system.id, environment: input.environment });
  return sealBundle({
    members: [...members, ...(await derivedOf({ ...input, facts }, observations))],
    artifacts: input.judged,
    verdict: verdictOf(input, judgedSubjects(input.judged)),
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

/** What the gate is said to have said, of what a bundle holds. */
export const verdictOf = (
  {
    result,
    tool,
    time,
    plan,
    environment,
    base,
  }: Pick<EvidenceInput, 'result' | 'time' | 'plan' | 'environment'> & {
    tool: Pick<Tool, 'version'>;
    base: Pick<ControlBase, 'digest'>;
  },
  subjects: readonly JudgedSubject[],
): Omit<Verdict, 'manifest'> => ({
  subjects,
  result: result.gate?.exit === 'passed' ? 'PASSED' : 'FAILED',
  toolVersion: tool.version,
  timeVerified: time.toISOString(),
  system: { id: plan.system.id, environment },
  baseline: plan.baseline,
  controlData: base.digest,
});

/** What the members that everything else is derived from are made of. */
export type GivenFacts = Pick<
  EvidenceInput,
  'plan' | 'base' | 'result' | 'system' | 'waivers' | 'manifests' | 'assemblies' | 'earlier'
>;

/** The inputs and the facts: the two of these that documents cite, and all members. */
export function givenMembers(input: GivenFacts, observations: readonly Observation[]) {
  const { facts, beside } = factsOf(input, observations);
  return { facts, members: [...inputsOf(input), ...Object.values(facts), ...beside] };
}

const waiversMember = (path: string): string => `${waiversFolder}${basename(path)}`;

function inputsOf({ system, waivers, manifests, assemblies, base }: GivenFacts): Member[] {
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
      ({ path, ...file }): Member => ({
        ...file,
        path: inputPath(path),
        mediaType: mediaTypeOf(path),
        role: 'artifact',
      }),
    ),
    ...assemblies.map(
      ({ path, bytes }): Member => member(`${assembliesFolder}${path}`, bytes, 'application/json', 'input'),
    ),
    json(controlDataPath, { digest: base.digest, sources: base.sources }, 'input'),
  ];
}

/** The plan, made of the system file that is sealed as `from`. */
export const planMember = (plan: Plan, from: string): Member => json(planPath, plan, 'result', [from, controlDataPath]);

/** What everything else is derived from: the two members that documents cite, and those beside them. */
function factsOf(input: GivenFacts, observations: readonly Observation[]) {
  const { plan, result, manifests, assemblies, system, waivers, earlier } = input;
  const judged = [
    `inputs/${basename(system.path)}`,
    ...(waivers ? [waiversMember(waivers.path)] : []),
    ...manifests.map(({ path }) => inputPath(path)),
    ...assemblies.map(({ path }) => `${assembliesFolder}${path}`),
  ];
  return {
    facts: {
      findings: cited(json(findingsPath, heldResult(result), 'result', [...judged, observationsPath])),
      observations: cited(json(observationsPath, observations, 'evidence')),
    },
    beside: [
      planMember(plan, `inputs/${basename(system.path)}`),
      ...(earlier ? [json(earlierPath, earlier, 'evidence')] : []),
    ],
  };
}

/** Everything that is a pure function of the facts, so that whoever has the bundle can make it again. */
export async function derivedOf(input: Derivation, observations: readonly Observation[]): Promise<Member[]> {
  const { result, manifests } = input;
  const trace = manifests.map(({ path }) => ({ path, lines: traceOf(result.findings, path) }));
  return [
    json(collectionPath, collection(result, observations), 'evidence', [findingsPath, observationsPath]),
    json('results/trace.json', trace, 'result', [findingsPath]),
    member('results/rampart.sarif', sarifReport(result, { indent: 0 }), 'application/sarif+json', 'result', [
      findingsPath,
    ]),
    ...(await documentsOf(input, observations)),
  ];
}

/** What was looked at and what was not: a digest proves that nothing changed, not that nothing was left out. */
function collection(result: Result, observations: readonly Observation[]) {
  const calls = observations.map(({ service, call, subject, outcome }) => ({ service, call, subject, outcome }));
  return {
    files: result.files,
    calls,
    notLookedAt: notLookedAt(result, observations),
    besideVerdict: besideVerdict(result),
  };
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
