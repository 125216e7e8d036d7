import type { OrganizationStatement } from '#model/guardrail.js';
import type { Ground } from '../guardrail.js';
import { bedrockNames } from '../names.js';

/** Statements of the data as a system needs them, their references filled in. */
export function statementsFor(
  ground: Ground,
): readonly (OrganizationStatement & { filled: Record<string, unknown> })[] {
  const { system, boundary, guardrails } = ground;
  const kinds = new Set<string>(system.endpoints.map(({ kind }) => kind));
  const selected = new Set(ground.requirements.map(({ id }) => id));
  return guardrails.organization.statements
    .filter((each) => each.kinds?.some((kind) => kinds.has(kind)) ?? true)
    .filter(({ requirements }) => requirements?.some((id) => selected.has(id)) ?? true)
    .filter(({ unless }) => unless === undefined || !storesLocally(ground))
    .map((each) => {
      const { sid, type, statement } = each;
      const head = { Sid: sid, Effect: 'Deny', ...(type === 'rcp' ? { Principal: '*' } : {}) };
      return { ...each, filled: { ...head, ...(fill(statement) as Record<string, unknown>) } };
    });

  function fill(value: unknown): unknown {
    if (typeof value === 'string') return value.replaceAll('{partition}', system.boundary.partition);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    const reference = value as { boundary?: unknown; setting?: unknown; system?: unknown };
    if (reference.boundary === 'regions') return system.boundary.regions;
    if (reference.system === 'models') return modelArns();
    if (typeof reference.setting === 'string') return String(settingValue(reference.setting));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  }

  function settingValue(setting: string): unknown {
    const value = ground.settings[setting];
    if (value === undefined) throw new Error(`a guardrail reads setting ${setting}, which nothing asks for`);
    return value;
  }

  /** What a call of the system's models names: the model in each region that may answer, and the profile. */
  function modelArns(): string[] {
    const { partition } = system.boundary;
    const arns = system.endpoints.flatMap((endpoint) => {
      if (endpoint.kind !== 'bedrock') return [];
      const { isProfile, model, regions } = bedrockNames(endpoint, system, boundary);
      const profile = `arn:${partition}:bedrock:${endpoint.region}:*:inference-profile/${literally(endpoint.model)}`;
      return [
        ...(isProfile ? [profile] : []),
        ...regions.map((region) => `arn:${partition}:bedrock:${region}::foundation-model/${literally(model)}`),
      ];
    });
    return [...new Set(arns)].sort();
  }
}

/** Inside the resource of a policy `*`, `?` and `$` are more than themselves unless written as policy variables. */
const literally = (text: string): string => text.replace(/[*?$]/g, (each) => `\${${each}}`);

/** Whether an instance of the system may store on local disks, which take no key of a volume. */
function storesLocally({ system, boundary }: Ground): boolean {
  const { without = [] } = boundary.nvmeFamilies;
  return system.endpoints.some(
    (endpoint) => endpoint.kind === 'sagemaker' && !without.includes(endpoint.instanceType.split('.')[1] ?? ''),
  );
}
