import { supportOf } from '#check/support.js';
import { fedrampDocuments } from '#evidence/fedramp/documents.js';
import { leftMarkdown } from '#evidence/fedramp/left-markdown.js';
import { recordMarkdown } from '#evidence/fedramp/record-markdown.js';
import type { Assessment } from '#evidence/oscal/assessment.js';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import { certificationOf, classOf, type JudgedIndicator, judgedIndicators } from '#model/fedramp-rules.js';
import type { ModelRecords } from '#model/model-record.js';
import { modelRecords } from '#plan/model-record.js';
import { bundleState } from './bundle-state.js';
import type { Derivation } from './documents.js';
import { baselineOf } from './load.js';
import {
  cited,
  earlierPath,
  findingsPath,
  inputPath,
  json,
  leftPath,
  member,
  observationsPath,
  planPath,
} from './member.js';
import { assessmentResultsPath } from './oscal-documents.js';

/**
 * FedRAMP's documents of a bundle and the list of what they leave for people, where the baseline is one of FedRAMP's: an
 * agency that holds a system against NIST's own baselines applies for no certification.
 */
export async function fedrampMembers(
  input: Derivation,
  { assessment, oscal }: { assessment: Assessment; oscal: readonly Member[] },
): Promise<Member[]> {
  const { facts, plan, base, result, manifests, assemblies, earlier, tool } = input;
  const certification = certificationOf(plan.baseline);
  if (certification === undefined) return [];
  const { default: validate } = await import('#generated/fedramp.js');
  const baseline = baselineOf(base, plan.baseline);
  const results = oscal.find(({ path }) => path === assessmentResultsPath);
  const { documents, left } = fedrampDocuments(
    {
      assessment,
      plan,
      baseline,
      indicators: indicatorsFor(plan.baseline, base),
      controls: base.controls,
      rules: base.rules,
      ...certification,
      cited: {
        ...facts,
        assessmentResults: results && cited(results),
        manifests,
      },
      present: {
        baseline: plan.baseline,
        controls: supportOf(result.findings),
        state: bundleState(plan, base.digest, tool.version, [...manifests, ...assemblies]),
      },
      makers: makersIn(modelRecords(plan.system, base)),
      ...(earlier ? { earlier } : {}),
    },
    validate.schema,
    validate,
  );
  const from = [findingsPath, planPath, observationsPath, ...manifests.map(({ path }) => inputPath(path))];
  const compared = earlier ? [...from, earlierPath] : from;
  const record = documents.find(({ type }) => type === 'security-decision-record');
  const text = record ? [recordMarkdown(record.document, namesOf(base))] : [];
  return [
    ...documents.map(
      ({ path, bytes }): Member => ({
        path,
        bytes,
        mediaType: 'application/json',
        role: 'document',
        derivedFrom: [...compared].sort(),
      }),
    ),
    ...text.map((each) => member('fedramp/security-decision-record.md', each, 'text/markdown', 'report', compared)),
    json(leftPath, left, 'document', compared),
    member(leftPath.replace(/json$/, 'md'), leftMarkdown(left), 'text/markdown', 'report', compared),
  ];
}

/** Id → name of rules, indicators and controls, as they are printed. */
const namesOf = ({ rules, controls }: ControlBase): ReadonlyMap<string, string> =>
  new Map([
    ...[...rules.rules, ...rules.indicators].map(({ id, name }) => [id, name] as const),
    ...controls.map(({ label, title }) => [label, title] as const),
  ]);

/** Who made the model of each endpoint, with who says so. */
const makersIn = ({ endpoints }: ModelRecords): ReadonlyMap<string, string> =>
  new Map(
    endpoints.flatMap(({ endpoint, rows }) => {
      const { values: [maker] = [], from } = rows.find(({ field }) => field === 'provider') ?? {};
      if (maker === undefined || from === undefined) return [];
      return [[endpoint, `${maker} (${from === 'system-file' ? 'the system file' : `${from.source}, ${from.date}`})`]];
    }),
  );

/** Indicators of the class a baseline is of, or of the class that is as sensitive. */
function indicatorsFor(id: string, { baselines, rules }: ControlBase): readonly JudgedIndicator[] {
  const { impact } = baselineOf({ baselines }, id);
  const own = baselines.find((each) => each.id === id && classOf(each.id) !== undefined);
  const of = own ?? baselines.find((each) => classOf(each.id) !== undefined && each.impact === impact);
  const wanted = of?.indicators ?? {};
  return judgedIndicators(rules).filter(({ id: indicator }) => Object.hasOwn(wanted, indicator));
}
