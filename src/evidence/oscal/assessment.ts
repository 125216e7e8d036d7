import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Position } from '#model/position.js';
import type { Category } from '#model/requirement.js';
import { isBlocking } from '#model/verdict.js';
import { holdsOn } from '#model/waiver.js';
import { rampartNamespace, uuidOf, uuidV5 } from './uuid.js';

/** The namespace of Rampart's own properties and facets. */
export const rampartNs = 'urn:rampart:oscal:v1';

export type Json = Readonly<Record<string, unknown>>;

export interface AssessmentInput {
  plan?: Plan;
  findings: readonly Finding[];
  observations?: readonly Observation[];
  system: { id: string; name: string };
  /** With where its list of controls was read. */
  baseline: { id: string; title: string; source?: string };
  /** File name of the assessment plan, where there is one beside the document. */
  assessmentPlan?: string;
  /** File names of the system security plan and the component definition, where there are. */
  systemSecurityPlan?: string;
  componentDefinition?: string;
  /** Requirement → the part of a system it is about. */
  categories?: ReadonlyMap<string, Category>;
  toolVersion: string;
  /** SHA-256 of the control data, hex. */
  controlDataDigest: string;
  /** ISO 8601 with a zone. */
  time: string;
  /** What is known of the files findings point into; a file that is not listed is named without a digest. */
  files?: readonly EvidenceFile[];
  /** UUID of a risk → the day earlier evidence says it was known of, `YYYY-MM-DD`. */
  detected?: Readonly<Record<string, string>>;
  /** What was not looked at though it was given, a sentence each. */
  notLookedAt?: readonly string[];
  /** What people must know of the run beside that, a sentence each: waivers with a fault, what thresholds let by. */
  beside?: readonly string[];
  /** Files that could not be read, each once: what they declare was not judged, and is not met as far as anybody knows. */
  notRead?: readonly { file: string; why: string }[];
}

export interface EvidenceFile {
  /** As positions spell it. */
  path: string;
  /** Where it lies relative to the document, when not at `path`. A bundle keeps it under `inputs/`. */
  location?: string;
  sha256?: string;
  mediaType?: string;
  /** Kept without what is secret and laid out anew, as a Terraform plan is: its lines are not those that were judged. */
  isLaidAnew?: boolean;
}

/** A finding with the UUIDs of what is said about it. */
export interface Judged {
  finding: Finding;
  /** What was judged: the system itself where a resource is missing, otherwise one resource of a manifest or an account. */
  subject: string;
  /** Every place the finding rests on, each once, in file and line order. */
  places: readonly Position[];
  /** Judgements of manifests of which the same is said share one. */
  observation: string;
  /** Only where it is open or was waived: what is open of a requirement is one risk, and so is what one waiver of it covers. */
  risk?: string;
  /** Speaks against its controls: it blocks, or its waiver is missing or has run out. */
  open: boolean;
}

/** The names under which one assessment speaks of things. */
export interface Assessment {
  input: AssessmentInput;
  judged: readonly Judged[];
  /** Namespace of what lasts from run to run: the system, its resources and their risks. */
  lasting: string;
  /** The result's UUID, and the namespace of what belongs to this run: observations and findings. */
  run: string;
  tool: string;
  system: string;
}

