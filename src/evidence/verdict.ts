import { canonicalBytes, parseCanonical } from './canonical-json.js';
import { digestsOf } from './digest.js';
import { manifestPath } from './manifest.js';
import type { BundleFile } from './member-path.js';
import { constantAt, digestAt, instantAt, listAt, misshapen, nameAt, objectAt, oneOfAt, stringAt } from './shape.js';
import { readSubject, type Subject, statementType, subjectNameAt } from './statement.js';
import type { TrustPolicy } from './trust-policy.js';

/** SLSA verification summary attestation, version 1. */
export const verdictType = 'https://slsa.dev/verification_summary/v1';

/**
 * What a deployment is made of. A manifest is judged; parameters and a saved plan decide what becomes of it; a change set is
 * what CloudFormation says it would do; the manifest of a cloud assembly says where its templates go, and its asset manifests which
 * files are published with them; content is such a file or folder, by a list of its files with their digests.
 */
export const judgedKinds = ['manifest', 'parameters', 'plan', 'change-set', 'assembly', 'assets', 'content'] as const;
export type JudgedKind = (typeof judgedKinds)[number];

/** What of the other manifests the word on one rests on. A verdict of before this was said has none. */
export interface Grounds {
  /** Names of the manifests nested in it, sorted: they were judged as parts of it, with what it passes to them. */
  contains?: readonly string[];
  /** Set where its objects and those of the other manifests so marked were judged as one cluster, by each other. */
  cluster?: true;
  /** Name of the assembly that says where it goes and with which parameters: elsewhere it was not judged. */
  assembly?: string;
  /** Names of what names the files to be published with it, sorted. */
  assets?: readonly string[];
  /** Of what names files to be published: the names of those whose content is a subject too, sorted. */
  contents?: readonly string[];
  /** What else it names, in words, sorted: for the content of that the verdict does not answer. */
  unbound?: readonly string[];
}

/** A file of a deployment, under the path by which the deployment knows it. */
export interface Judged extends BundleFile, Grounds {
  kind: JudgedKind;
}

export interface JudgedSubject extends Subject, Grounds {
  kind: JudgedKind;
}

/** What the gate said of some files, on failure too: that a verdict was passed says nothing without what it was. */
export interface Verdict {
  /** Sorted by kind and name. */
  subjects: readonly JudgedSubject[];
  result: 'PASSED' | 'FAILED';
  toolVersion: string;
  /** ISO 8601 in UTC. */
  timeVerified: string;
  /** Absent when no system file said what is deployed. */
  system?: { id: string; environment: string };
  baseline: string;
  /** SHA-256 over the control data judged with. */
  controlData: string;
  /** SHA-256 of the manifest of the bundle it stands in; absent when it stands alone. */
  manifest?: string;
}

