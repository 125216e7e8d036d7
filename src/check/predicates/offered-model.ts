import type { Value } from '#model/value.js';
import { type Context, type Predicate, RequirementFault } from '../context.js';
import { openPart } from '../equality.js';
import { judgeOffer, offeredOf } from '../offers.js';
import { fail, type Outcome, open, pass, quote, unknown } from '../outcome.js';

/** What an account makes for itself is there where it was made; what it stands on is judged where it is made. */
const ofTheAccount =
  /:(application-inference-profile|provisioned-model|custom-model|custom-model-deployment|imported-model|prompt|prompt-router)\//;
const arn = /^arn:[^:]*:bedrock:([^:]*):[^:]*:(?:foundation-model|inference-profile)\/([\s\S]+)$/;
/** Geographic and global profiles of other partitions: which of them may be used is another requirement's question. */
const foreign = /^(us|eu|apac|au|jp|ca|global)\./;

/** A Bedrock model id, its ARN, or an inference profile of the partition, that a region of the boundary serves. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`offered-model` takes true');
  return (value, context) => {
    switch (value.kind) {
      case 'absent':
        return fail(value.at, 'is absent; must be a model');
      case 'unknown':
        return open(value);
      case 'reference':
        return pass(value.at, []);
      case 'scalar':
        return judged(String(value.value), value, context);
      case 'text':
        return partly(value, context);
      default:
        return fail(value.at, () => `is ${quote(value)}; must be a model`);
    }
  };
};

/** `arn:${AWS::Partition}:bedrock:${Where}::foundation-model/<id>`: the end names the model, whatever place the rest names. */
function partly(value: Extract<Value, { kind: 'text' }>, context: Context): Outcome {
  const end = value.parts.at(-1);
  const text = value.parts.map((part) => (typeof part === 'string' ? part : '')).join('');
  if (ofTheAccount.test(text)) return pass(value.at, []);
  const id = typeof end === 'string' ? /(?:foundation-model|inference-profile)\/([\s\S]+)$/.exec(end)?.[1] : undefined;
  return id === undefined ? unknown(value.at, openPart(value)) : judged(id, value, context);
}

function judged(text: string, value: Value, context: Context): Outcome {
  if (ofTheAccount.test(text)) return pass(value.at, []);
  const [, region, name] = arn.exec(text) ?? [];
  const id = name ?? text;
  if (foreign.test(id)) return pass(value.at, []);
  const { regions, partition } = context.boundary;
  const { models, partitions } = offeredOf(context);
  // An ARN says which region serves it; one outside the boundary is another requirement's question.
  const places = region !== undefined && regions.includes(region) ? [region] : regions;
  const thing = { kind: 'model', id, list: 'models' } as const;
  if (!id.startsWith('us-gov.'))
    return judgeOffer(
      value,
      thing,
      models.filter((model) => model.id === id),
      places,
    );
  // A geographic profile may be served in any region of the partition.
  const all = partitions.find((each) => each.id === partition)?.regions ?? [];
  const outside = all.filter((each) => !regions.includes(each));
  const isKnown = models.some(({ geoProfile }) => geoProfile === id);
  if (!isKnown) return judgeOffer(value, { ...thing, kind: 'inference profile' }, [], all.length > 0 ? all : places);
  if (outside.length === 0) return pass(value.at);
  return fail(
    value.at,
    () =>
      `is ${quote(value)}, which may be served in ${outside.join(' and ')}, outside the boundary (${regions.join(', ')})`,
  );
}