export function assessmentOf(input: AssessmentInput): Assessment {
  const lasting = uuidOf(rampartNamespace, 'system', input.system.id);
  const system = uuidOf(lasting, 'component');
  const keyed = input.findings
    .map((finding) => {
      const key = keyOf(finding);
      return { finding, key, order: JSON.stringify(content(finding, key)) };
    })
    .sort((left, right) => compare(left.order, right.order));
  const about = ['result', input.time, input.toolVersion, input.controlDataDigest, input.baseline.id];
  const run = uuidV5(
    lasting,
    // No line of JSON holds a line end, so none of them can pretend to be two.
    [
      JSON.stringify(about),
      ...keyed.map(({ order }) => order),
      ...(input.observations ?? []).map((fact) => JSON.stringify(fact)).sort(),
      ...(input.notRead ?? []).map(({ file, why }) => JSON.stringify(['not read', file, why])).sort(),
      ...Object.entries(input.detected ?? {})
        .map(([risk, day]) => JSON.stringify(['detected', risk, day]))
        .sort(),
    ].join('\n'),
  );
  const seen = new Map<string, number>();
  const day = input.time.slice(0, 10);
  const judged = keyed.map(({ finding, key }): Judged => {
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const open = isOpen(finding, day);
    const risk = open || finding.verdict === 'waived' ? riskOf(lasting, finding, open) : undefined;
    return {
      finding,
      subject:
        finding.type === 'system'
          ? system
          : uuidOf(lasting, 'resource', finding.position?.file ?? '', finding.type, finding.resource),
      places: placesOf(finding),
      observation: isOfManifest(finding)
        ? uuidOf(run, 'alike', risk ?? '', ...saidOf(finding))
        : uuidOf(run, 'observation', key, nth),
      ...(risk === undefined ? {} : { risk }),
      open,
    };
  });
  return { input, judged, lasting, run, tool: uuidOf(lasting, 'tool'), system };
}

function placesOf({ position, evidence = [] }: Finding): Position[] {
  const places = position ? [...evidence, position] : [...evidence];
  return places.sort(byPlace).filter((place, at) => at === 0 || byPlace(places[at - 1] as Position, place) !== 0);
}

const byPlace = (left: Position, right: Position): number =>
  compare(left.file, right.file) || left.line - right.line || left.column - right.column;

/** Whether it may be told with others: what was seen in an account was seen at a time of its own. */
export const isOfManifest = ({ position }: Finding): boolean => position !== undefined;

/** What an observation says of its subjects: those that agree in it, and in the risk they carry, are one observation. */
const saidOf = ({ requirement, verdict, title, severity, reason, branch = '' }: Finding): string[] => [
  requirement,
  verdict,
  title,
  severity,
  reason,
  branch,
];

const isOpen = ({ verdict, waiver }: Finding, day: string): boolean =>
  isBlocking(verdict) || (verdict === 'waived' && !(waiver && holdsOn(waiver, day)));

/** What a finding is about, without what may differ in the next run: a line that moved is still the same risk. */
const keyOf = ({ requirement, position, type, resource, branch }: Finding): string =>
  JSON.stringify([requirement, position?.file ?? '', type, resource, branch ?? '']);

/** The UUID of the risk of all that is open of a requirement. */
export const openRisk = (lasting: string, requirement: string): string => uuidOf(lasting, 'risk', requirement);

const riskOf = (lasting: string, finding: Finding, open: boolean): string =>
  uuidOf(lasting, 'risk', ...riskKey(finding, open));

/** What a waiver says, without which resources it is for: one decision of one day about one requirement. */
function riskKey({ requirement, waiver }: Finding, open: boolean): string[] {
  if (open || !waiver) return [requirement];
  const { owner, approver, reason, expires, ticket = '' } = waiver;
  return [requirement, JSON.stringify([owner, approver, reason, expires, ticket])];
}

const content = (finding: Finding, key: string): unknown => [
  key,
  finding.position?.line ?? 0,
  finding.position?.column ?? 0,
  finding.verdict,
  finding.reason,
  finding.waiver ?? null,
  finding.severity,
  finding.evidence ?? [],
];

/**
 * The UUID of a document over its content: the run stands for every finding and live fact, and for the control data all else
 * that is said of them is from; `parts` is what the run does not speak of.
 */
export const documentUuid = ({ run }: Assessment, kind: string, parts: readonly unknown[]): string =>
  uuidOf(run, 'document', kind, JSON.stringify(parts));

export const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export const property = (name: string, value: string): Json => ({ name, ns: rampartNs, value });

/** The tool as the origin of an observation or a risk. */
export const originOf = ({ tool }: Assessment): Json => ({ actors: [{ type: 'tool', 'actor-uuid': tool }] });
