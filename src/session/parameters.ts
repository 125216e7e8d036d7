import { readText } from '#io/read.js';
import { RampartError } from '#model/error.js';

/**
 * Values of template parameters from a file in one of the forms AWS tools read: a list of `{ParameterKey, ParameterValue}`
 * (CLI), `{"Parameters": {…}}` (CodePipeline, SAM), or a plain object.
 */
export async function loadParameters(path: string): Promise<Readonly<Record<string, string>>> {
  const text = await readText(path, { maxBytes: 1024 * 1024 });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw refuse(path, `is not JSON (${(cause as Error).message})`);
  }
  const rows = Array.isArray(data) ? data.map((row) => pair(row, path)) : Object.entries(plain(data, path));
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of rows) {
    if (name in values) throw refuse(path, `gives parameter ${name} twice`);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw refuse(path, `gives parameter ${name} a value that is no text`);
    }
    values[name] = String(value);
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
    next: 'Give a list of {"ParameterKey": …, "ParameterValue": …}, or an object of names and values.',
    position: { file: path, line: 1, column: 1 },
  });
