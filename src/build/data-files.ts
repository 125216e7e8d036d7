import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { schemaFaults } from '#plan/schema-problem.js';
import { parseSource } from '#plan/source.js';
import type { SourceFile } from './controls.js';
import { dataSchemas } from './data-schemas.js';

const compiled = new Map<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true }).compile(
      schema,
    );
    compiled.set(schema, validate);
  }
  return validate;
}

/**
 * What is wrong with a data file of the checkout, each as `path:line:column what`; empty when nothing is. `path` is relative to the
 * checkout. A file of no known kind is a fault itself: nothing may be shipped unread.
 */
export function dataFaults({ path, text }: SourceFile): string[] {
  const found = dataSchemas.find((each) => each.path.test(path));
  if (!found) return [`${path}: no schema says what this file holds; add it to src/build/data-schemas.ts`];
  const validate = validatorOf(found.schema);
  // Most files fit, and places are needed of those that do not.
  if (validate(yamlOf(text))) return [];
  const source = parseSource(text, path, {
    code: 'RAMPART_DATA_UNREADABLE',
    what: found.kind,
    next: 'Mend the file.',
  });
  validate(source.value);
  return schemaFaults(validate.errors ?? [], source.value, found.schema).map(({ path: at, key, message }) => {
    const { line, column } = key ? source.keyAt(at) : source.at(at);
    return `${path}:${line}:${column} ${message}`;
  });
}

/** Undefined for what is no YAML: whoever asks for places is told why. */
function yamlOf(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true, strict: true });
  } catch {
    return undefined;
  }
}

/** Throws an Error naming every fault of some data files. */
export function refuseBroken(files: readonly SourceFile[]): void {
  const faults = files.flatMap(dataFaults);
  if (faults.length > 0) throw new Error(`data files do not fit their schemas:\n${faults.join('\n')}`);
}
