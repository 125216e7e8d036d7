import type { BoundaryData } from '#model/base.js';
import type { BedrockEndpoint } from '#model/endpoint.js';
import type { Boundary, ModelSeen } from '#model/system.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** Geographic and global inference profiles of other partitions. */
const foreignProfile = /^(us|eu|apac|au|jp|ca|global)\./;

/** Why a Bedrock endpoint's model cannot be used inside the boundary; undefined when it can. */
export function modelFault(
  endpoint: Pick<BedrockEndpoint, 'model' | 'region'>,
  boundary: Pick<Boundary, 'partition' | 'regions' | 'models'>,
  data: BoundaryData,
): string | undefined {
  const { model, region } = endpoint;
  const foreign = foreignProfile.exec(model);
  if (foreign) {
    return `${show(model)} is an inference profile that sends requests outside ${boundary.partition}. Use the model id ${show(model.slice(foreign[0].length))}.`;
  }
  const known: readonly ModelSeen[] = [...(boundary.models ?? []), ...data.models];
  if (model.startsWith('us-gov.')) return profileFault(model, boundary, data, known);
  const matches = known.filter((each) => each.id === model);
  if (matches.length === 0) return unknownModel(model, region, known);
  if (matches.some((each) => each.regions.includes(region))) return undefined;
  const [seen] = matches as [ModelSeen];
  const where = seen.regions.length > 0 ? ` It is in ${orList(seen.regions)}.` : '';
  const profile = seen.geoProfile === undefined ? '' : ` Its geographic profile is ${seen.geoProfile}.`;
  return `${show(model)} was not seen in-Region in ${region} (${seen.source}, ${seen.date}).${where}${profile}`;
}

function profileFault(
  model: string,
  boundary: Pick<Boundary, 'partition' | 'regions' | 'models'>,
  data: BoundaryData,
  known: readonly ModelSeen[],
): string | undefined {
  const profiles = known.flatMap((each) => each.geoProfile ?? []);
  if (!profiles.includes(model)) {
    return `${show(model)} is not a geographic profile Rampart knows.${didYouMean(model, profiles)} ${stateIt}`;
  }
  const regions = data.partitions.find((partition) => partition.id === boundary.partition)?.regions ?? [];
  const outside = regions.filter((region) => !boundary.regions.includes(region));
  if (outside.length === 0) return undefined;
  return `${show(model)} may process requests in ${orList(outside)}, which boundary.regions does not list. Use the model id ${show(model.slice('us-gov.'.length))} or widen the boundary.`;
}

const stateIt =
  'If you have seen it offered, state it under boundary.models, or in a boundary file, with source and date.';

function unknownModel(model: string, region: string, known: readonly ModelSeen[]): string {
  const here = known.filter((each) => each.regions.includes(region)).map((each) => each.id);
  const meant = didYouMean(model, here);
  return `${show(model)} is not a Bedrock model Rampart knows.${meant || knownList(model, region, here)} ${stateIt}`;
}

/** The models of the same provider, or else whose models there are: all of them are more than a person reads. */
function knownList(model: string, region: string, here: readonly string[]): string {
  const providerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('.')));
  const provider = providerOf(model).toLowerCase();
  const same = [...new Set(here)].filter((id) => provider !== '' && providerOf(id) === provider).sort();
  if (same.length > 0) return ` Known of ${show(provider)} in ${region}: ${same.join(', ')}.`;
  const providers = [...new Set(here.map(providerOf))].sort();
  return providers.length === 0 ? '' : ` Known in ${region} are models of ${providers.join(', ')}.`;
}
