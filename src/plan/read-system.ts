import type { ErrorObject } from 'ajv';
import type { PlanningBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { System } from '#model/system.js';
import { problemsOf } from './problems.js';
import { type Fault, schemaFaults } from './schema-problem.js';
import { parseSource, type Source } from './source.js';
import { meaningFaults } from './system-meaning.js';

/** The compiled `systemSchema`: every error, or none. */
export type Validate = (data: unknown) => readonly ErrorObject[];

/** Errors of a hostile file are not worth more time than this many take. */
const listed = 200;

/** A system and where its parts stand in the file, so that the plan's errors can point there too. */
export interface SystemFile {
  system: System;
  source: Source;
}

/**
 * Reads `rampart.yaml`. `base` is what names, regions and models are held against. Throws RAMPART_SYSTEM_UNREADABLE when the text
 * is no YAML, RAMPART_SYSTEM_INVALID listing every problem in file order otherwise. Waivers that have expired are kept: ask
 * `holdsOn` of each.
 */
export function readSystemFile(text: string, file: string, validate: Validate, base: PlanningBase): SystemFile {
  const read = parseSystem(text, file, validate);
  holdAgainst(base, read, file);
  return read;
}

/** The first half: what the schema alone can say. The system may name data that the base has to be overlaid with before the second. */
export function parseSystem(text: string, file: string, validate: Validate): SystemFile {
  const source = parseSource(text, file);
  const errors = validate(source.value);
  if (errors.length > 0) throw invalid(file, schemaFaults(errors.slice(0, listed), source.value), source);
  return { system: source.value as System, source };
}

/** The second half: names, regions and models. */
export function holdAgainst(base: PlanningBase, { system, source }: SystemFile, file: string): void {
  const faults = meaningFaults(system, base);
  if (faults.length > 0) throw invalid(file, faults, source);
}

export const readSystem = (text: string, file: string, validate: Validate, base: PlanningBase): System =>
  readSystemFile(text, file, validate, base).system;

function invalid(file: string, faults: readonly Fault[], source: Source): RampartError {
  const problems = problemsOf(faults, source);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return new RampartError('RAMPART_SYSTEM_INVALID', `${file} has ${count}`, {
    exit: 'input',
    next: `Correct ${file}. Editors show the allowed values when its first line names the schema.`,
    position: problems[0]?.position,
    problems,
  });
}
