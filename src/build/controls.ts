import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import {
  type BoundaryData,
  type Catalog,
  type ControlBase,
  type Expected,
  type JudgingBase,
  type OtherLanguage,
  otherLanguages,
  type ShippedExamples,
} from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { ChangeRules } from '#model/change.js';
import type { Control } from '#model/control.js';
import type { FedrampRules } from '#model/fedramp-rules.js';
import type { WaiverLimits } from '#model/gate.js';
import type { GuardrailData } from '#model/guardrail.js';
import type { AiUse, ModelFacts } from '#model/model-record.js';
import type { Natures } from '#model/nature.js';
import type { Requirement } from '#model/requirement.js';
import type { RetentionProfile } from '#model/retention-profile.js';
import type { Threat } from '#model/threat.js';

/** One YAML file under `controls/`, its path relative to that folder. */
export interface SourceFile {
  path: string;
  text: string;
}

type ControlList = { source: string; families?: Record<string, string>; controls: Control[] };

/**
 * The YAML under `controls/` as one value. Requirements are sorted by id, and their files must be named for them; throws
 * an Error naming the file otherwise.
 */
export function compileControls(files: readonly SourceFile[]): ControlBase {
  const sorted = [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
  const within = <Shape>(folder: string): { path: string; data: Shape }[] =>
    sorted
      .filter(({ path }) => path.startsWith(folder) && path.endsWith('.yaml'))
      .map(({ path, text }) => ({ path, data: read(path, text) as Shape }));
  const [rules] = within<FedrampRules>('catalog/fedramp-rules');
  if (!rules) throw new Error('controls/catalog/fedramp-rules.yaml is missing');
  const [answers] = within<Pick<FedrampRules, 'answers'>>('catalog/fedramp-answers');
  const [related] = within<Pick<FedrampRules, 'related'>>('catalog/fedramp-related');
  const [threats] = within<{ threats: Threat[] }>('catalog/threats');
  const [natures] = within<Natures>('catalog/nature');
  if (!natures) throw new Error('controls/catalog/nature.yaml is missing');
  const [limits] = within<WaiverLimits & Pick<JudgingBase, 'inheritedMaxDays'>>('governance/waivers');
  if (!limits) throw new Error('controls/governance/waivers.yaml is missing');
  const [changes] = within<ChangeRules>('governance/significant-change');
  if (!changes) throw new Error('controls/governance/significant-change.yaml is missing');
  const [aiUse] = within<AiUse>('governance/ai-use');
  if (!aiUse) throw new Error('controls/governance/ai-use.yaml is missing');
  const models = within<{ records: ModelFacts[] }>('models/').flatMap(({ data }) => data.records);
  const [config] = within<GuardrailData['config']>('guardrails/config-rules');
  const [organization] = within<GuardrailData['organization']>('guardrails/organization-policies');
  if (!config || !organization) throw new Error('controls/guardrails/ lacks a file');
  const retention = within<{ profiles: RetentionProfile[] }>('retention/').flatMap(({ data }) => data.profiles);
  const catalogs = within<ControlList>('catalog/').filter(({ data }) => data.controls);
  const baselines = within<Baseline>('baselines/').map(({ data }) => data);
  const boundary = Object.assign({}, ...within<BoundaryData>('boundary/').map(({ data }) => data)) as BoundaryData;
  const requirements = within<Requirement>('requirements/')
    .map(({ path, data }) => requirementOf(path, data))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const data = {
    sources: [
      ...catalogs.map(({ data }) => data.source),
      `FedRAMP Consolidated Rules ${rules.data.version}: ${rules.data.source} (${rules.data.date})`,
      ...baselines.map(({ title, source, date }) => `${title}: ${source} (${date})`),
    ],
    controls: catalogs.flatMap(({ data }) =>
      data.controls.map(({ id, label, title, parameters }) => ({
        id,
        label,
        title,
        ...(parameters ? { parameters } : {}),
      })),
    ),
    families: Object.assign({}, ...catalogs.map(({ data }) => data.families)) as Record<string, string>,
    rules: { ...rules.data, ...answers?.data, ...related?.data },
    threats: threats?.data.threats ?? [],
    natures: natures.data,
    changes: changes.data,
    retention,
    guardrails: { config: config.data, organization: organization.data },
    models,
    aiUse: aiUse.data,
    baselines,
    requirements,
    boundary,
    waiverLimits: { maxDays: limits.data.maxDays, mostFindings: limits.data.mostFindings },
    inheritedMaxDays: limits.data.inheritedMaxDays,
  };
  return { digest: createHash('sha256').update(JSON.stringify(data)).digest('hex'), ...data };
}

/** A requirement as it stands in its file; the category is the folder's name. */
function requirementOf(path: string, data: Requirement): Requirement {
  const [, category, name] = path.split('/');
  if (name !== `${data.id}.yaml`)
    throw new Error(`controls/${path}: the file must be named for its id, ${data.id}.yaml`);
  return { ...data, category: category as Requirement['category'], settings: data.settings ?? {} };
}

/** The base in the parts it is shipped in. */
export function inParts(base: ControlBase): {
  judging: JudgingBase;
  others: Readonly<Record<OtherLanguage, Expected>>;
  catalog: Catalog;
  examples: ShippedExamples;
} {
  const { controls, families, rules, threats, natures, changes, guardrails, models, aiUse, ...others } = base;
  const { baselines, requirements, ...rest } = others;
  return {
    judging: {
      ...rest,
      baselines: baselines.map(({ parameters: _, indicators: __, ...selection }) => selection),
      requirements: requirements.map(({ examples: _, expect, ...requirement }) => ({
        ...requirement,
        // Most manifests are CloudFormation; live expectations are few.
        expect: Object.fromEntries(
          Object.entries(expect).filter(([language]) => language === 'cloudformation' || language === 'live'),
        ),
      })),
    },
    others: Object.fromEntries(
      otherLanguages.map((language) => [
        language,
        Object.fromEntries(
          requirements.flatMap(({ id, expect: { [language]: expected } }) => (expected ? [[id, expected]] : [])),
        ),
      ]),
    ) as Record<OtherLanguage, Expected>,
    examples: Object.fromEntries(requirements.map(({ id, examples = {} }) => [id, examples])),
    catalog: {
      controls,
      families,
      rules,
      threats,
      natures,
      changes,
      guardrails,
      models,
      aiUse,
      baselines: Object.fromEntries(
        baselines.map(({ id, parameters, indicators }) => [
          id,
          indicators ? { parameters, indicators } : { parameters },
        ]),
      ),
    },
  };
}

function read(path: string, text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true, strict: true });
  } catch (error) {
    throw new Error(`controls/${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
