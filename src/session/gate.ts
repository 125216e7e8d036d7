import { type Against, check, within } from '#check/check.js';
import { inherit } from '#check/inherit.js';
import { waive } from '#check/waive.js';
import { withoutRequirement } from '#check/without-requirement.js';
import { now, wallClock } from '#io/clock.js';
import { readAccount, terminal } from '#io/environment.js';
import type { Given } from '#manifest/template-file.js';
import type { JudgingBase } from '#model/base.js';
import type { Selection } from '#model/baseline.js';
import type { ExitName } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Profile } from '#model/gate.js';
import type { Plan } from '#model/plan.js';
import type { Lines } from '#model/position.js';
import { withHeld } from '#model/resource.js';
import type { Result } from '#model/result.js';
import type { SettingValue } from '#model/setting.js';
import type { Waiver } from '#model/waiver.js';
import { effectiveSettings } from '#plan/settings.js';
import { humanReport } from '#report/formats/human.js';
import type { ReportText } from '#report/formats/index.js';
import type { Change } from '#report/sarif/place.js';
import { azureOf } from './azure.js';
import { type DecisionOptions, decided } from './decision.js';
import { baselineOf, defaultSystem, loadBase, loadJudging, loadPlan, overlaid, withLanguages } from './load.js';
import { countFiles, type Read, readManifests, readTexts, standardInput } from './manifests.js';
import { paletteFor } from './palette.js';
import { profileOf } from './policy.js';
import { givenWaivers, limitsOf } from './waivers.js';

/** What is judged against, and by what it is decided. */
export interface JudgeOptions extends DecisionOptions {
  system?: string | undefined;
  baseline?: string | undefined;
  controls?: readonly string[] | undefined;
  requirements?: readonly string[] | undefined;
  boundary?: readonly string[] | undefined;
  parameters?: string | undefined;
  waivers?: string | undefined;
}

export interface GateOptions extends JudgeOptions {
  /** Each `name` or `name=path`. */
  format: readonly string[];
  force: boolean;
  all: boolean;
  /** How many threads judge; what suits the machine and the files when left out. */
  threads?: number | undefined;
  /** File for a signed verdict; the other options of it are those of `attest.ts`. */
  attest?: string | undefined;
}

const defaultBaseline = 'fedramp-rev5-moderate';

/** Where a run has its manifests and findings from: files that are read and judged, or what shards of the run found. */
export interface Source {
  read(given: Given): Promise<Read>;
  findings: typeof check;
  /** Asked for after the findings. */
  withoutRequirement: typeof withoutRequirement;
}

/** What was judged, from where, and what it was judged by. */
export interface Judged {
  result: Result;
  manifests: Read['manifests'];
  sources: Read['sources'];
  records: Read['records'];
  stand: Standpoint;
  base: JudgingBase;
  given: Given;
}

/** What mends the findings of a run, for reports that can say it. */
export type Fixing = (judged: Judged) => Promise<ReadonlyMap<Finding, readonly Change[]>>;

/** What is to be printed, and what to say beside it: what was written where. */
export interface Said {
  text: ReportText;
  notes: readonly string[];
  exit: ExitName;
}

/** The whole of `rampart check`: reads, judges, reports. */
export async function runGate(
  paths: readonly string[],
  options: GateOptions,
  version: string,
  given?: Source,
  fixing?: Fixing,
): Promise<Said> {
  const source = given ?? (await sourceOf(paths, options, version));
  // A report for people is all that most runs ask for: other formats are loaded only when they are.
  const reports = options.format.join() === 'human' ? undefined : await import('./reports.js');
  const orders = reports?.ordersOf(options.format) ?? [];
  const judged = await judgePaths(options, version, source);
  const { result, sources, manifests, records, stand } = judged;
  const exit = exitOf(result);
  if (options.attest)
    await (await import('./attest.js')).attest(options.attest, options, { result, manifests, records, stand });
  const { colour, isScreen, width } = terminal();
  const human = { palette: await paletteFor(colour), sources, all: options.all, ...(isScreen ? { width } : {}) };
  if (!reports) return { text: humanReport(result, human), notes: [], exit };
  const { baseline, plan } = stand;
  return reports.makeReports(orders, result, {
    ...human,
    ...(fixing ? { fixes: await fixing(judged) } : {}),
    ...{ exit, baseline, plan, force: options.force },
  });
}

/** Whether passes are only counted: in a report for people that does not show them. */
const isCounting = ({ format, all, ...flags }: GateOptions): boolean =>
  format.join() === 'human' && !all && flags['write-baseline-file'] === undefined;

/** From here on several threads are sooner done, where there are cores for them. */
const manyFiles = 250;

