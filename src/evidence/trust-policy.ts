import { X509Certificate } from 'node:crypto';
import { type Algorithm, algorithms, algorithmsOf } from './algorithm.js';
import { parseUniqueJson } from './canonical-json.js';
import { type PublicKey, parsePublicKey } from './key.js';
import {
  booleanAt,
  constantAt,
  digestAt,
  instantAt,
  integerAt,
  listAt,
  misshapen,
  nameAt,
  objectAt,
  oneOfAt,
  stringAt,
} from './shape.js';

/** A pinned key. Times are ISO 8601 in UTC; the key counts from `notBefore` until before `notAfter` and `revokedAt`. */
export interface TrustedKey extends PublicKey {
  algorithm: Algorithm;
  roles: readonly string[];
  notBefore: string;
  notAfter: string;
  revokedAt?: string;
}

/** From when on a key does not count. */
export interface Revocation {
  keyid: string;
  from: string;
  reason?: string;
}

/** Whom a verifier believes. Shipped out of band, never inside a bundle. */
export interface TrustPolicy {
  lowestFormatVersion: number;
  /** How old a bundle may be, in seconds. */
  maxAge: number;
  /** Different keys that must have signed. */
  threshold: number;
  /** A key counts when it has one of these roles. */
  allowedRoles: readonly string[];
  /** How many keys of each of some roles must be among those that signed. No key may have two of these roles. */
  thresholds: ReadonlyMap<string, number>;
  /** Keys that count no more, whatever stands at the key. */
  revoked: readonly Revocation[];
  /** System ids the keys may speak for; any when left out. */
  systems?: readonly string[];
  /** Environments accepted; any when left out. */
  environments?: readonly string[];
  /** Baselines the gate must have judged against; any when left out. */
  baselines?: readonly string[];
  keys: readonly TrustedKey[];
  /** Whose word on the time of a signature is taken, and whether a signature counts for nothing without. */
  timestamps?: { required: boolean; certificates: readonly X509Certificate[] };
}

const format = 'rampart-trust-policy';
const formatVersion = 1;

/** Reads a trust policy file: JSON of any layout, unknown keys and duplicate keys refused. */
export const parseTrustPolicy = (bytes: Uint8Array): TrustPolicy => {
  const outer = objectAt(
    parseUniqueJson(bytes, 'the trust policy'),
    '$',
    ['format', 'formatVersion', 'lowestFormatVersion', 'maxAge', 'threshold', 'allowedRoles', 'keys'],
    ['systems', 'environments', 'baselines', 'thresholds', 'revoked', 'timestamps'],
  );
  constantAt(outer.format, '$.format', format);
  constantAt(outer.formatVersion, '$.formatVersion', formatVersion);
  const policy: TrustPolicy = {
    lowestFormatVersion: integerAt(outer.lowestFormatVersion, '$.lowestFormatVersion', 1, 1_000_000),
    maxAge: durationAt(outer.maxAge, '$.maxAge'),
    threshold: integerAt(outer.threshold, '$.threshold', 1, 16),
    allowedRoles: namesAt(outer.allowedRoles, '$.allowedRoles'),
    thresholds: outer.thresholds === undefined ? new Map() : readThresholds(outer.thresholds, '$.thresholds'),
    revoked:
      outer.revoked === undefined
        ? []
        : listAt(outer.revoked, '$.revoked', 0, 1000).map((item, i) => readRevocation(item, `$.revoked[${i}]`)),
    ...(outer.systems === undefined ? {} : { systems: namesAt(outer.systems, '$.systems') }),
    ...(outer.environments === undefined ? {} : { environments: namesAt(outer.environments, '$.environments') }),
    ...(outer.baselines === undefined ? {} : { baselines: namesAt(outer.baselines, '$.baselines') }),
    keys: listAt(outer.keys, '$.keys', 1, 64).map((item, i) => readKey(item, `$.keys[${i}]`)),
    ...(outer.timestamps === undefined ? {} : { timestamps: readTimestamps(outer.timestamps, '$.timestamps') }),
  };
  assertReachable(policy);
  return policy;
};

const readKey = (value: unknown, at: string): TrustedKey => {
  const item = objectAt(value, at, ['publicKey', 'algorithm', 'roles', 'notBefore', 'notAfter'], ['revokedAt']);
  const pem = stringAt(item.publicKey, `${at}.publicKey`, /^-----BEGIN PUBLIC KEY-----/, 'a PEM key');
  const algorithm = oneOfAt(item.algorithm, `${at}.algorithm`, algorithms);
  const key = parsePublicKey(pem);
  if (!algorithmsOf(key.key).includes(algorithm))
    throw misshapen(`${at}.algorithm`, `does not fit the key, which is ${key.algorithm}`);
  const notBefore = instantAt(item.notBefore, `${at}.notBefore`);
  const notAfter = instantAt(item.notAfter, `${at}.notAfter`);
  if (Date.parse(notAfter) <= Date.parse(notBefore)) throw misshapen(`${at}.notAfter`, 'must be after notBefore');
  return {
    ...key,
    algorithm,
    roles: namesAt(item.roles, `${at}.roles`),
    notBefore,
    notAfter,
    ...(item.revokedAt === undefined ? {} : { revokedAt: instantAt(item.revokedAt, `${at}.revokedAt`) }),
  };
};

