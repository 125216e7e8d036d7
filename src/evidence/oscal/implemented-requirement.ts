import { controlIdOf, labelOf } from '#model/control.js';
import type { Inherited } from '#model/inherited.js';
import type { PlannedRequirement } from '#model/plan.js';
import type { Mapping } from '#model/requirement.js';
import type { Setting, SettingValue } from '#model/setting.js';
import { byControl, mappingProperty, plannedByControl, plannedOf } from './activity.js';
import { type Assessment, compare, type Json, property } from './assessment.js';
import type { SystemPart } from './system-part.js';
import { line, markup, some, token } from './text.js';
import { uuidOf } from './uuid.js';

interface Support {
  requirement: PlannedRequirement;
  mapping: Mapping;
}

/**
 * Each control a planned requirement supports, by the parts of the system its settings are made on; and each that what was given was
 * judged for though no endpoint plans it, of the system as a whole, so that nothing the results name is missing. Sorted by id.
 */
export function implementedRequirements(assessment: Assessment, parts: readonly SystemPart[]): Json[] {
  const { lasting, input } = assessment;
  const judged = countsByRequirement(assessment);
  const inherited = inheritedByRequirement(assessment);
  const planned = plannedByControl(assessment);
  const unplanned = unplannedByControl(assessment);
  const servings = parts.map((part) => ({
    part,
    requirements: new Set(part.endpoints.flatMap(({ requirements }) => requirements.map((each) => each.id))),
  }));
  return [...new Set([...planned.keys(), ...unplanned.keys()])].sort(compare).map((id) => {
    const supports = planned.get(id) ?? [];
    const label = labelOf(token(id));
    return {
      uuid: uuidOf(lasting, 'ssp-requirement', input.baseline.id, id),
      'control-id': token(id),
      ...some('set-parameters', parametersOf(assessment, id)),
      ...some('by-components', [
        ...servings.flatMap((each) => byComponent(assessment, each, { id, label, supports, judged, inherited }) ?? []),
        ...[unplanned.get(id) ?? []]
          .filter((own) => own.length > 0)
          .map((own) => ofSystem(assessment, id, own, judged)),
      ]),
      remarks: `Settings support ${label} in part. How the rest of it is implemented, and the control as a whole, is for people to say.`,
    };
  });
}

/**
 * Parameters of a control that planned settings serve: the words the baseline assigns, and beside them what the settings are. Whether
 * those words are kept everywhere in the system is for people to say.
 */
function parametersOf({ input }: Assessment, control: string): Json[] {
  const served = new Map<string, { text: string; settings: Set<string> }>();
  for (const { id, value, because } of input.plan?.endpoints.flatMap((endpoint) => endpoint.settings) ?? []) {
    for (const reason of because) {
      if (reason.kind !== 'parameter' || controlIdOf(reason.parameter.replace(/_.*$/, '')) !== control) continue;
      const own = served.get(reason.parameter) ?? { text: reason.text, settings: new Set() };
      served.set(reason.parameter, own);
      own.settings.add(`${markup(id)} = ${markup(textOf(value))}`);
    }
  }
  return [...served]
    .sort(([left], [right]) => compare(left, right))
    .map(([parameter, { text, settings }]) => ({
      'param-id': token(parameter),
      values: [line(text)],
      remarks: `The words the baseline assigns. Settings that serve them: ${[...settings].sort(compare).join('; ')}.`,
    }));
}

interface Supported {
  id: string;
  label: string;
  supports: readonly Support[];
  judged: ReadonlyMap<string, Counts>;
  inherited: ReadonlyMap<string, Inherited>;
}

/** A part of the system, and what is planned for the endpoints it serves. */
interface Serving {
  part: SystemPart;
  requirements: ReadonlySet<string>;
}

