import { type LiveCall, liveCalls } from '#model/live-call.js';

/** What a probe is to look at. */
export interface Asked {
  partition: string;
  region: string;
  /** 12 digits; every account when it is not known. */
  account: string | undefined;
  /** Key ids, aliases or ARNs; when empty, every key of the account and region. */
  keys: readonly string[];
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

/**
 * The IAM policy that allows a probe's calls and nothing else. Keys named by an alias are allowed by it
 * (`kms:ResourceAliases`), since an alias ARN gives no permission on its key; listing aliases cannot be bound to a key, only to
 * the region.
 */
export function permissions({ partition, region, account, keys }: Asked): Policy {
  const arn = (id: string): string => `arn:${partition}:kms:${region}:${account ?? '*'}:key/${id}`;
  const aliases = keys.map(aliasOf).filter((alias) => alias !== undefined);
  const named = keys
    .filter((key) => aliasOf(key) === undefined)
    .map((key) => (key.startsWith('arn:') ? key : arn(key)));
  const read = (Sid: string, rest: Omit<Statement, 'Sid' | 'Effect' | 'Action'>): Statement => ({
    Sid,
    Effect: 'Allow',
    Action: actionsOn('key'),
    ...rest,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      ...(named.length > 0 ? [read('ReadNamedKeys', { Resource: once(named) })] : []),
      ...(aliases.length > 0
        ? [
            read('ReadKeysByAlias', {
              Resource: arn('*'),
              Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': once(aliases) } },
            }),
          ]
        : []),
      ...(keys.length === 0 ? [read('ReadKeys', { Resource: arn('*') })] : []),
      {
        Sid: 'ListAliases',
        Effect: 'Allow',
        Action: actionsOn('any'),
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': region } },
      },
    ],
  };
}

const actionsOn = (resource: (typeof liveCalls)[LiveCall]): readonly string[] =>
  Object.entries(liveCalls)
    .filter(([, on]) => on === resource)
    .map(([action]) => action)
    .sort();

/** The name of an alias, of one given by its ARN too. */
const aliasOf = (key: string): string | undefined => /^(?:arn:[^/]*:)?(alias\/.+)$/.exec(key)?.[1];

const once = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
