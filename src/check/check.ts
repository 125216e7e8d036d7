import type { BoundaryData } from '#model/base.js';
import type { EndpointKind } from '#model/endpoint.js';
import type { Finding } from '#model/finding.js';
import type { Expectation, Mapping, Requirement } from '#model/requirement.js';
import { type Manifest, type Resource, withHeld } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { plainWorld } from '#model/value.js';
import { type Context, contextOf, type Shared } from './context.js';
import { judgeMissing } from './exists.js';
import { countedPass, judgeResource } from './judge.js';
import type { Offered } from './offers.js';
import { Reading, Shape } from './reading.js';
import { Recall } from './recall.js';
import { ResourceIndex } from './resource-index.js';
import { mayPick, sameType, typeKey } from './type.js';

/** What to judge against. */
export interface Against {
  /** Sorted by id, with controls cut down to the baseline. */
  requirements: readonly Requirement[];
  settings: Readonly<Record<string, SettingValue>>;
  boundary: Context['boundary'];
  nvmeFamilies: BoundaryData['nvmeFamilies'];
  clouds?: BoundaryData['clouds'];
  /** What regions are known to have: a requirement that asks for it is an error without. */
  offers?: Offered;
  /** Endpoint kinds the system needs; empty without a system file, and then nothing is called missing. */
  needs: readonly EndpointKind[];
  /** Name of the system for findings about what is missing. */
  system?: string;
  /** Set where nobody will read where passes are and what they rest on. */
  passes?: 'counted';
}

/** What judging any of these manifests needs to know. */
export function sharedOf(manifests: readonly Manifest[], against: Against): Shared {
  const index = new ResourceIndex(manifests);
  return {
    settings: against.settings,
    boundary: against.boundary,
    nvmeFamilies: against.nvmeFamilies,
    clouds: against.clouds,
    offers: against.offers,
    passes: against.passes,
    ofType: (manifest, type) => index.ofType(manifest, type),
    find: (manifest, address) => index.find(manifest, address),
    isNowhere: (type) => index.isNowhere(type),
  };
}

/** Resources × Requirements → Findings, sorted by file, place and requirement. */
export function check(given: readonly Manifest[], against: Against): Finding[] {
  const manifests = withHeld(given);
  const context = sharedOf(manifests, against);
  const findings = judgeEach(manifests, against, context);
  if (against.needs.length > 0) findings.push(...judgeMissing(manifests, against, context));
  if (against.passes !== 'counted') return findings.sort(inOrder);
  // Passes that are only counted may stand in any order, and there are many.
  const passes: Finding[] = [];
  const others: Finding[] = [];
  for (const finding of findings) (finding.verdict === 'pass' ? passes : others).push(finding);
  for (const other of others.sort(inOrder)) passes.push(other);
  return passes;
}

/** What is found of each resource by itself, in the order of the manifests. */
export function judgeEach(manifests: readonly Manifest[], against: Against, context: Shared): Finding[] {
  const known = new Map<Manifest['language'], Speakers>();
  const findings: Finding[] = [];
  for (const manifest of manifests) {
    const speakers = known.get(manifest.language) ?? new Speakers(against.requirements, manifest.language);
    known.set(manifest.language, speakers);
    // Where passes are shown, each has places of its own; where there are branches, what is read is not all that decides.
    const recalls = context.passes === 'counted' && hasNoBranches(manifest);
    for (const resource of manifest.resources) {
      judgeBy(speakers.of(resource), resource, contextOf(context, resource, plainWorld), recalls, findings);
    }
  }
  return findings;
}

function judgeBy(
  { shape, speakers }: Speaking,
  resource: Resource,
  plain: Context,
  recalls: boolean,
  findings: Finding[],
): void {
  const reading = recalls ? new Reading(resource, shape) : undefined;
  for (const { requirement, expectations, recall } of speakers) {
    const found = reading
      ? recall.judge(resource, plain, reading)
      : judgeResource(resource, requirement, expectations, plain);
    if (found) findings.push(found === 'pass' ? countedPass(resource, requirement) : found);
  }
}