/** What one part does for a control; undefined where nothing planned for it supports the control. */
function byComponent(
  assessment: Assessment,
  { part, requirements }: Serving,
  { id, label, supports, judged, inherited }: Supported,
): Json | undefined {
  const { lasting, input } = assessment;
  const own = supports.filter(
    ({ requirement }) => requirements.has(requirement.id) && part.holds(input.categories?.get(requirement.id)),
  );
  if (own.length === 0) return undefined;
  const settings = settingsOf(part, new Set(own.map(({ requirement }) => requirement.id)));
  return {
    'component-uuid': part.uuid,
    uuid: uuidOf(lasting, 'by-component', input.baseline.id, id, part.uuid),
    description: `Requirements on settings of this component that support ${label} in part: ${own.map(({ requirement }) => markup(requirement.title)).join('; ')}.`,
    props: [
      ...own.map(({ requirement, mapping }) => ({
        ...mappingProperty(mapping),
        ...property('requirement', line(requirement.id)),
      })),
      ...own
        .filter(({ requirement }) => !judged.has(requirement.id))
        .map(({ requirement }) => property('not-judged', line(requirement.id))),
      ...settings.map(({ id: setting, value, description }) => ({
        ...property('setting', line(setting)),
        remarks: `${markup(textOf(value))}: ${markup(description)}`,
      })),
    ],
    ...some(
      'inherited',
      inheritedBy(own, inherited, (requirement) =>
        uuidOf(lasting, 'inherited', input.baseline.id, id, part.uuid, requirement),
      ),
    ),
    'implementation-status': statusOf(
      own.map(({ requirement }) => requirement.id),
      { part, input, judged },
    ),
  };
}

/** Control id → what was judged for it that no endpoint plans: pods in the folder of a system that has none, for one. */
function unplannedByControl(assessment: Assessment): Map<string, Support[]> {
  const planned = new Set(plannedOf(assessment).map(({ id }) => id));
  const judged = new Map<string, PlannedRequirement>();
  for (const { finding } of assessment.judged) {
    const { requirement: id, verdict, title, severity, controls } = finding;
    if (verdict !== 'not-applicable' && !planned.has(id)) judged.set(id, { id, title, severity, controls });
  }
  return byControl([...judged.values()].sort((left, right) => compare(left.id, right.id)));
}

/** What was judged for a control and is planned for no part. */
function ofSystem(
  assessment: Assessment,
  id: string,
  own: readonly Support[],
  judged: ReadonlyMap<string, Counts>,
): Json {
  const { lasting, input, system } = assessment;
  const requirements = own.map(({ requirement }) => requirement);
  return {
    'component-uuid': system,
    uuid: uuidOf(lasting, 'by-component', input.baseline.id, id, system),
    description: `Requirements that no endpoint of the plan asks for, judged on what was given, that support ${labelOf(token(id))} in part: ${requirements.map(({ title }) => markup(title)).join('; ')}.`,
    props: own.map(({ requirement, mapping }) => ({
      ...mappingProperty(mapping),
      ...property('requirement', line(requirement.id)),
    })),
    'implementation-status': statusOf(
      requirements.map((each) => each.id),
      { part: { endpoints: [] }, input, judged },
    ),
  };
}

/** What the owner of the system says comes from somebody else: a statement, of which nobody here has seen whether it is true. */
const inheritedBy = (
  own: readonly Support[],
  inherited: Supported['inherited'],
  uuid: (requirement: string) => string,
): Json[] =>
  own.flatMap(({ requirement: { id, title } }) => {
    const said = inherited.get(id);
    if (!said) return [];
    return [
      {
        uuid: uuid(id),
        description: `${markup(title)}: the system file says that this comes from ${markup(said.from)} (${markup(said.reference)}), where it was seen on ${said.seen}. Rampart has not looked at it.`,
        props: [property('requirement', line(id))],
      },
    ];
  });

/** Requirement → what is said of it, once. Each control of each part asks, and the findings of a fleet are thousands. */
function inheritedByRequirement({ judged }: Assessment): Map<string, Inherited> {
  const found = new Map<string, Inherited>();
  for (const { finding } of judged) {
    if (finding.verdict !== 'not-applicable' || !finding.inherited || found.has(finding.requirement)) continue;
    found.set(finding.requirement, finding.inherited);
  }
  return found;
}

