import type { Reference, Text, Value } from '#model/value.js';
import { ownerOf } from '../account.js';
import { arnOf } from '../arn.js';
import type { Context, Predicate } from '../context.js';
import { openPart } from '../equality.js';
import { fail, type Outcome, open, pass, quote, unknown } from '../outcome.js';
import { referent } from '../referent.js';

const keyTypes = [
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::KMS::Alias',
  'aws_kms_key',
  'aws_kms_alias',
  'aws_kms_external_key',
  'aws_kms_replica_external_key',
  'aws_kms_replica_key',
];
const must = 'must name a customer-managed KMS key';
const mustBeInside = 'must name a customer-managed key in the boundary';

/** A customer-managed KMS key inside the boundary. */
export const predicate: Predicate = () => (value, context) => {
  switch (value.kind) {
    case 'absent':
      return fail(value.at, () => `is absent; ${must}`);
    case 'unknown':
    case 'reference':
      return referred(value, context);
    case 'scalar':
      return typeof value.value === 'string'
        ? named(value.value, value.at, context)
        : fail(value.at, () => `is ${quote(value)}; ${must}`);
    case 'text': {
      const spelt = withAliases(value, context);
      return typeof spelt === 'string' ? named(spelt, value.at, context) : partly(spelt, context);
    }
    default:
      return fail(value.at, () => `is ${quote(value)}; ${must}`);
  }
};

function referred(value: Extract<Value, { kind: 'unknown' | 'reference' }>, context: Context): Outcome {
  const target = referent(value, keyTypes, context);
  if (target && keyTypes.includes(target.type)) return pass(value.at, [value.at]);
  if (value.kind === 'unknown') return open(value);
  if (target?.type.startsWith('AWS::')) return fail(value.at, () => `is ${quote(value)}, a ${target.type}; ${must}`);
  return unknown(value.at, `what ${quote(value)} returns`);
}

function named(text: string, at: number, context: Context): Outcome {
  const shown = quote({ kind: 'scalar', value: text, at });
  if (text === '') return fail(at, () => `is empty; ${must}`);
  if (!text.startsWith('arn:')) {
    if (/^alias\/aws\//i.test(text)) return fail(at, () => `is ${shown}, a key AWS manages; ${must}`);
    const isKeyName =
      /^alias\/.+$/.test(text) || /^(?:mrk-)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text);
    return isKeyName ? pass(at) : fail(at, () => `is ${shown}, no KMS key id, alias or ARN; ${must}`);
  }
  const misplaced = outside({ kind: 'scalar', value: text, at }, context);
  if (misplaced) return fail(at, () => `is ${shown}, ${misplaced}; ${mustBeInside}`);
  const resource = text.split(':').slice(5).join(':');
  if (/^alias\/aws\//i.test(resource)) return fail(at, () => `is ${shown}, a key AWS manages; ${must}`);
  return /^(?:key|alias)\/.+$/.test(resource) ? pass(at) : fail(at, () => `is ${shown}, no KMS key; ${must}`);
}

/** A `Ref` to an alias gives its name, which begins with `alias/`; CloudFormation makes none below `alias/aws/`. */
function withAliases(value: Text, context: Context): Text | string {
  const isAlias = (part: Text['parts'][number]): part is Reference =>
    typeof part !== 'string' &&
    part.kind === 'reference' &&
    part.attribute === undefined &&
    referent(part, keyTypes, context)?.type === 'AWS::KMS::Alias';
  if (!value.parts.some(isAlias)) return value;
  const parts: Text['parts'][number][] = [];
  for (const part of value.parts) {
    const next = isAlias(part) ? `alias/${part.to}` : part;
    const last = parts.at(-1);
    if (typeof next === 'string' && typeof last === 'string') parts[parts.length - 1] = last + next;
    else parts.push(next);
  }
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string' ? only : { ...value, parts };
}

function partly(value: Text, context: Context): Outcome {
  const misplaced = outside(value, context);
  if (misplaced) return fail(value.at, () => `is ${quote(value)}, ${misplaced}; ${mustBeInside}`);
  const [start] = value.parts;
  if (typeof start === 'string' && /^alias\/aws\//i.test(start))
    return fail(value.at, () => `is ${quote(value)}; ${must}`);
  if (typeof start === 'string' && /^alias\/(?!a(?:w(?:s\/?)?)?$)./.test(start)) return pass(value.at);
  const arn = arnOf(value);
  const placed = arn?.partition !== undefined && arn.service === 'kms' && arn.region !== undefined;
  const tail = value.parts.filter((part) => typeof part === 'string').join(' ');
  if (arn && /:alias\/aws\//i.test(tail)) return fail(value.at, () => `is ${quote(value)}, a key AWS manages; ${must}`);
  if (placed && /:key\//.test(tail)) return pass(value.at);
  if (placed && /:alias\/(?!aws\/)[^ ]/.test(tail)) return pass(value.at);
  return unknown(value.at, openPart(value));
}

function outside(value: Text | { kind: 'scalar'; value: string; at: number }, context: Context): string | undefined {
  const arn = arnOf(value);
  if (!arn) return undefined;
  const { partition, regions, accounts } = context.boundary;
  if (arn.partition !== undefined && arn.partition !== partition) return `of partition ${arn.partition}`;
  if (arn.service !== undefined && arn.service !== 'kms') return `of service ${arn.service}`;
  if (arn.region !== undefined && !regions.includes(arn.region)) return `of region ${arn.region}`;
  const owner = ownerOf(value, context);
  if (accounts && typeof owner === 'object' && !accounts.includes(owner.account)) return `of account ${owner.account}`;
  return undefined;
}