/** Manifests of files, judged here, or by several threads where there are many. */
async function sourceOf(paths: readonly string[], options: GateOptions, version: string): Promise<Source> {
  const { threads, attest } = options;
  const passes = isCounting(options) ? 'counted' : undefined;
  const alone = filesOf(paths, passes);
  // A verdict that is signed is over what was read here.
  if (threads === 1 || attest || paths.includes(standardInput)) return alone;
  const files = threads === undefined ? await countFiles(paths, manyFiles) : 0;
  if (threads === undefined && files < manyFiles) return alone;
  const { inThreads, threadsFor } = await import('./threads.js');
  const of = threads ?? threadsFor(files);
  return of < 2 ? alone : inThreads({ paths, options, version, of, passes }, alone);
}

/** Manifests of files, judged here. */
export const filesOf = (paths: readonly string[], passes?: 'counted'): Source => ({
  read: (given) => readManifests(paths, given),
  findings: (manifests, against) => check(manifests, passes ? { ...against, passes } : against),
  withoutRequirement,
});

/** What the gate says of what a source has. */
export async function judgePaths(options: JudgeOptions, version: string, source: Source): Promise<Judged> {
  const { controls, requirements } = options;
  const shipped = controls || requirements ? await loadBase(controls, requirements) : await loadJudging();
  const { base, ...stand } = await standpoint(shipped, options);
  const parameters = options.parameters
    ? await (await import('./parameters.js')).loadParameters(options.parameters)
    : { parameters: {} };
  const given = { ...stand.given, ...parameters };
  const read = await source.read(given);
  const known = await withLanguages(base, [...new Set(withHeld(read.manifests).map(({ language }) => language))]);
  const asked = await askedBy(options, base, stand);
  const judged = judge(read, known, stand, version, wallClock(), await withTexts(asked, read), source);
  const result = await decided(
    judged,
    base,
    stand.plan?.system.gate,
    options,
    now().toISOString().slice(0, 10),
    read.sources,
  );
  return { result, manifests: read.manifests, sources: read.sources, records: read.records, stand, base: known, given };
}

/** From where manifests are judged: the plan of a system, or a baseline by itself in the whole of its boundary. */
export interface Standpoint {
  baseline: Selection;
  settings: Readonly<Record<string, SettingValue>>;
  given: Omit<Given, 'parameters'>;
  plan?: Plan;
}

export async function standpoint(
  shipped: JudgingBase,
  options: JudgeOptions,
): Promise<Standpoint & { base: JudgingBase }> {
  const { boundary = [] } = options;
  const system = options.system ?? (options.baseline ? undefined : await defaultSystem());
  if (system !== undefined) {
    const whole = await loadBase(options.controls, options.requirements);
    const { plan, base } = await loadPlan(system, whole, boundary);
    return { ...standpointOf(plan, base), base };
  }
  const base = await overlaid(shipped, boundary);
  const baseline = baselineOf(base, options.baseline ?? defaultBaseline);
  const [partition] = base.boundary.partitions;
  if (!partition) throw new Error('the boundary data holds no partition');
  return {
    base,
    baseline,
    settings: effectiveSettings(base, baseline.id),
    given: { partition: partition.id, regions: partition.regions, ...azureOf(base) },
  };
}

/** Where several endpoints ask for different values of a setting, each is judged by the plan of its own. */
export function standpointOf(plan: Plan, base: JudgingBase): Standpoint {
  const { boundary } = plan.system;
  // A plan holds the settings of its kinds of endpoint; manifests may hold more, and are judged by all requirements.
  const planned = Object.fromEntries(
    plan.endpoints.flatMap((endpoint) => endpoint.settings.map(({ id, value }) => [id, value])),
  );
  const settings = { ...effectiveSettings(base, plan.baseline), ...planned };
  const account = readAccount(boundary.account, boundary.partition);
  return {
    plan,
    baseline: baselineOf(base, plan.baseline),
    settings,
    given: {
      partition: boundary.partition,
      regions: boundary.regions,
      ...azureOf(base, boundary),
      ...(account ? { account } : {}),
    },
  };
}

/** What the gate says of manifests that are in hand and stand in no file yet, by the plan they were made of. */
export async function judgeTexts(
  texts: readonly { path: string; text: string }[],
  plan: Plan,
  base: JudgingBase,
  version: string,
  passes?: 'counted',
): Promise<Result> {
  const stand = standpointOf(plan, base);
  const read = await readTexts(texts, { ...stand.given, parameters: {} });
  return judge(read, base, stand, version, wallClock(), {}, filesOf([], passes));
}

/** What a run may have beside a standpoint. */
export interface Asked {
  /** Waivers beside those of the plan's system. */
  waivers?: readonly Waiver[];
  profile?: Profile | undefined;
  /** How findings are pinned in some texts, where a waiver pins any; loaded only then. */
  pinIn?: PinIn | undefined;
  /** The texts, where those of what was read are not all. */
  texts?: ReadonlyMap<string, Lines>;
}

type PinIn = (texts: ReadonlyMap<string, Lines>) => (finding: Finding) => string;

/** The texts that were judged, as far as they are kept. */
export const textsOf = ({ manifests, sources }: Pick<Read, 'manifests' | 'sources'>): Map<string, Lines> =>
  new Map([...manifests.map(({ file, lines }): [string, Lines] => [file, lines]), ...sources]);