export const judgedSubjects = (files: readonly Judged[]): readonly JudgedSubject[] =>
  files
    .map(({ path, bytes, kind, contains, cluster, assembly, assets, contents, unbound }) => ({
      name: path,
      digest: digestsOf(bytes),
      kind,
      ...(contains ? { contains } : {}),
      ...(cluster ? { cluster } : {}),
      ...(assembly === undefined ? {} : { assembly }),
      ...(assets ? { assets } : {}),
      ...(contents ? { contents } : {}),
      ...(unbound ? { unbound } : {}),
    }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

const nameOf = ({ kind, name }: JudgedSubject): string => `${judgedKinds.indexOf(kind)} ${name}`;

/** What is judged against less is passed by less: a policy may say against what. */
export const baselineProblems = (
  { baseline }: Verdict,
  policy: Pick<TrustPolicy, 'baselines'> | undefined,
): string[] =>
  policy?.baselines?.includes(baseline) === false
    ? [`the trust policy accepts no verdict against the baseline ${baseline}`]
    : [];

const verifierId = 'urn:rampart:gate';
const systemUri = (system: Verdict['system']): string =>
  system === undefined ? 'urn:rampart:manifests' : `urn:rampart:system:${system.id}:${system.environment}`;

/** Canonical JSON of the statement. It reads its own output back, so that nothing is signed that no one could verify. */
export const encodeVerdict = (verdict: Verdict): Uint8Array => {
  const { subjects, result, system, baseline, controlData, manifest } = verdict;
  const bytes = canonicalBytes({
    _type: statementType,
    subject: subjects.map(({ name, digest, ...annotations }) => ({ name, digest, annotations })),
    predicateType: verdictType,
    predicate: {
      verifier: { id: verifierId, version: { rampart: verdict.toolVersion } },
      timeVerified: verdict.timeVerified,
      resourceUri: systemUri(system),
      policy: { uri: `urn:rampart:baseline:${baseline}`, digest: { sha256: controlData } },
      inputAttestations: manifest === undefined ? [] : [{ uri: manifestPath, digest: { sha256: manifest } }],
      verificationResult: result,
      // Levels of others than SLSA carry a prefix; a failed verification verifies none.
      verifiedLevels: result === 'PASSED' ? [`RAMPART_${baseline}`] : ['FAILED'],
    },
  });
  parseVerdict(bytes);
  return bytes;
};

const predicateKeys = [
  'verifier',
  'timeVerified',
  'resourceUri',
  'policy',
  'inputAttestations',
  'verificationResult',
  'verifiedLevels',
];

export const parseVerdict = (bytes: Uint8Array): Verdict => {
  const value = parseCanonical(bytes, 'the signed verdict');
  const outer = objectAt(value, '$', ['_type', 'subject', 'predicateType', 'predicate']);
  constantAt(outer._type, '$._type', statementType);
  constantAt(outer.predicateType, '$.predicateType', verdictType);
  const subjects = listAt(outer.subject, '$.subject', 1, 10_000).map((item, i) => readJudged(item, `$.subject[${i}]`));
  subjects.forEach((subject, i) => {
    const previous = subjects[i - 1];
    if (previous && nameOf(previous) >= nameOf(subject))
      throw misshapen('$.subject', 'is not sorted, or names one twice');
  });
  assertContained(subjects);
  const item = objectAt(outer.predicate, '$.predicate', predicateKeys);
  const result = oneOfAt(item.verificationResult, '$.predicate.verificationResult', ['PASSED', 'FAILED']);
  const policy = objectAt(item.policy, '$.predicate.policy', ['uri', 'digest']);
  const uri = stringAt(policy.uri, '$.predicate.policy.uri', /^urn:rampart:baseline:./, 'the name of a baseline');
  const baseline = nameAt(uri.slice('urn:rampart:baseline:'.length), '$.predicate.policy.uri');
  const [level, ...more] = listAt(item.verifiedLevels, '$.predicate.verifiedLevels', 1, 1);
  constantAt(level, '$.predicate.verifiedLevels', result === 'PASSED' ? `RAMPART_${baseline}` : 'FAILED');
  if (more.length > 0) throw misshapen('$.predicate.verifiedLevels', 'says more than the result');
  const system = readSystem(item.resourceUri, '$.predicate.resourceUri');
  const manifest = readManifest(item.inputAttestations, '$.predicate.inputAttestations');
  return {
    subjects,
    result,
    toolVersion: readVerifier(item.verifier, '$.predicate.verifier'),
    timeVerified: instantAt(item.timeVerified, '$.predicate.timeVerified'),
    ...(system === undefined ? {} : { system }),
    baseline,
    controlData: readDigest(policy.digest, '$.predicate.policy.digest'),
    ...(manifest === undefined ? {} : { manifest }),
  };
};

const groundsKeys: readonly (keyof Grounds)[] = ['contains', 'cluster', 'assembly', 'assets', 'contents', 'unbound'];

const readJudged = (value: unknown, at: string): JudgedSubject => {
  const { name, digest, annotations } = objectAt(value, at, ['name', 'digest', 'annotations']);
  const said = objectAt(annotations, `${at}.annotations`, ['kind'], groundsKeys);
  const { contains, cluster, assembly, assets, contents, unbound } = said;
  if (cluster !== undefined && cluster !== true) throw misshapen(`${at}.annotations.cluster`, 'must be true');
  const namesIn = (list: unknown, field: string): string[] =>
    listAt(list, `${at}.annotations.${field}`, 1, 10_000).map((each, i) =>
      subjectNameAt(each, `${at}.annotations.${field}[${i}]`),
    );
  return {
    ...readSubject({ name, digest }, at),
    kind: oneOfAt(said.kind, `${at}.annotations.kind`, judgedKinds),
    ...(contains === undefined ? {} : { contains: namesIn(contains, 'contains') }),
    ...(cluster ? { cluster } : {}),
    ...(assembly === undefined ? {} : { assembly: subjectNameAt(assembly, `${at}.annotations.assembly`) }),
    ...(assets === undefined ? {} : { assets: namesIn(assets, 'assets') }),
    ...(contents === undefined ? {} : { contents: namesIn(contents, 'contents') }),
    ...(unbound === undefined ? {} : { unbound: namesIn(unbound, 'unbound') }),
  };
};

/**
 * What a manifest contains are other manifests of the verdict, where it goes an assembly of it, and what is published with it assets of
 * it: of a name nobody vouches for nothing could be asked.
 */
const assertContained = (subjects: readonly JudgedSubject[]): void => {
  const namesOf = (wanted: JudgedKind): ReadonlySet<string> =>
    new Set(subjects.flatMap(({ kind, name }) => (kind === wanted ? [name] : [])));
  const [manifests, assemblies, published] = [namesOf('manifest'), namesOf('assembly'), namesOf('assets')];
  const content = namesOf('content');
  subjects.forEach(({ kind, name, contains = [], cluster, assembly, assets = [], contents = [], unbound = [] }, i) => {
    const at = `$.subject[${i}].annotations`;
    if (kind !== 'assets' && contents.length + unbound.length > 0) throw misshapen(at, 'is for what names assets');
    assertNames(contents, `${at}.contents`, (each) => content.has(each), 'content');
    assertNames(unbound, `${at}.unbound`, () => true, '');
    if (kind !== 'manifest' && (cluster || assembly !== undefined || contains.length + assets.length > 0))
      throw misshapen(at, 'is for manifests');
    if (assembly !== undefined && !assemblies.has(assembly))
      throw misshapen(`${at}.assembly`, 'is no assembly of the verdict');
    assertNames(contains, `${at}.contains`, (each) => each !== name && manifests.has(each), 'other manifest');
    assertNames(assets, `${at}.assets`, (each) => published.has(each), 'assets');
  });
};

const assertNames = (names: readonly string[], at: string, isOne: (name: string) => boolean, what: string): void => {
  names.forEach((each, j) => {
    if (!isOne(each)) throw misshapen(`${at}[${j}]`, `is no ${what} of the verdict`);
    if (j > 0 && (names[j - 1] as string) >= each) throw misshapen(at, 'is not sorted, or names one twice');
  });
};

const readVerifier = (value: unknown, at: string): string => {
  const { id, version } = objectAt(value, at, ['id', 'version']);
  constantAt(id, `${at}.id`, verifierId);
  const { rampart } = objectAt(version, `${at}.version`, ['rampart']);
  return stringAt(rampart, `${at}.version.rampart`, /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/, 'a version');
};

const readSystem = (value: unknown, at: string): Verdict['system'] => {
  if (value === systemUri(undefined)) return undefined;
  const text = stringAt(value, at, /^urn:rampart:system:[^:]+:[^:]+$/, 'the name of a system and its environment');
  const [id, environment] = text.split(':').slice(3);
  return { id: nameAt(id, at), environment: nameAt(environment, at) };
};

const readManifest = (value: unknown, at: string): string | undefined => {
  const [input] = listAt(value, at, 0, 1);
  if (input === undefined) return undefined;
  const { uri, digest } = objectAt(input, `${at}[0]`, ['uri', 'digest']);
  constantAt(uri, `${at}[0].uri`, manifestPath);
  return readDigest(digest, `${at}[0].digest`);
};

const readDigest = (value: unknown, at: string): string =>
  digestAt(objectAt(value, at, ['sha256']).sha256, `${at}.sha256`, 256);
