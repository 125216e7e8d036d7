import { RampartError } from '#model/error.js';
import {
  below,
  type Fields,
  fields,
  list,
  member,
  onlyKeys,
  optionalText,
  type Place,
  text,
  wrongShape,
} from './shape.js';

/** Which controls one import of a profile takes. */
export interface ProfileImport {
  href: string;
  all: boolean;
  ids: readonly string[];
  patterns: readonly string[];
  children: boolean;
  without: { ids: readonly string[]; patterns: readonly string[]; children: boolean };
  place: Place;
}

/** The imports of a profile, with `#uuid` references followed to the file their resource names. */
export function importsOf(profile: Fields, place: Place): ProfileImport[] {
  return list(profile.imports, below(place, 'imports')).map((given, index) => {
    const where = below(place, 'imports', index);
    const one = fields(given, where);
    onlyKeys(one, ['href', 'include-all', 'include-controls', 'exclude-controls', 'remarks'], where);
    if (one['include-all'] !== undefined && one['include-controls'] !== undefined)
      throw wrongShape(where, 'an import with either include-all or include-controls');
    const include = select(one['include-controls'], below(where, 'include-controls'));
    const exclude = select(one['exclude-controls'], below(where, 'exclude-controls'));
    return {
      href: hrefOf(text(one.href, below(where, 'href')), profile, place),
      // Without a selection everything is taken, as the specification says.
      all: one['include-all'] !== undefined || one['include-controls'] === undefined,
      ...include,
      without: exclude,
      place: where,
    };
  });
}

function select(value: unknown, place: Place): Pick<ProfileImport, 'ids' | 'patterns' | 'children'> {
  const ids: string[] = [];
  const patterns: string[] = [];
  let children = false;
  list(value, place).forEach((selection, index) => {
    const where = below(place, index);
    onlyKeys(fields(selection, where), ['with-child-controls', 'with-ids', 'matching'], where);
    for (const id of list(member(selection, 'with-ids'), below(where, 'with-ids'))) ids.push(text(id, where));
    for (const match of list(member(selection, 'matching'), below(where, 'matching'))) {
      patterns.push(text(member(match, 'pattern'), where));
    }
    if (member(selection, 'with-child-controls') === 'yes') children = true;
  });
  return { ids, patterns, children };
}

function hrefOf(href: string, profile: Fields, place: Place): string {
  if (!href.startsWith('#')) return href;
  const resources = list(member(profile['back-matter'], 'resources'), below(place, 'back-matter', 'resources'));
  const resource = resources.find((each) => member(each, 'uuid') === href.slice(1));
  const links = list(member(resource, 'rlinks'), below(place, 'back-matter', 'resources'));
  const json = links.find((link) => /json/.test(optionalText(member(link, 'media-type')) ?? '')) ?? links[0];
  const found = optionalText(member(json, 'href'));
  if (found !== undefined) return found;
  throw new RampartError('RAMPART_CATALOG_IMPORT', `${place.file}: ${href} names no resource with a link.`, {
    exit: 'input',
    next: 'Give the profile as its publisher issues it, with its back matter.',
    position: { file: place.file, line: 1, column: 1 },
  });
}

/** Values a profile sets: constraints as FedRAMP writes them, or plain values. */
export function parametersOf(profile: Fields, place: Place): Map<string, readonly string[]> {
  const set = new Map<string, readonly string[]>();
  const at = below(place, 'modify', 'set-parameters');
  list(member(profile.modify, 'set-parameters'), at).forEach((given, index) => {
    const where = below(at, index);
    const one = fields(given, where);
    const constraints = list(one.constraints, below(where, 'constraints'));
    const values = [
      ...list(one.values, below(where, 'values')),
      ...constraints.map((constraint) => member(constraint, 'description')),
    ].filter((value) => typeof value === 'string');
    if (values.length > 0) set.set(text(one['param-id'], below(where, 'param-id')), values);
  });
  return set;
}

/** A simple OSCAL pattern: `*` is any text, `?` any character. No time grows beyond their product, since the pattern is anybody's. */
export function matches(id: string, pattern: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let retry = 0;
  while (at < id.length) {
    if (pattern[read] === '*') {
      star = read;
      retry = at;
      read += 1;
    } else if (pattern[read] === '?' || (read < pattern.length && pattern[read] === id[at])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      // The last star takes one character more; earlier ones need not be tried again.
      retry += 1;
      at = retry;
      read = star + 1;
    } else return false;
  }
  while (pattern[read] === '*') read += 1;
  return read === pattern.length;
}
