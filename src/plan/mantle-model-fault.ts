import type { BoundaryData } from '#model/base.js';
import type { BedrockMantleEndpoint } from '#model/endpoint.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** Why the OpenAI-compatible plane cannot serve an endpoint's model in its region; undefined when it can. */
export function mantleModelFault(
  { model, region }: Pick<BedrockMantleEndpoint, 'model' | 'region'>,
  data: BoundaryData,
): string | undefined {
  const known = data.mantleModels ?? [];
  const matches = known.filter((each) => each.id === model);
  if (matches.some((each) => each.regions.includes(region))) return undefined;
  const [seen] = matches;
  if (seen) {
    const where = seen.regions.length > 0 ? ` It is in ${orList(seen.regions)}.` : '';
    return `${show(model)} was not seen on this plane in ${region} (${seen.source}, ${seen.date}).${where}`;
  }
  const here = known.filter((each) => each.regions.includes(region)).map((each) => each.id);
  const bare = model.replace(/^us-gov\./, '').replace(/(-v?[0-9]+)?:[0-9]+$/, '');
  if (bare !== model && here.includes(bare)) {
    return `${show(model)} is an id of Bedrock’s runtime. This plane, which serves models in-Region only, knows the model as ${show(bare)}.`;
  }
  const meant = didYouMean(model, here);
  const list =
    meant === '' && here.length > 0 ? ` Known in ${region}: ${[...new Set(here)].sort().join(', ')}.` : meant;
  return `${show(model)} is not a model Rampart knows on Bedrock’s OpenAI-compatible plane.${list} If you have seen it offered, state it under mantleModels of a boundary file (--boundary, or boundary.data).`;
}