const hasNoBranches = ({ language }: Manifest): boolean => language === 'kubernetes' || language === 'terraform';

/** Controls of a requirement that a baseline selects. */
export const within = (controls: readonly Mapping[], selected: ReadonlySet<string>): readonly Mapping[] =>
  controls.filter((control) => selected.has(control.id));

export type Each = Extract<Expectation, { each: unknown }>;

/** A requirement that speaks of a type. */
interface Speaker {
  requirement: Requirement;
  expectations: readonly Each[];
  recall: Recall;
}

interface Speaking {
  shape: Shape;
  speakers: readonly Speaker[];
}

/** What a requirement expects of each resource of some types, and its place among all that is expected. */
interface Spoken {
  requirement: Requirement;
  expectation: Each;
  order: number;
}

/** Which requirements speak of the resources of a manifest; the answer per type is made once. */
class Speakers {
  private readonly ofWholes = new Map<string, Speaking>();
  private readonly ofParts = new Map<string, Speaking>();
  /** Expectations by the types they name, and those of all: there are hundreds of both. */
  private readonly naming = new Map<string, Spoken[]>();
  private readonly ofAll: Spoken[] = [];

  constructor(requirements: readonly Requirement[], language: Manifest['language']) {
    let order = 0;
    for (const requirement of requirements) {
      for (const expectation of requirement.expect[language] ?? []) {
        if ('each' in expectation) this.enter({ requirement, expectation, order: order++ });
      }
    }
  }

  of({ type, partOf }: Resource): Speaking {
    const known = partOf === undefined ? this.ofWholes : this.ofParts;
    let speaking = known.get(type);
    if (!speaking) {
      speaking = this.make(type, partOf !== undefined);
      known.set(type, speaking);
    }
    return speaking;
  }

  private enter(spoken: Spoken): void {
    const { each } = spoken.expectation;
    for (const type of each === '*' ? [] : [each].flat()) {
      const known = this.naming.get(typeKey(type));
      if (!known) this.naming.set(typeKey(type), [spoken]);
      else if (known.at(-1) !== spoken) known.push(spoken);
    }
    if (each === '*') this.ofAll.push(spoken);
  }

  private make(type: string, isPart: boolean): Speaking {
    const named = this.naming.get(typeKey(type)) ?? [];
    const ofAll = isPart ? [] : this.ofAll.filter(({ expectation: { where } }) => mayPick(where, type));
    const expected = new Map<Requirement, Each[]>();
    for (const { requirement, expectation } of [...named, ...ofAll].sort((left, right) => left.order - right.order)) {
      const others = expected.get(requirement);
      if (others) others.push(expectation);
      else expected.set(requirement, [expectation]);
    }
    const speakers = [...expected].map(
      ([requirement, expectations]): Speaker => ({
        requirement,
        expectations,
        recall: new Recall(requirement, expectations),
      }),
    );
    return { shape: new Shape(), speakers };
  }
}

/** What a requirement expects of each resource of a type. */
export function expectationsOf(
  { expect }: Requirement,
  language: Resource['language'],
  type: string,
  isPart: boolean,
): readonly Each[] {
  return (expect[language] ?? []).filter(
    (expectation): expectation is Each => 'each' in expectation && speaksOf(expectation, type, isPart),
  );
}

function speaksOf({ each, where }: Each, type: string, isPart: boolean): boolean {
  if (typeof each !== 'string') return each.some((wanted) => sameType(wanted, type));
  return (each === '*' && !isPart && mayPick(where, type)) || sameType(each, type);
}

/** Most strings compared here are the very same one. */
const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** The order findings are given in; those of one place stay in the order they were made. */
export function inOrder(left: Finding, right: Finding): number {
  return (
    compare(left.position?.file ?? '', right.position?.file ?? '') ||
    (left.position?.line ?? 0) - (right.position?.line ?? 0) ||
    (left.position?.column ?? 0) - (right.position?.column ?? 0) ||
    compare(left.resource, right.resource) ||
    compare(left.requirement, right.requirement)
  );
}