/** What the flags of a run ask for beside its standpoint. */
export async function askedBy(
  options: JudgeOptions,
  base: JudgingBase,
  { baseline, plan }: Standpoint,
): Promise<Asked> {
  const waivers = await givenWaivers(options.waivers, base);
  const profile = profileOf(options.requirement, base.requirements, baseline);
  return { waivers, profile, pinIn: await pinningFor([...(plan?.system.waivers ?? []), ...waivers]) };
}

/** How findings are pinned, where one of some waivers pins any. */
export const pinningFor = async (waivers: readonly Waiver[]): Promise<PinIn | undefined> =>
  waivers.some(({ pin }) => pin !== undefined) ? (await import('./pin.js')).pinIn : undefined;

/** What is asked, with the texts of plans too where findings are to be pinned: threads and shards do not hand them on. */
async function withTexts(asked: Asked, read: Read): Promise<Asked> {
  if (!asked.pinIn) return asked;
  const { withPlans } = await import('./standing.js');
  return { ...asked, texts: await withPlans(textsOf(read), read.files) };
}

/**
 * Judges what was read. Waivers apply by the wall clock: a pinned SOURCE_DATE_EPOCH must not revive one
 * that has run out. Evidence passes the time it states as its own.
 */
export function judge(
  read: Read,
  base: JudgingBase,
  stand: Standpoint,
  version: string,
  time: Date = wallClock(),
  { waivers = [], profile, pinIn, texts }: Asked = {},
  source: Omit<Source, 'read'> = filesOf([]),
): Result {
  const against = againstOf(base, stand, profile);
  const system = stand.plan?.system;
  const day = time.toISOString().slice(0, 10);
  const { findings, problems, unused } = waive(
    inherit(source.findings(read.manifests, against), system?.inherited ?? [], { day, maxDays: base.inheritedMaxDays }),
    [...(system?.waivers ?? []), ...waivers],
    {
      day,
      limits: limitsOf(base, system?.gate),
      severities: new Map(base.requirements.map(({ id, severity }) => [id, severity])),
      judged: new Set(against.requirements.map(({ id }) => id)),
      files: read.files.filter(({ status }) => status === 'judged').map(({ file }) => file),
      isWhole: read.isWhole === true || stand.plan !== undefined,
      ...(pinIn ? { pinOf: pinIn(texts ?? textsOf(read)) } : {}),
    },
  );
  return {
    tool: { name: 'rampart', version },
    baseline: stand.baseline.id,
    controlData: base.digest,
    ...(stand.plan ? { system: stand.plan.system.id } : {}),
    boundary: {
      partition: stand.given.partition,
      regions: stand.given.regions,
      ...(base.boundary.own ? { data: base.boundary.own } : {}),
    },
    files: read.files,
    ...(profile
      ? { profile }
      : { withoutRequirement: source.withoutRequirement(read.manifests, against.requirements) }),
    findings,
    ...(unused.length > 0 ? { unusedWaivers: unused } : {}),
    ...(problems.length > 0 ? { waiverProblems: problems } : {}),
  };
}

/** The requirements of the baseline or a profile of it, with their controls cut down to it, and all that judging needs to know. */
export function againstOf(
  base: JudgingBase,
  { baseline, settings, given, plan }: Standpoint,
  profile?: Profile,
): Against {
  const selected = new Set(baseline.controls);
  const only = profile && new Set(profile.requirements);
  const requirements = base.requirements
    .filter(({ id }) => !only || only.has(id))
    .map((requirement) => ({ ...requirement, controls: within(requirement.controls, selected) }))
    .filter((requirement) => requirement.controls.length > 0);
  return {
    requirements,
    settings,
    boundary: { ...given, ...accountsOf(given, base, plan) },
    nvmeFamilies: base.boundary.nvmeFamilies,
    clouds: base.boundary.clouds,
    offers: { ...base.boundary, models: [...(plan?.system.boundary.models ?? []), ...base.boundary.models] },
    needs: plan ? [...new Set(plan.endpoints.map(({ endpoint }) => endpoint.kind))] : [],
    ...(plan ? { system: plan.system.id } : {}),
  };
}

/** Accounts that are no strangers, where the boundary says which is its own. */
function accountsOf(
  { account, partition }: Standpoint['given'],
  { boundary }: JudgingBase,
  plan: Plan | undefined,
): Pick<Against['boundary'], 'accounts'> {
  if (account === undefined) return {};
  const { trustedAccounts = [] } = plan?.system.boundary ?? {};
  const { serviceAccounts = [], registries = [] } = boundary;
  const trusted = trustedAccounts.flatMap((each) => readAccount(each.account, partition) ?? []);
  return { accounts: [account, ...trusted, ...[...serviceAccounts, ...registries].map((each) => each.account)] };
}

/** The exit of a decided result. */
export const exitOf = ({ gate }: Result): ExitName => gate?.exit ?? 'bug';
