import { posix } from 'node:path';
import { type BundleFile, canonicalBytes, type Judged, type JudgedSubject } from '#evidence/index.js';
import { contentOf } from '#io/content.js';
import { readAssets } from '#manifest/cdk-assembly.js';
import { visible } from '#model/unseen.js';
import { isOutside, subjectName } from './in-hand.js';

/** A Lambda's package has at most 250 MB; what is larger is an image's. */
const limits = { maxBytes: 1024 * 1024 * 1024, maxFiles: 100_000 };

/** The files and folders an asset manifest names, by the names they have as subjects, and what it names that nobody can look at. */
export interface Named {
  names: readonly string[];
  left: readonly string[];
}

/** What is `judged` by itself, as the templates are that the CDK publishes too, is left away. */
export function namedBy({ path, bytes }: BundleFile, judged: ReadonlySet<string>): Named {
  const assets = readAssets(new TextDecoder('utf-8').decode(bytes));
  if (assets === undefined) return { names: [], left: ['all of it, which cannot be read'] };
  const names = new Set<string>();
  const left = assets.made.map((id) => said(id, 'is made by a command'));
  for (const each of assets.paths) {
    const name = posix.join(posix.dirname(path), each).replace(/\/$/, '');
    const isAway =
      posix.isAbsolute(each) || (isOutside(name) && !name.startsWith(posix.join(posix.dirname(path), '/')));
    if (isAway || visible(name) !== name) left.push(said(each, 'is not in the folder'));
    else if (!judged.has(name)) names.add(name);
  }
  return { names: [...names].sort(), left: [...new Set(left)].sort() };
}

const said = (name: string, why: string): string => `${visible(name).slice(0, 500)}, which ${why}`;

/** An asset manifest with what it names: of each file and folder a list of its files with their digests. */
export function publishedBy(assets: Judged, judged: ReadonlySet<string>): readonly Judged[] {
  const { names, left } = namedBy(assets, judged);
  const found: Judged[] = [];
  const unbound = [...left];
  for (const name of names) {
    const content = listed(name, assets.path);
    if ('left' in content) unbound.push(said(name, content.left));
    else found.push(content);
  }
  const contents = found.map(({ path }) => path);
  return [
    {
      ...assets,
      ...(contents.length > 0 ? { contents } : {}),
      ...(unbound.length > 0 ? { unbound: unbound.sort() } : {}),
    },
    ...found,
  ];
}

function listed(name: string, assets: string): Judged | { left: string } {
  const content = contentOf(isOutside(name) ? posix.dirname(assets) : '.', name, limits);
  if ('left' in content) return content;
  return {
    path: name,
    bytes: canonicalBytes(content.files.map(({ path, sha256 }) => ({ path, sha256 }))),
    kind: 'content',
  };
}

/** What is in hand with what the asset manifests among it publish, as far as a verdict speaks of it and it is there. */
export function withContents(inHand: readonly Judged[], subjects: readonly JudgedSubject[]): readonly Judged[] {
  const shown = new Set(inHand.flatMap(({ path, kind }) => (kind === 'manifest' ? [path] : [])));
  const wanted = new Map(
    subjects.flatMap(({ name, contents = [] }) =>
      shown.has(name) ? contents.map((each): [string, string] => [each, name]) : [],
    ),
  );
  const found = [...wanted].map(([name, assets]) => listed(name, assets));
  return [...inHand, ...found.flatMap((each) => ('left' in each ? [] : [each]))];
}

/** Whether a verdict speaks of all an asset manifest names, and of nothing else. */
export function isAllNamed({ contents = [], unbound = [] }: JudgedSubject, { names, left }: Named): boolean {
  const known = new Set(names);
  return contents.every((each) => known.has(each)) && contents.length + unbound.length === names.length + left.length;
}

/** Names of the files that were judged by themselves. */
export const judgedNamesOf = (files: readonly { file: string; status: string }[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ file, status }) => (status === 'judged' ? [subjectName(file)] : [])));
