import { RampartError } from '#model/error.js';
import { type Alteration, alterationsOf, altered } from './alter.js';
import { childrenOf, controlsOf, type OscalControl } from './oscal-catalog.js';
import { importsOf, matches, type ProfileImport, parametersOf } from './oscal-profile.js';
import { type Fields, fields, isFields, member } from './shape.js';

/** A document by the reference another makes to it; undefined when it is not there. */
export type Open = (href: string, from: string) => { file: string; document: unknown } | undefined;

/** The controls a profile or catalog comes to, and the values it sets. */
export interface Resolved {
  ids: ReadonlySet<string>;
  /** Those whose text was there to read, altered as the profiles say. */
  controls: ReadonlyMap<string, OscalControl>;
  parameters: ReadonlyMap<string, readonly string[]>;
}

const longestChain = 20;

/** Resolves a document; `chain` are the files that led here. Throws `RAMPART_CATALOG_*` (exit `input`). */
export function resolve(file: string, document: unknown, open: Open, chain: readonly string[] = []): Resolved {
  if (chain.includes(file) || chain.length > longestChain) throw importFault(file, 'is imported in a circle');
  const catalog = member(document, 'catalog');
  if (isFields(catalog)) {
    const controls = controlsOf(catalog, { file, pointer: '/catalog' });
    return { ids: new Set(controls.keys()), controls, parameters: new Map() };
  }
  const place = { file, pointer: '/profile' };
  const profile = fields(member(document, 'profile'), place);
  const ids = new Set<string>();
  const controls = new Map<string, OscalControl>();
  const parameters = new Map<string, readonly string[]>();
  for (const one of importsOf(profile, place)) {
    const found = open(one.href, file);
    const from = found && resolve(found.file, found.document, open, [...chain, file]);
    for (const id of selected(one, from)) {
      ids.add(id);
      const control = from?.controls.get(id);
      if (control) controls.set(id, control);
    }
    for (const [id, values] of from?.parameters ?? []) parameters.set(id, values);
  }
  for (const [id, values] of parametersOf(profile, place)) parameters.set(id, values);
  return { ids, controls: withAlterations(controls, alterationsOf(profile, place)), parameters };
}

function selected(one: ProfileImport, from: Resolved | undefined): string[] {
  const { place } = one;
  if (!from && (one.all || one.children || one.patterns.length > 0)) {
    throw importFault(place.file, `takes controls from ${one.href}, which is not there`);
  }
  const known = from ? [...from.ids] : one.ids;
  const missing = one.ids.find((id) => !known.includes(id));
  if (missing !== undefined) throw importFault(place.file, `takes ${missing}, which ${one.href} does not have`);
  const isIn = (id: string): boolean =>
    one.all || one.ids.includes(id) || one.patterns.some((pattern) => matches(id, pattern));
  const chosen = known.filter(isIn);
  const children = one.children ? chosen.flatMap((id) => childrenOf(from?.controls.get(id))) : [];
  const { without } = one;
  const isOut = (id: string): boolean =>
    without.ids.includes(id) || without.patterns.some((pattern) => matches(id, pattern));
  if (!from && without.children)
    throw importFault(place.file, `leaves out controls of ${one.href}, which is not there`);
  const out = new Set(
    known.filter(isOut).flatMap((id) => [id, ...(without.children ? childrenOf(from?.controls.get(id)) : [])]),
  );
  return [...new Set([...chosen, ...children])].filter((id) => !isOut(id) && !out.has(id));
}

function withAlterations(
  controls: ReadonlyMap<string, OscalControl>,
  alterations: ReadonlyMap<string, Alteration>,
): Map<string, OscalControl> {
  const changed = new Map(controls);
  for (const [id, alteration] of alterations) {
    const control = controls.get(id);
    if (control) changed.set(id, { ...control, fields: altered(control.fields as Fields, alteration) });
  }
  return changed;
}

const importFault = (file: string, what: string): RampartError =>
  new RampartError('RAMPART_CATALOG_IMPORT', `${file} ${what}.`, {
    exit: 'input',
    next: 'Put the files a profile imports beside it, under the names it gives them.',
    position: { file, line: 1, column: 1 },
  });
