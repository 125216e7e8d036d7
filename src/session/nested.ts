import { readTextNow } from '#io/read.js';
import { fileInside, identityOf, rootOf } from '#io/within.js';
import type { Opened } from '#manifest/template-file.js';
import { RampartError } from '#model/error.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult } from '#model/result.js';

const limit = { maxBytes: 16 * 1024 * 1024 };

/** Opens templates that the template `file` nests: those inside the folder it was given with. */
export function openerFor(file: string, folders: readonly string[]): (path: string, from: string) => Opened {
  let root: string | undefined;
  return (path, from) => {
    root ??= rootOf(file, folders);
    const found = fileInside(root, path, from);
    if ('refused' in found) return found;
    try {
      return { file: found.path, text: readTextNow(found.path, limit), identity: found.identity };
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      return { refused: error.message };
    }
  };
}

/**
 * The manifests to judge, and a row for each template read as part of another. A template that is nested in one of the others
 * is judged there, with the parameters it is given, and not a second time by itself.
 */
export function withoutNested(manifests: readonly Manifest[]): { judged: Manifest[]; rows: FileResult[] } {
  const nesting = manifests.filter(({ includes }) => includes && includes.length > 0);
  if (nesting.length === 0) return { judged: [...manifests], rows: [] };
  const held = new Map(
    nesting.map((manifest) => [manifest, new Set(manifest.includes?.map(({ file }) => identity(file)))]),
  );
  const reached = new Set<string>();
  const isHeld = (manifest: Manifest): boolean =>
    nesting.some((other) => other !== manifest && held.get(other)?.has(identity(manifest.file)));
  const first = new Set<Manifest>();
  const take = (manifest: Manifest): void => {
    first.add(manifest);
    for (const file of held.get(manifest) ?? []) reached.add(file);
  };
  for (const manifest of nesting) if (!isHeld(manifest)) take(manifest);
  // Templates that nest each other in a circle have no outermost one: the first stands for it.
  for (const manifest of nesting) if (!first.has(manifest) && !reached.has(identity(manifest.file))) take(manifest);
  const judged = manifests.filter((manifest) => first.has(manifest) || !reached.has(identity(manifest.file)));
  return { judged, rows: judged.flatMap(rowsOf) };
}

/** Inline templates are no files of their own. */
const rowsOf = (manifest: Manifest): FileResult[] => {
  const files = new Map<string, FileResult>();
  for (const { file, as, resources } of manifest.includes ?? []) {
    if (file === manifest.file) continue;
    const row = files.get(file) ?? {
      file,
      status: 'judged',
      language: manifest.language,
      resources: 0,
      notes: [],
      partOf: [manifest.file],
    };
    const note = { message: `judged as nested stack ${as} of ${manifest.file}` };
    files.set(file, { ...row, resources: row.resources + resources, notes: [...row.notes, note] });
  }
  return [...files.values()];
};

/** What tells a file from others, whatever it is called by. */
export function identity(file: string): string {
  try {
    return identityOf(file);
  } catch {
    // Standard input has no other name.
    return file;
  }
}
