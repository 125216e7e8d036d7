import type { Earlier } from '#evidence/fedramp/earlier.js';
import type { Cited } from '#evidence/fedramp/urn.js';
import type { BundleFile } from '#evidence/index.js';
import { assessmentOf } from '#evidence/oscal/assessment.js';
import { detectedOf, weaknessesOf } from '#evidence/oscal/weakness.js';
import type { Tool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { modelRecords } from '#plan/model-record.js';
import type { Laid } from '#report/diagram/layout.js';
import { htmlReport, type JudgedFile } from '#report/html.js';
import { besideOf } from './beside.js';
import { fedrampMembers } from './fedramp-documents.js';
import { drawBeside } from './graph.js';
import { subjectName } from './in-hand.js';
import { baselineOf } from './load.js';
import { cited, findingsPath, inputPath, json, mediaTypeOf, member, planPath } from './member.js';
import { indicatorsOf, recordMember } from './model-records.js';
import { notLookedAt } from './not-looked-at.js';
import { assessmentResultsName, oscalDocuments } from './oscal-documents.js';
import { spreadsheetsOf } from './spreadsheets.js';

/** What derived members are made from; a bundle holds all of it, save the control base, of which it holds the digest. */
export interface Derivation {
  /** The findings and the observations as the bundle holds them. */
  facts: { findings: Cited; observations: Cited };
  plan: Plan;
  /** The boundary of the plan, where it is being drawn already. */
  drawing?: Promise<Laid>;
  base: ControlBase;
  result: Result;
  manifests: readonly (BundleFile & Cited)[];
  /** Manifests of the cloud assemblies that say where manifests go. */
  assemblies: readonly BundleFile[];
  time: Date;
  tool: Pick<Tool, 'version'>;
  earlier?: Earlier;
}

/** The documents people read and upload, of one run. */
export async function documentsOf(input: Derivation, observations: readonly Observation[]): Promise<Member[]> {
  const { plan, base, result, tool, time } = input;
  const baseline = baselineOf(base, plan.baseline);
  const records = modelRecords(plan.system, base);
  const shared = {
    plan,
    findings: result.findings,
    observations,
    system: { id: plan.system.id, name: plan.system.name },
    toolVersion: tool.version,
    controlDataDigest: base.digest,
    time: time.toISOString(),
  };
  const plans = new Set(
    result.files.flatMap(({ file, language }) => (language === 'terraform' ? [subjectName(file)] : [])),
  );
  const files = input.manifests.map(({ path, sha256 }) => ({
    path,
    location: `../${inputPath(path)}`,
    sha256,
    mediaType: mediaTypeOf(path),
    ...(plans.has(path) ? { isLaidAnew: true } : {}),
  }));
  const unseen = notLookedAt(result, observations);
  const categories = new Map(base.requirements.map(({ id, category }) => [id, category]));
  const assessment = assessmentOf({
    ...shared,
    baseline,
    files,
    categories,
    notLookedAt: unseen,
    beside: besideOf(result),
    ...(input.earlier?.detected ? { detected: input.earlier.detected } : {}),
  });
  const poam = {
    rows: weaknessesOf(assessment).map((weakness) => ({
      id: weakness.risk,
      findings: weakness.judged.map(({ finding }) => finding),
      open: weakness.open,
      detected: detectedOf(weakness, assessment),
    })),
    contact: plan.system.owner.contact,
    toolVersion: tool.version,
    time: shared.time,
  };
  const { boundary, owner } = plan.system;
  const inventory = { findings: result.findings, regions: boundary.regions, contact: owner.contact };
  const { controls, requirements, natures } = base;
  const matrix = { findings: result.findings, selected: baseline.controls, controls, requirements, natures };
  const from = [findingsPath, planPath];
  const oscal = (await oscalDocuments(assessment)).map(({ name, document }) => {
    const made = json(`oscal/${name}`, document, 'document', from);
    return name === assessmentResultsName ? cited(made) : made;
  });
  const fedramp = await fedrampMembers(input, { assessment, oscal });
  const spreadsheets = spreadsheetsOf({ system: plan.system.name, poam, inventory, matrix }, from);
  const report = htmlReport({
    ...shared,
    // Asked for last: everything else is made while the system is being drawn.
    drawing: await (input.drawing ?? (await drawBeside(plan, base)).drawing),
    baseline: { title: baseline.title, controls: baseline.controls },
    controls: base.controls,
    families: base.families,
    indicators: indicatorsOf(baseline, base),
    records,
    sources: base.sources,
    manifests: judgedFiles(input),
    notLookedAt: unseen,
    waiverProblems: result.waiverProblems ?? [],
  });
  return [
    ...oscal,
    ...fedramp,
    member('report/index.html', report, 'text/html', 'report', from),
    recordMember(shared.system, records),
    ...spreadsheets,
  ];
}

/** The manifests a bundle holds, with how much was read in each. */
function judgedFiles({ manifests, result }: Derivation): JudgedFile[] {
  const read = new Map(result.files.map(({ file, resources }) => [file, resources]));
  return manifests.map(({ path, sha256 }) => ({ path, sha256, resources: read.get(path) }));
}
