import type { Cloud } from '#model/base.js';
import type { AzureOpenaiEndpoint } from '#model/endpoint.js';
import type { Boundary } from '#model/system.js';
import { show } from './show.js';

/**
 * Why a model and version of Azure OpenAI is not known to be there; undefined when it is. A list that ages refuses what it does not
 * hold until the user says where it was seen: `boundary.models` names it `<model>:<version>`.
 */
export function azureModelFault(
  { model, version, region }: Pick<AzureOpenaiEndpoint, 'model' | 'version' | 'region'>,
  { models = [] }: Pick<Boundary, 'models'>,
  cloud: Cloud | undefined,
): string | undefined {
  const id = `${model}:${version}`;
  if (models.some((seen) => seen.id === id && seen.regions.includes(region))) return undefined;
  const rows = cloud?.models ?? [];
  const row = rows.find((each) => each.id === model);
  if (row?.versions.includes(version)) return undefined;
  const known = row
    ? `Versions of ${model} seen there: ${row.versions.join(', ')} (${row.source}, ${row.date}).`
    : `Models seen there: ${rows.map((each) => `${each.id} ${each.versions.join(' ')}`).join(', ')}.`;
  return `${show(model)} version ${show(version)} was not seen in ${cloud?.title ?? 'this cloud'}. ${known} If you have seen it offered, state it under boundary.models as id ${show(id)}, with regions, source and date.`;
}
