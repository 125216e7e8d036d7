import { type LiveCall, liveCalls } from '#model/live-call.js';

/** What a probe is to look at. */
export interface Asked {
  partition: string;
  /** 12 digits; every account when it is not known. */
  account: string | undefined;
  regions: readonly AskedRegion[];
}

export interface AskedRegion {
  region: string;
  /** Key ids, aliases or ARNs; when empty, every key of the account and region. */
  keys: readonly string[];
  /** Names or ARNs of stacks. */
  stacks?: readonly string[];
  /** ARNs of change sets, which do not name their stack. */
  changeSets?: readonly string[];
  /** Whether resources of the stacks are read through Cloud Control. */
  deep?: boolean;
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
export function permissions({ partition, account = '*', regions }: Asked): Policy {
  const several = regions.length > 1;
  return {
    Version: '2012-10-17',
    Statement: regions.flatMap((asked) => {
      // A statement id may hold letters and digits only.
      const suffix = several ? asked.region.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()) : '';
      const arn = (service: string, rest: string) => `arn:${partition}:${service}:${asked.region}:${account}:${rest}`;
      return [...ofKeys(asked, arn), ...ofStacks(asked, arn)].map((each) => ({ ...each, Sid: each.Sid + suffix }));
    }),
  };
}

type ArnOf = (service: string, rest: string) => string;

function ofKeys({ region, keys }: AskedRegion, arn: ArnOf): Statement[] {
  const aliases = keys.map(aliasOf).filter((alias) => alias !== undefined);
  const named = keys
    .filter((key) => aliasOf(key) === undefined)
    .map((key) => (key.startsWith('arn:') ? key : arn('kms', `key/${key}`)));
  const every = arn('kms', 'key/*');
  const byAlias = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': once(aliases) } };
  return [
    ...(named.length > 0 ? [allow('ReadNamedKeys', 'key', once(named))] : []),
    ...(aliases.length > 0 ? [{ ...allow('ReadKeysByAlias', 'key', every), Condition: byAlias }] : []),
    ...(keys.length === 0 ? [allow('ReadKeys', 'key', every)] : []),
    { ...allow('ListAliases', 'keys', '*'), Condition: within(region) },
  ];
}

function ofStacks({ region, stacks = [], changeSets = [], deep = false }: AskedRegion, arn: ArnOf): Statement[] {
  if (stacks.length + changeSets.length === 0) return [];
  const named = stacks.map((stack) => (stack.startsWith('arn:') ? stack : arn('cloudformation', `stack/${stack}/*`)));
  const Resource = changeSets.length > 0 ? arn('cloudformation', 'stack/*') : once(named);
  return [
    allow('ReadStacks', 'stack', Resource),
    ...(deep ? [{ ...allow('ReadResources', 'resources', '*'), Condition: within(region) }] : []),
  ];
}

const within = (region: string) => ({ StringEquals: { 'aws:RequestedRegion': region } });

const allow = (Sid: string, on: (typeof liveCalls)[LiveCall], Resource: Statement['Resource']): Statement => ({
  Sid,
  Effect: 'Allow',
  Action: Object.entries(liveCalls)
    .filter(([, each]) => each === on)
    .map(([action]) => action)
    .sort(),
  Resource,
});

/** The name of an alias, of one given by its ARN too. */
const aliasOf = (key: string): string | undefined => /^(?:arn:[^/]*:)?(alias\/.+)$/.exec(key)?.[1];

const once = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
