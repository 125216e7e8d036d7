import { readText } from '#io/read.js';
import { RampartError } from '#model/error.js';

/** `values` keep the types an Azure parameters file gives them. */
export interface LoadedParameters {
  parameters: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, unknown>>;
}

/**
 * Values of template parameters from a file in one of the forms AWS tools read: a list of `{ParameterKey, ParameterValue}`
 * (CLI), `{"Parameters": {…}}` (CodePipeline, SAM), or a plain object; or from an Azure parameters file.
 */
export async function loadParameters(path: string): Promise<LoadedParameters> {
  return parametersIn(await readText(path, { maxBytes: 1024 * 1024 }), path);
}

/** The same of the text of a file. */
export function parametersIn(text: string, path: string): LoadedParameters {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw refuse(path, `is not JSON (${(cause as Error).message})`);
  }
  const azure = azureValues(data, path);
  if (azure) return { parameters: {}, values: azure };
  const rows = Array.isArray(data) ? data.map((row) => pair(row, path)) : Object.entries(plain(data, path));
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of rows) {
    if (name in values) throw refuse(path, `gives parameter ${name} twice`);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw refuse(path, `gives parameter ${name} a value that is no text`);
    }
    values[name] = String(value);
  }
  return { parameters: values };
}

/** `{"parameters": {name: {"value": …}}}`; what refers to a vault is a secret and stays unknown. */
function azureValues(data: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
  const { $schema, parameters } = (data ?? {}) as { $schema?: unknown; parameters?: unknown };
  if (typeof $schema !== 'string' || !/deploymentParameters\.json#?$/i.test($schema)) return undefined;
  if (typeof parameters !== 'object' || parameters === null) throw refuse(path, 'holds no parameters');
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, row] of Object.entries(parameters)) {
    const { value } = (row ?? {}) as { value?: unknown };
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function pair(row: unknown, path: string): [string, unknown] {
  const { ParameterKey, ParameterValue } = (row ?? {}) as { ParameterKey?: unknown; ParameterValue?: unknown };
  if (typeof ParameterKey !== 'string') throw refuse(path, 'holds a row without a ParameterKey');
  return [ParameterKey, ParameterValue];
}

function plain(data: unknown, path: string): object {
  const values = (data as { Parameters?: unknown } | null)?.Parameters ?? data;
  if (typeof values !== 'object' || values === null) throw refuse(path, 'holds no parameters');
  return values;
}

const refuse = (path: string, what: string): RampartError =>
  new RampartError('RAMPART_PARAMETERS', `${path} ${what}`, {
    exit: 'input',
    next: 'Give a list of {"ParameterKey": …, "ParameterValue": …}, an object of names and values, or an Azure parameters file.',
    position: { file: path, line: 1, column: 1 },
  });
