import { appendFileSync } from 'node:fs';
import { systemError } from './system-error.js';

/** Adds to the end of a file that others write to as well; makes it when it is not there. */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw systemError('write', path, error);
  }
}