/**
 * `partial` where a requirement was seen to be met and nothing speaks against any; `planned` otherwise. Never `implemented`: a
 * control asks for more than settings. A pass that may be of another endpoint is none of this one's, but a failure is.
 */
function statusOf(
  requirements: readonly string[],
  {
    part,
    input,
    judged,
  }: Pick<Supported, 'judged'> & { part: Pick<SystemPart, 'endpoints'>; input: Assessment['input'] },
): Json {
  const sum = (what: keyof Counts): number => requirements.reduce((all, id) => all + (judged.get(id)?.[what] ?? 0), 0);
  const { places, unmet, undecided, accepted } = {
    places: sum('places'),
    unmet: sum('unmet'),
    undecided: sum('undecided'),
    accepted: sum('accepted'),
  };
  if (unmet + undecided > 0) {
    const deviations = accepted > 0 ? ` Deviations accepted: ${accepted}.` : '';
    return planned(`Places judged: ${places}. Not met: ${unmet}. Not decided: ${undecided}.${deviations}`);
  }
  if (accepted > 0) return planned(`Places judged: ${places}. Deviations accepted: ${accepted}.`);
  const met = requirements.filter((id) => judged.has(id));
  if (met.length === 0) return planned('Nothing was judged by these requirements.');
  const elsewhere = (input.plan?.endpoints ?? []).filter((each) => !part.endpoints.includes(each));
  const others = new Set(elsewhere.flatMap((each) => each.requirements.map(({ id }) => id)));
  if (met.every((id) => others.has(id))) {
    return planned(
      'What was judged is met. Other endpoints are judged by the same, and findings do not say whose they are.',
    );
  }
  const whose =
    part.endpoints.length > 1 ? ` Findings do not say which of ${part.endpoints.length} endpoints they are of.` : '';
  return {
    state: 'partial',
    remarks: `Requirements met wherever they were judged: ${met.length} of ${requirements.length}. What was not given was not seen, and a control asks for more than settings.${whose}`,
  };
}

const planned = (remarks: string): Json => ({ state: 'planned', remarks });

/** What was judged by a requirement. */
interface Counts {
  places: number;
  /** Open, and shown to be wrong. */
  unmet: number;
  /** Open, and neither shown to be wrong nor right. */
  undecided: number;
  /** Waivers that hold. */
  accepted: number;
}

/** Requirement → what it came to, leaving out what does not apply. A control of a fleet is supported by thousands of findings. */
function countsByRequirement({ judged }: Assessment): Map<string, Counts> {
  const found = new Map<string, Counts>();
  for (const one of judged) {
    const { requirement, verdict } = one.finding;
    if (verdict === 'not-applicable') continue;
    const counts = found.get(requirement) ?? { places: 0, unmet: 0, undecided: 0, accepted: 0 };
    found.set(requirement, counts);
    counts.places += 1;
    if (one.open) counts[verdict === 'unknown' || verdict === 'error' ? 'undecided' : 'unmet'] += 1;
    else if (one.risk !== undefined) counts.accepted += 1;
  }
  return found;
}

/** Settings some of the requirements ask for; where endpoints of a part differ, each value once. */
function settingsOf({ endpoints }: SystemPart, requirements: ReadonlySet<string>): Setting[] {
  const settings = new Map<string, Setting>();
  for (const setting of endpoints.flatMap((endpoint) => endpoint.settings)) {
    if (setting.because.some((each) => each.kind !== 'user' && requirements.has(each.requirement)))
      settings.set(JSON.stringify([setting.id, setting.value]), setting);
  }
  return [...settings].sort(([left], [right]) => compare(left, right)).map(([, setting]) => setting);
}

const textOf = (value: SettingValue): string => (typeof value === 'object' ? value.join(', ') : String(value));
