import validate from '#generated/validate-waivers.js';
import { readText } from '#io/read.js';
import type { JudgingBase } from '#model/base.js';
import type { Waiver } from '#model/waiver.js';
import { readWaivers } from '#plan/read-waivers.js';

const largest = 1024 * 1024;

/** The waivers of a file. */
export async function loadWaivers(path: string, base: JudgingBase): Promise<Waiver[]> {
  return waiversIn(await readText(path, { maxBytes: largest }), path, base);
}

/** The same of its text. */
export const waiversIn = (text: string, path: string, base: JudgingBase): Waiver[] =>
  readWaivers(text, path, validate, base);
