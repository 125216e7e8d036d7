import type { TraceLine } from '#model/artifact.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import { type Aim, aimsOf } from './aims.js';

interface Row {
  line: number;
  type: string;
  resource: string;
  /** Names of the blocks it is in, then its own; empty for the resource itself. */
  path: readonly string[];
}

/**
 * Which requirements each line of a file serves. The gate judges plans, so no finding points into HCL; a line serves a
 * requirement when the requirement asks for the argument it sets. Where a requirement speaks of one of several blocks or
 * resources of a kind, only what is certain is told: the block around them, or nothing. `module` is the text of all files.
 */
export function terraformTrace(
  text: string,
  requirements: readonly Requirement[],
  kind: string,
  module: readonly string[] = [text],
): TraceLine[] {
  const rows = rowsOf(text);
  const places = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.resource, row.path);
    places.set(key, [...(places.get(key) ?? []), row]);
  }
  const resources = resourcesOf(module);
  const lines = new Map<number, Set<string>>();
  for (const { id, expect } of requirements) {
    for (const aim of aimsOf(expect.terraform ?? none, kind)) {
      for (const resource of namesOf(aim, resources)) {
        if (aim.unless?.some((path) => places.has(keyOf(resource, path)))) continue;
        const line = lineOf(resource, aim.path, places);
        if (line !== undefined) lines.set(line, (lines.get(line) ?? new Set()).add(id));
      }
    }
  }
  return [...lines]
    .sort(([left], [right]) => left - right)
    .map(([line, ids]) => ({ line, requirements: [...ids].sort() }));
}

const none: readonly Expectation[] = [];

const heads = /^resource "([^"]+)" "([^"]+)" \{$/gm;

/** Addresses of resources by their type. */
function resourcesOf(module: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, type = '', name] of module.flatMap((text) => [...text.matchAll(heads)]))
    found.set(type, (found.get(type) ?? new Set()).add(`${type}.${name}`));
  return found;
}

/** The resources an aim may mean: all of its type, or the only one where it asks for one of them. */
function namesOf({ type, isOf, isOneOf, askedOf }: Aim, resources: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  if (type === '*') return [...resources].flatMap(([each, names]) => (isOf?.(each) ? [...names] : []));
  const names = [...(resources.get(type) ?? [])];
  if (!askedOf.some((each) => resources.has(each))) return [];
  return isOneOf && names.length !== 1 ? [] : names;
}

/** The line of an argument; of several, that of the innermost block around them that there is one of. None where it is not set. */
function lineOf(
  resource: string,
  path: readonly string[],
  places: ReadonlyMap<string, readonly Row[]>,
): number | undefined {
  if (!places.has(keyOf(resource, path))) return undefined;
  for (let length = path.length; length >= 0; length -= 1) {
    const [only, ...others] = places.get(keyOf(resource, path.slice(0, length))) ?? [];
    if (only && others.length === 0) return only.line;
  }
  return undefined;
}

const keyOf = (resource: string, path: readonly string[]): string => [resource, ...path].join('.');

const head = /^resource "([^"]+)" "([^"]+)" \{$/;
const member = /^( +)([a-z_0-9]+)(?: +=.*| \{)$/;

/** Arguments and blocks of resources, told apart by the indentation that `terraform fmt` gives them. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let inside: { type: string; resource: string } | undefined;
  let path: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, type, name] = head.exec(line) ?? [];
    if (type !== undefined) {
      inside = { type, resource: `${type}.${name}` };
      path = [];
      rows.push({ line: index + 1, ...inside, path });
    } else if (line === '}') inside = undefined;
    const [, blanks = '', own] = (inside && member.exec(line)) || [];
    if (!inside || own === undefined) continue;
    path = [...path.slice(0, blanks.length / 2 - 1), own];
    rows.push({ line: index + 1, ...inside, path });
  }
  return rows;
}
