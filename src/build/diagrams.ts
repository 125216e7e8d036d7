import { parse } from 'yaml';
import type { DiagramShape } from '#model/diagram.js';
import type { SourceFile } from './controls.js';

interface Written extends Partial<DiagramShape> {
  /** Name of the shape under `blocks/diagram/` that this one is laid over. */
  over?: string;
}

/** Shapes of diagrams by endpoint kind, each with what it is laid over. Throws an Error for a flow whose ends are not there. */
export function compileDiagrams(files: readonly SourceFile[]): Readonly<Record<string, DiagramShape>> {
  const written = new Map(files.map(({ path, text }) => [path, parse(text) as Written]));
  const kinds = [...written].flatMap(([path, shape]) => {
    const kind = /^([^/]+)\/diagram\.yaml$/.exec(path)?.[1];
    return kind ? [[kind, laidOver(path, shape, written)] as const] : [];
  });
  return Object.fromEntries(kinds);
}

function laidOver(path: string, shape: Written, all: ReadonlyMap<string, Written>): DiagramShape {
  const below = shape.over === undefined ? undefined : `blocks/diagram/${shape.over}.yaml`;
  const base: Written | undefined = below === undefined ? {} : all.get(below);
  if (!base) throw new Error(`${path}: there is no ${below} to lay it over`);
  const under: Partial<DiagramShape> = below === undefined ? {} : laidOver(below, base, all);
  const parts = { ...under.parts, ...shape.parts };
  const flows = [...(under.flows ?? []), ...(shape.flows ?? [])];
  for (const end of flows.flatMap(({ from, to }) => [from, to])) {
    if (!Object.hasOwn(parts, end)) throw new Error(`${path}: a flow names ${end}, which is no part`);
  }
  return { parts, flows };
}
