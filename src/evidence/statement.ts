import { canonicalBytes, parseCanonical } from './canonical-json.js';
import { type Digests, digestsOf } from './digest.js';
import { manifestPath } from './manifest.js';
import type { BundleFile } from './member-path.js';
import { constantAt, digestAt, instantAt, integerAt, listAt, misshapen, nameAt, objectAt, stringAt } from './shape.js';

/** in-toto Attestation Framework, Statement v1. */
export const statementType = 'https://in-toto.io/Statement/v1';
export const payloadType = 'application/vnd.in-toto+json';
export const predicateType = 'urn:rampart:evidence-bundle:v1';

/** What a bundle claims about itself, besides its content. */
export interface Predicate {
  systemId: string;
  environment: string;
  /** 1 for the first bundle of a system in an environment, one more for each next. */
  sequence: number;
  /** SHA-256 of the previous bundle's manifest; null only for sequence 1. */
  previous: string | null;
  /** ISO 8601 in UTC. */
  collectedAt: string;
  expiresAt: string;
  tool: { name: string; version: string; sha256: string };
  /** SHA-256 over the control data judged with. */
  controlData: string;
  /** SHA-256 of the statement of the gate's verdict that the bundle carries, so that neither can be taken away or exchanged. */
  verdict?: string;
}

export interface Subject {
  name: string;
  digest: Digests;
}

export interface Statement {
  /** The manifest first, then each artifact to be deployed, sorted by name. */
  subjects: readonly Subject[];
  predicate: Predicate;
}

/** `artifacts` are the files that will be deployed, under the paths by which the deployment knows them. */
export const statementOf = (
  manifest: Uint8Array,
  artifacts: readonly BundleFile[],
  predicate: Predicate,
): Statement => ({
  subjects: [
    { name: manifestPath, digest: digestsOf(manifest) },
    ...artifacts
      .map(({ path, bytes }) => ({ name: path, digest: digestsOf(bytes) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  ],
  predicate,
});

/** Canonical JSON of a statement. It reads its own output back, so that nothing is signed that no one could verify. */
export const encodeStatement = ({ subjects, predicate }: Statement): Uint8Array => {
  const bytes = canonicalBytes({ _type: statementType, subject: subjects, predicateType, predicate });
  parseStatement(bytes);
  return bytes;
};

export const parseStatement = (bytes: Uint8Array): Statement => {
  const outer = objectAt(parseCanonical(bytes, 'the signed statement'), '$', [
    '_type',
    'subject',
    'predicateType',
    'predicate',
  ]);
  constantAt(outer._type, '$._type', statementType);
  constantAt(outer.predicateType, '$.predicateType', predicateType);
  const subjects = listAt(outer.subject, '$.subject', 1, 10_000).map((item, i) => readSubject(item, `$.subject[${i}]`));
  const names = subjects.map((subject) => subject.name);
  if (names[0] !== manifestPath) throw misshapen('$.subject[0]', `must be ${manifestPath}`);
  if (new Set(names).size !== names.length) throw misshapen('$.subject', 'names one subject twice');
  return { subjects, predicate: readPredicate(outer.predicate, '$.predicate') };
};

/** One that shows as it is, wherever it is printed: a name that turns a line around would read as another. */
export const subjectNameAt = (value: unknown, at: string): string =>
  stringAt(value, at, /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,1024}$/u, 'a name without control or invisible characters');

export const readSubject = (value: unknown, at: string): Subject => {
  const { name, digest } = objectAt(value, at, ['name', 'digest']);
  const { sha256, sha384 } = objectAt(digest, `${at}.digest`, ['sha256', 'sha384']);
  return {
    name: subjectNameAt(name, `${at}.name`),
    digest: {
      sha256: digestAt(sha256, `${at}.digest.sha256`, 256),
      sha384: digestAt(sha384, `${at}.digest.sha384`, 384),
    },
  };
};

const predicateKeys = [
  'systemId',
  'environment',
  'sequence',
  'previous',
  'collectedAt',
  'expiresAt',
  'tool',
  'controlData',
];

const readPredicate = (value: unknown, at: string): Predicate => {
  const item = objectAt(value, at, predicateKeys, ['verdict']);
  const sequence = integerAt(item.sequence, `${at}.sequence`, 1, Number.MAX_SAFE_INTEGER);
  if ((sequence === 1) !== (item.previous === null)) {
    throw misshapen(
      `${at}.previous`,
      'must be null for the first bundle and the digest of the one before for any other',
    );
  }
  const collectedAt = instantAt(item.collectedAt, `${at}.collectedAt`);
  const expiresAt = instantAt(item.expiresAt, `${at}.expiresAt`);
  if (Date.parse(expiresAt) <= Date.parse(collectedAt)) throw misshapen(`${at}.expiresAt`, 'must be after collectedAt');
  const tool = objectAt(item.tool, `${at}.tool`, ['name', 'version', 'sha256']);
  return {
    systemId: nameAt(item.systemId, `${at}.systemId`),
    environment: nameAt(item.environment, `${at}.environment`),
    sequence,
    previous: item.previous === null ? null : digestAt(item.previous, `${at}.previous`, 256),
    collectedAt,
    expiresAt,
    tool: {
      name: nameAt(tool.name, `${at}.tool.name`),
      version: stringAt(tool.version, `${at}.tool.version`, /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/, 'a version'),
      sha256: digestAt(tool.sha256, `${at}.tool.sha256`, 256),
    },
    controlData: digestAt(item.controlData, `${at}.controlData`, 256),
    ...(item.verdict === undefined ? {} : { verdict: digestAt(item.verdict, `${at}.verdict`, 256) }),
  };
};
