import validate from '#generated/validate-accepted.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import type { AcceptedFindings } from '#model/accepted.js';
import { RampartError } from '#model/error.js';
import { visible } from '#plan/show.js';

const largest = 64 * 1024 * 1024;

/** The accepted findings of a file. Throws `RAMPART_BASELINE_FILE` for what `check --write-baseline-file` did not write. */
export async function loadAccepted(path: string): Promise<AcceptedFindings> {
  const text = await readText(path, { maxBytes: largest });
  const data = parsed(text);
  const [error] = data === undefined ? [{ instancePath: '', message: 'is not JSON' }] : validate(data);
  if (!error) return data as AcceptedFindings;
  const where = error.instancePath === '' ? 'it' : visible(error.instancePath);
  throw new RampartError(
    'RAMPART_BASELINE_FILE',
    `${path} is no file of accepted findings: ${where} ${error.message}`,
    {
      exit: 'input',
      next: 'Write one with: rampart check … --write-baseline-file accepted.json',
      position: { file: path, line: 1, column: 1 },
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a file that is there may be replaced: only one of the same kind. */
export async function replaceable(path: string): Promise<boolean> {
  if (listFiles([path]).files.length === 0) return false;
  return loadAccepted(path).then(
    () => true,
    () => false,
  );
}
