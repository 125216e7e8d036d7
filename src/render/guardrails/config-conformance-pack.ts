import { labelOf } from '#model/control.js';
import { visible } from '#model/unseen.js';
import { yaml } from '../cloudformation/scalar.js';
import type { Guardrail, Section } from '../guardrail.js';

/** Conformance packs of AWS Config: managed rules that look at what runs for what requirements ask of manifests. */
export const configConformancePack: Guardrail = ({ system, baseline, requirements, settings, guardrails }) => {
  const { rules, limits, date } = guardrails.config;
  const known = new Map(requirements.map((each) => [each.id, each]));
  const chosen = rules
    .map((rule) => ({ ...rule, requirements: rule.requirements.filter((id) => known.has(id)) }))
    .filter((rule) => rule.requirements.length > 0);
  const sections = chosen.map(({ id, requirements: served, parameters = {} }): Section => {
    const texts = served.map((each) => `${each}: ${known.get(each)?.title}`).join('; ');
    const controls = [
      ...new Set(served.flatMap((each) => known.get(each)?.controls ?? []).map((each) => each.id)),
    ].sort();
    const name = id.toLowerCase().replaceAll('_', '-');
    const given = Object.entries(parameters);
    const text = [
      `  # Controls: ${controls.map(labelOf).join(', ')}`,
      `  ${logicalId(id)}:`,
      '    Type: AWS::Config::ConfigRule',
      '    Properties:',
      `      ConfigRuleName: ${yaml(`${system.id}-${name}`.slice(0, 128))}`,
      `      Description: ${yaml(visible(texts).slice(0, 256))}`,
      ...(given.length > 0 ? ['      InputParameters:'] : []),
      ...given.map(([key, value]) => `        ${key}: ${yaml(filled(value))}`),
      `      Source: {Owner: AWS, SourceIdentifier: ${id}}`,
    ].join('\n');
    return { text, serves: served };
  });
  const head = [
    `# Conformance pack of AWS Config for ${visible(system.name)} under ${baseline}: managed rules for what Rampart's gate asks of`,
    `# manifests. A rule sees a part of its requirement. Rule data of ${date}; whether AWS offers each rule in this Region is not known to`,
    '# Rampart, and a pack with one that is not offered is refused as a whole: remove it then. Rules look again where others have changed',
    '# what the gate let through.',
    `# aws configservice put-conformance-pack --conformance-pack-name ${system.id} --template-body file://FILE`,
    'Resources:',
  ].join('\n');
  const served = new Set(chosen.flatMap((rule) => rule.requirements));
  const body = [head, ...sections.map(({ text }) => text)].join('\n');
  if (Buffer.byteLength(body) > limits.bytes || chosen.length > limits.rules)
    throw new Error('the conformance pack is larger than AWS Config takes: split its data');
  return {
    files: [
      {
        path: `${system.id}.conformance-pack.yaml`,
        mediaType: 'application/yaml',
        sections: [{ text: head, serves: [] }, ...sections],
        between: '',
      },
    ],
    left: requirements
      .filter(({ id }) => !served.has(id))
      .map(({ id, expect }) => ({
        requirement: id,
        reason:
          'cloudformation' in expect || 'live' in expect
            ? 'has no managed rule of AWS Config in the data that looks for it'
            : 'is not about AWS resources',
      })),
  };

  function filled(value: unknown): unknown {
    const { setting } = (typeof value === 'object' && value !== null ? value : {}) as { setting?: string };
    if (setting === undefined) return value;
    const found = settings[setting];
    if (found === undefined) throw new Error(`a guardrail reads setting ${setting}, which nothing asks for`);
    return found;
  }
};

/** `S3_BUCKET_LOGGING_ENABLED` → `S3BucketLoggingEnabled`. */
const logicalId = (id: string): string =>
  id
    .split('_')
    .map((word) => `${word[0]}${word.slice(1).toLowerCase()}`)
    .join('');
