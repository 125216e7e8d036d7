import {
  type BundleFile,
  type Digests,
  digestsOf,
  type Judged,
  judgedSubjects,
  type Statement,
  sameDigests,
  type Verdict,
  verdictPath,
} from '#evidence/index.js';
import type { Tool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import type { ManifestLanguage } from '#model/requirement.js';
import { type Result, summarize } from '#model/result.js';
import { asKept } from './as-kept.js';
import { assetsIn, placesOf } from './assembly-places.js';
import { decided } from './decision.js';
import { verdictOf } from './evidence.js';
import { subjectName } from './in-hand.js';
import { findingsPath } from './member.js';
import { isAllNamed, judgedNamesOf, namedBy } from './published.js';
import { withGrounds } from './rests-on.js';

/** The facts of a bundle that what it states is held against. */
interface Held {
  plan: Plan;
  base: ControlBase;
  result: Result;
  tool: Pick<Tool, 'version'>;
  time: Date;
  manifests: readonly BundleFile[];
  /** Manifests of the assemblies that say where manifests go. */
  assemblies: readonly BundleFile[];
  /** Names and languages of those that are kept without what is secret. */
  inPart: ReadonlyMap<string, ManifestLanguage>;
}

/** What the findings say of themselves, and is not so: what they come to is for Rampart to say, not for who sealed them. */
export async function outcomeProblems({
  plan,
  base,
  result,
  tool,
  time,
  manifests,
  assemblies,
}: Omit<Held, 'inPart'>): Promise<string[]> {
  const { gate, findings, ...rest } = result;
  const undecided = findings.map(({ toleratedBy: _, ...finding }): Finding => finding);
  const day = time.toISOString().slice(0, 10);
  const made = await decided({ ...rest, findings: undecided }, base, plan.system.gate, { 'allow-empty': false }, day);
  const lets = (of: Result) => of.findings.map(({ toleratedBy }) => toleratedBy ?? null);
  const { summary } = result as { summary?: unknown };
  const places = placesOf(result, assemblies);
  const claims: [string, unknown, unknown][] = [
    ['gate', gate, made.gate],
    ['toleratedBy of findings', lets(result), lets(made)],
    ['summary', summary, summarize(findings)],
    ['files', judgedNames(result), manifests.map(({ path }) => path).sort()],
    ['assembly of files', places.said, places.made],
    ['baseline', result.baseline, plan.baseline],
    ['system', result.system, plan.system.id],
    ['controlData', result.controlData, base.digest],
    ['tool', result.tool, { name: 'rampart', version: tool.version }],
  ];
  return differing(claims).map((name) => `${findingsPath}: ${name} is not what the facts give`);
}

/** A manifest that is sealed and was not judged, or the other way round, would be evidence of something else. */
const judgedNames = ({ files }: Result): string[] =>
  [...new Set(files.flatMap(({ file, status }) => (status === 'judged' ? [subjectName(file)] : [])))].sort();

/** What the statement of the bundle and that of the gate's verdict claim, and the facts do not give. */
export function claimProblems(
  held: Held,
  { statement, verdict, identity }: { statement: Statement; verdict: Verdict | undefined; identity: string },
): string[] {
  const { systemId, environment } = statement.predicate;
  const problems =
    systemId === held.plan.system.id ? [] : ['the signed statement: systemId is not what the facts give'];
  if (verdict === undefined) return problems;
  const { subjects: _, ...said } = verdict;
  const { subjects: __, ...made } = { ...verdictOf({ ...held, environment }, []), manifest: identity };
  const names = new Set([...Object.keys(said), ...Object.keys(made)]);
  const value = (of: object, name: string): unknown => (of as Record<string, unknown>)[name];
  problems.push(
    ...differing([...names].map((name) => [name, value(said, name), value(made, name)])).map(
      (name) => `${verdictPath}: ${name} is not what the facts give`,
    ),
    ...subjectProblems(held, verdict),
  );
  return problems;
}

/**
 * The manifests and assemblies of a verdict against those sealed: each is there under its name with its bytes, save where these are
 * kept without their secrets, and rests on what the findings say it was judged with.
 */
function subjectProblems({ result, manifests, assemblies, inPart }: Held, { subjects }: Verdict): string[] {
  const assets = new Set([...assetsIn(assemblies).values()].flat());
  const judged = [
    ...manifests.map(({ path, bytes }): Judged => ({ path, bytes, kind: 'manifest' })),
    ...assemblies.map(({ path, bytes }): Judged => ({ path, bytes, kind: assets.has(path) ? 'assets' : 'assembly' })),
  ];
  const made = new Map(
    judgedSubjects(withGrounds(judged, result.files, assemblies)).map((subject) => [subject.name, subject]),
  );
  const stated = subjects.filter(({ kind }) => kind === 'manifest' || kind === 'assembly' || kind === 'assets');
  const known = judgedNamesOf(result.files);
  const held = new Map(assemblies.map((each) => [each.path, each]));
  const problems = stated.flatMap((subject) => {
    // What is published no bundle holds: of it the verdict has to speak as the sealed file names it.
    const { contents: _, unbound: __, ...rest } = subject;
    const { name, digest, kind } = subject;
    const own = made.get(name);
    const isWhole = own !== undefined && (inPart.has(name) || isSame(own.digest, digest));
    const file = kind === 'assets' ? held.get(name) : undefined;
    const isNamed = file === undefined || isAllNamed(subject, namedBy(file, known));
    return isWhole && isNamed && isSame({ ...own, digest }, rest) ? [] : [name];
  });
  const names = new Set(stated.map(({ name }) => name));
  const left = [...made.keys()].filter((name) => !names.has(name));
  return [...problems, ...left].map((name) => `${verdictPath}: subject ${name} is not what the facts give`);
}

/**
 * The manifests a bundle holds less of than was judged, with their languages: a plan, and a stream with a Secret, are kept without what
 * is secret. One whose bytes are those the verdict speaks of is whole, whatever it looks like.
 */
export function keptInPart(
  manifests: readonly BundleFile[],
  { files }: Result,
  verdict: Verdict | undefined,
): ReadonlyMap<string, ManifestLanguage> {
  const stated = new Map<string, Digests>(
    verdict?.subjects.flatMap(({ kind, name, digest }) => (kind === 'manifest' ? [[name, digest]] : [])),
  );
  const isWhole = ({ path, bytes }: BundleFile): boolean => {
    const digest = stated.get(path);
    return digest !== undefined && sameDigests(digest, digestsOf(bytes));
  };
  const languages = new Map(files.map(({ file, language }) => [subjectName(file), language]));
  return new Map(
    manifests.flatMap(({ path, bytes }): [string, ManifestLanguage][] => {
      const language = languages.get(path);
      if (language === undefined) return [];
      const isForm = forms[language]?.test(Buffer.from(bytes).toString('utf8'));
      return isForm && !isWhole({ path, bytes }) ? [[path, language]] : [];
    }),
  );
}

/** What tells a text of which a part is left out when it is sealed. */
const forms: Partial<Record<ManifestLanguage, RegExp>> = {
  kubernetes: /\bkind["']?\s*:\s*["']?Secret\b/,
  terraform: /^\{"(?:format|terraform)_version":/,
};

const differing = (claims: readonly (readonly [name: string, said: unknown, made: unknown])[]): string[] =>
  claims.flatMap(([name, said, made]) => (isSame(said, made) ? [] : [name]));

const isSame = (left: unknown, right: unknown): boolean => asKept(left) === asKept(right);
