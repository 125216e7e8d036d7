import { observeNamedKeys, observeRegions } from '#io/aws/observe.js';
import { checkStacks } from '#io/aws/observe-stacks.js';
import { now, wallClock } from '#io/clock.js';
import { readAccount } from '#io/environment.js';
import { progressLine } from '#io/progress.js';
import type { AskedRegion } from '#live/permissions.js';
import type { ControlBase } from '#model/base.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Waiver } from '#model/waiver.js';
import { againstOf, standpointOf } from './gate.js';
import { judgeObservations, type LiveWaived, waiveLive } from './live-findings.js';

export interface ProbeRequest {
  regions: readonly AskedRegion[];
  waivers: readonly Waiver[];
  /** What stacks are held against, where some are asked about. */
  gated?: { gated: readonly string[]; trust?: string | undefined; parameters?: string | undefined };
}

export interface Probed extends LiveWaived {
  observations: readonly Observation[];
  notes: readonly string[];
}

/** Looks at the live account of a system and says what its requirements say of it. */
export async function probe(plan: Plan, base: ControlBase, request: ProbeRequest): Promise<Probed> {
  const { boundary } = plan.system;
  const account = readAccount(boundary.account);
  const line = progressLine();
  const clock = process.env.SOURCE_DATE_EPOCH ? now : wallClock;
  const fipsHosts = Object.fromEntries((base.boundary.services ?? []).map(({ id, fips }) => [id, fips]));
  const shown = (what: string) => (done: number, all: number, region: string) =>
    line.show(`${region}: looked at ${done} of ${all} ${what}`);
  const common = { boundary, now: clock, fipsHosts };
  const stacks = request.regions
    .filter(({ stacks = [], changeSets = [] }) => stacks.length + changeSets.length > 0)
    .map(({ region, stacks = [], changeSets = [], deep = false }) => ({ region, stacks, changeSets, deep }));
  for (const each of stacks) checkStacks({ ...each, boundary });
  const beside = stacks.length > 0 ? await standBeside(request, plan, base) : undefined;
  try {
    const observations = [
      ...(await observeRegions(
        request.regions.map(({ region, keys }) => ({ ...common, region, keys, account, progress: shown('keys') })),
      )),
    ];
    const notLookedAt = new Set<string>();
    for (const { deep, ...asked } of beside ? stacks : []) {
      const { probeStacks } = await import('./probe-stacks.js');
      const seen = await probeStacks({ ...common, ...asked, progress: shown('resources') }, beside as Beside, deep);
      observations.push(...seen.observations);
      for (const type of seen.notLookedAt) notLookedAt.add(type);
      const keys = seen.keys.filter((key) => !observations.some((each) => isAbout(each, key)));
      if (keys.length > 0) {
        const { region } = asked;
        observations.push(...(await observeNamedKeys({ ...common, region, keys, progress: shown('keys') })));
      }
    }
    const findings = judgeObservations(observations, plan, base);
    const day = wallClock().toISOString().slice(0, 10);
    return {
      observations,
      ...waiveLive(findings, request.waivers, { plan, base, day }),
      notes: [
        ...(account === undefined ? [accountOpen] : []),
        ...(notLookedAt.size > 0
          ? [`Not looked at, since no requirement speaks of them: ${[...notLookedAt].join(', ')}.`]
          : []),
      ],
    };
  } finally {
    line.clear();
  }
}

/** Whether a key, by its ARN or id, was looked at. */
const isAbout = ({ probe, subject, answer }: Observation, key: string): boolean =>
  probe === 'kms-key' &&
  [subject, answer.arn].some((name) => typeof name === 'string' && (name === key || name.endsWith(`:key/${key}`)));

type Beside = import('./probe-stacks.js').Beside;

/** What stacks are held against, read before any call. */
async function standBeside({ gated }: ProbeRequest, plan: Plan, base: ControlBase): Promise<Beside> {
  const [{ gatedTemplates }, { loadParameters }] = await Promise.all([import('./gated.js'), import('./parameters.js')]);
  const stand = standpointOf(plan, base);
  return {
    gated: await gatedTemplates(gated ?? { gated: [] }, plan, base),
    values: gated?.parameters === undefined ? undefined : (await loadParameters(gated.parameters)).parameters,
    given: stand.given,
    requirements: againstOf(base, stand).requirements,
  };
}

const accountOpen =
  'The account was not compared: the system file names none under boundary.account (12 digits, or env:NAME).';