const readThresholds = (value: unknown, at: string): ReadonlyMap<string, number> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misshapen(at, 'must be an object');
  return new Map(
    Object.entries(value).map(([role, count]) => [nameAt(role, at), integerAt(count, `${at}.${role}`, 1, 16)]),
  );
};

const readRevocation = (value: unknown, at: string): Revocation => {
  const { keyid, from, reason } = objectAt(value, at, ['keyid', 'from'], ['reason']);
  return {
    keyid: digestAt(keyid, `${at}.keyid`, 256),
    from: instantAt(from, `${at}.from`),
    ...(reason === undefined
      ? {}
      : { reason: stringAt(reason, `${at}.reason`, /^[^\p{C}]{1,200}$/u, 'one line of at most 200 characters') }),
  };
};

/** Certificates of timestamp authorities themselves, or of whoever issues these directly. */
const readTimestamps = (value: unknown, at: string): NonNullable<TrustPolicy['timestamps']> => {
  const { required, certificates } = objectAt(value, at, ['required', 'certificates']);
  return {
    required: booleanAt(required, `${at}.required`),
    certificates: listAt(certificates, `${at}.certificates`, 1, 16).map((item, i) =>
      certificateAt(item, `${at}.certificates[${i}]`),
    ),
  };
};

/** One certificate in PEM and nothing around it: of two in one text the second would not be read. */
export const certificateAt = (value: unknown, at: string): X509Certificate => {
  const oneBlock = /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]{1,20000}-----END CERTIFICATE-----\s*$/;
  const pem = stringAt(value, at, oneBlock, 'one certificate in PEM');
  try {
    return new X509Certificate(pem);
  } catch {
    throw misshapen(at, 'must be one certificate in PEM');
  }
};

/** A policy no bundle can meet is a mistake, as is a revocation of nothing, and a key listed twice would count twice. */
const assertReachable = (policy: TrustPolicy): void => {
  const ids = new Set(policy.keys.map((key) => key.keyid));
  if (ids.size !== policy.keys.length) throw misshapen('$.keys', 'lists one key twice');
  // A revocation with a slip in the id would revoke nothing, and nobody would be told.
  policy.revoked.forEach(({ keyid }, i) => {
    if (!ids.has(keyid))
      throw misshapen(`$.revoked[${i}].keyid`, `is ${keyid}, the id of none of the keys: it would revoke nothing`);
  });
  const able = policy.keys.filter((key) => mayCount(policy, key)).length;
  if (able < policy.threshold) {
    throw misshapen('$.threshold', `is ${policy.threshold}, but only ${able} of the keys have an allowed role`);
  }
  for (const [role, count] of policy.thresholds) {
    if (!policy.allowedRoles.includes(role)) throw misshapen('$.thresholds', `names ${role}, which is no allowed role`);
    const having = policy.keys.filter((key) => key.roles.includes(role)).length;
    if (having < count)
      throw misshapen('$.thresholds', `wants ${count} of ${role}, but only ${having} of the keys have it`);
  }
  // One person with two hats would be both the assessor and the assessed.
  const twice = policy.keys.find((key) => key.roles.filter((role) => policy.thresholds.has(role)).length > 1);
  if (twice) throw misshapen('$.keys', `gives the key ${twice.keyid} two of the roles with a threshold`);
};

/** Whether the key has a role that may sign bundles. */
export const mayCount = (policy: TrustPolicy, key: TrustedKey): boolean =>
  key.roles.some((role) => policy.allowedRoles.includes(role));

const namesAt = (value: unknown, at: string): string[] => {
  const names = listAt(value, at, 1, 1000).map((item, i) => nameAt(item, `${at}[${i}]`));
  if (new Set(names).size !== names.length) throw misshapen(at, 'names one thing twice');
  return names;
};

/** `P30D` or `PT12H`, in seconds. */
const durationAt = (value: unknown, at: string): number => {
  const text = stringAt(value, at, /^P(?:[1-9]\d{0,4}D|T[1-9]\d{0,5}H)$/, 'a duration such as P30D or PT12H');
  const count = Number.parseInt(text.replace(/\D/g, ''), 10);
  return count * (text.endsWith('D') ? 86_400 : 3600);
};

/** Text of a first policy that trusts these keys with one role; for people to read and tighten. */
export const draftTrustPolicy = (options: {
  publicKeys: readonly Pick<PublicKey, 'pem' | 'algorithm'>[];
  notBefore: string;
  notAfter: string;
  /** `P30D` or `PT12H`. */
  maxAge: string;
  /** `evidence` when left out. */
  role?: string;
  systems?: readonly string[];
}): string => {
  const roles = [options.role ?? 'evidence'];
  const keys = options.publicKeys.map(({ pem: publicKey, algorithm }) => {
    const { notBefore, notAfter } = options;
    return { publicKey, algorithm, roles, notBefore, notAfter };
  });
  const draft = {
    format,
    formatVersion,
    lowestFormatVersion: 1,
    maxAge: options.maxAge,
    threshold: 1,
    allowedRoles: roles,
    ...(options.systems === undefined ? {} : { systems: options.systems }),
    keys,
  };
  const text = `${JSON.stringify(draft, null, 2)}\n`;
  parseTrustPolicy(Buffer.from(text, 'utf8'));
  return text;
};
