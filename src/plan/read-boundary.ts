import type { BoundaryData } from '#model/base.js';
import { boundarySchema } from '#model/boundary-schema.js';
import { RampartError } from '#model/error.js';
import type { BoundaryFile } from './overlay-boundary.js';
import { pathText } from './path-text.js';
import { problemsOf } from './problems.js';
import type { Validate } from './read-system.js';
import { type Fault, schemaFaults } from './schema-problem.js';
import { show } from './show.js';
import { type Path, parseSource } from './source.js';

const listed = 50;

/**
 * Reads a boundary file. `data` is what it will be laid over: regions its rows name must be of a partition either knows. Throws
 * RAMPART_BOUNDARY_UNREADABLE or RAMPART_BOUNDARY_INVALID (exit `input`) with every place at fault.
 */
export function readBoundary(text: string, file: string, validate: Validate, data: BoundaryData): BoundaryFile {
  const source = parseSource(text, file, {
    code: 'RAMPART_BOUNDARY_UNREADABLE',
    what: 'a boundary file',
    next: 'Mend it: its lists are those of the schema dist/schemas/boundary.schema.json.',
  });
  const errors = validate(source.value);
  const faults =
    errors.length > 0
      ? schemaFaults(errors.slice(0, listed), source.value, boundarySchema)
      : regionFaults(source.value as BoundaryFile, data);
  if (faults.length === 0) return source.value as BoundaryFile;
  const problems = problemsOf(faults, source);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new RampartError('RAMPART_BOUNDARY_INVALID', `${file} has ${count}`, {
    exit: 'input',
    next: 'Correct the places named above; every row needs the source and the date of what was seen.',
    position: problems[0]?.position,
    problems,
  });
}

const lists = ['kinds', 'types', 'families', 'models', 'mantleModels'] as const;

/** Regions of no partition, and regions that both have and lack a thing. */
function regionFaults(file: BoundaryFile, data: BoundaryData): Fault[] {
  const clouds = [...(data.clouds ?? []), ...(file.clouds ?? [])];
  const known = new Set([
    ...[...data.partitions, ...(file.partitions ?? [])].flatMap(({ regions }) => regions),
    ...clouds.flatMap(({ locations }) => locations),
  ]);
  return lists.flatMap((list) =>
    (file[list] ?? []).flatMap((row, index) => {
      const lacking: readonly string[] = ('lacking' in row ? row.lacking : undefined) ?? [];
      const at = (key: string, position: number): Path => [list, index, key, position];
      return [
        ...row.regions.flatMap((region, position) => unknownRegion(at('regions', position), region, known)),
        ...lacking.flatMap((region, position) =>
          row.regions.includes(region)
            ? [said(at('lacking', position), `${show(region)} is among regions too; a region has a thing or lacks it`)]
            : unknownRegion(at('lacking', position), region, known),
        ),
      ];
    }),
  );
}

function unknownRegion(path: Path, region: string, known: ReadonlySet<string>): Fault[] {
  if (known.has(region)) return [];
  const partitions = `those known are ${[...known].sort().join(', ')}`;
  return [
    said(
      path,
      `${show(region)} is a region of no partition (${partitions}). State its partition, with all its regions, under partitions`,
    ),
  ];
}

const said = (path: Path, message: string): Fault => ({ path, message: `${pathText(path)}: ${message}.` });
