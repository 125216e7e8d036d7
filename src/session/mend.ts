import type { Against } from '#check/check.js';
import { keyOf, remediesOf } from '#check/remedies.js';
import { editManifest } from '#manifest/edit/edit.js';
import { isWritten } from '#manifest/edit/worked-out.js';
import { Cluster, readManifest } from '#manifest/read.js';
import { Exports, type Given, readTemplateFile } from '#manifest/template-file.js';
import type { Finding } from '#model/finding.js';
import type { FileFix, NotMended, Remedy } from '#model/fix.js';
import type { Manifest } from '#model/resource.js';
import { isBlocking } from '#model/verdict.js';

/** What `check --fix` would change, and what it would not although one value is right. */
export interface Mending {
  fixes: readonly FileFix[];
  notMended: readonly NotMended[];
}

export interface Judging {
  given: Given;
  against: Against;
  /** Findings of manifests, waived where they are waived. */
  judge(manifests: readonly Manifest[]): readonly Finding[];
}

/**
 * Works out what to change in the texts of some manifests (file → text). Everything is judged again as it would be: a change
 * whose finding stays, or that brings a new one, is dropped, and what is left is judged anew.
 */
export function mend(texts: ReadonlyMap<string, string>, judging: Judging): Mending {
  const manifests = readAll(texts, judging.given);
  const found = judging.judge(manifests);
  const remedies = new Map(
    [...remediesOf(manifests, judging.against, found)].map(([file, all]) => [file, all.filter(isWritten)]),
  );
  const notMended: NotMended[] = [];
  const fixes = new Map<string, FileFix>();
  const dirty = new Set(remedies.keys());
  const drop = (file: string, dropped: readonly Remedy[], reason: string): void => {
    const here = remedies.get(file) ?? [];
    const gone = here.filter((remedy) => dropped.includes(remedy));
    if (gone.length === 0) return;
    remedies.set(
      file,
      here.filter((remedy) => !gone.includes(remedy)),
    );
    dirty.add(file);
    for (const { requirement, resource } of gone) notMended.push({ file, requirement, resource, reason });
  };
  for (;;) {
    for (const file of dirty) {
      fixes.delete(file);
      const language = manifests.find((manifest) => manifest.file === file)?.language;
      const here = remedies.get(file) ?? [];
      if (here.length === 0 || (language !== 'cloudformation' && language !== 'kubernetes')) continue;
      const edited = editManifest(file, texts.get(file) ?? '', language, here);
      const refused = new Set(edited.notMended.map((each) => keyOf(file, each)));
      remedies.set(
        file,
        here.filter((remedy) => !refused.has(keyOf(file, remedy))),
      );
      notMended.push(...edited.notMended);
      if (edited.fix) fixes.set(file, edited.fix);
    }
    dirty.clear();
    if (fixes.size === 0) break;
    const after = new Map([...texts].map(([file, text]) => [file, fixes.get(file)?.after ?? text]));
    for (const { file, dropped, reason } of spoilt(found, judging.judge(readAll(after, judging.given)), remedies)) {
      drop(file, dropped, reason);
    }
    if (dirty.size === 0) break;
  }
  return { fixes: [...fixes.values()].sort(byFile), notMended: notMended.sort(byFile) };
}

/** The manifests of some texts, as the gate reads them. Texts that are none are left out. */
function readAll(texts: ReadonlyMap<string, string>, given: Given): Manifest[] {
  const cluster = new Cluster();
  const exports = new Exports();
  const told = { ...given, exports };
  const manifests = [...texts].flatMap(([file, text]) => {
    const read = readTemplateFile(file, text, told) ?? readManifest(file, text, told, cluster);
    return 'resources' in read ? [read] : [];
  });
  exports.complete();
  return manifests;
}

interface Drop {
  file: string;
  dropped: readonly Remedy[];
  reason: string;
}

const order = ['not-applicable', 'pass', 'waived', 'unknown', 'fail', 'error'] as const;
const rank = (finding: Finding | undefined): number => (finding ? order.indexOf(finding.verdict) : 0);

/** Remedies that do not do what they should, or do more. */
function spoilt(
  before: readonly Finding[],
  after: readonly Finding[],
  remedies: ReadonlyMap<string, readonly Remedy[]>,
): Drop[] {
  const was = new Map(before.map((finding) => [keyOfFinding(finding), finding]));
  const known = new Map<string, Remedy[]>();
  for (const [file, all] of remedies) {
    for (const remedy of all) known.set(keyOf(file, remedy), [...(known.get(keyOf(file, remedy)) ?? []), remedy]);
  }
  return after.flatMap((finding): Drop[] => {
    if (!isBlocking(finding.verdict)) return [];
    const file = finding.position?.file ?? '';
    const own = known.get(keyOf(file, finding)) ?? [];
    if (own.length > 0) return [{ file, dropped: own, reason: 'the finding would still be there' }];
    if (rank(finding) <= rank(was.get(keyOfFinding(finding)))) return [];
    const reason = `${finding.requirement} of ${finding.resource} would then be ${finding.verdict}`;
    return culprits(finding.resource, file, remedies).map((culprit) => ({ ...culprit, reason }));
  });
}

/** Whose doing a new finding is: the changes of its resource, else those of its file, else all. */
function culprits(
  resource: string,
  file: string,
  remedies: ReadonlyMap<string, readonly Remedy[]>,
): Omit<Drop, 'reason'>[] {
  const here = remedies.get(file) ?? [];
  const near = here.filter((remedy) => remedy.resource === resource);
  if (near.length > 0) return [{ file, dropped: near }];
  if (here.length > 0) return [{ file, dropped: here }];
  return [...remedies].map(([other, dropped]) => ({ file: other, dropped }));
}

const keyOfFinding = (finding: Finding): string => keyOf(finding.position?.file ?? '', finding);

const byFile = (left: { file: string }, right: { file: string }): number =>
  left.file === right.file ? 0 : left.file < right.file ? -1 : 1;
