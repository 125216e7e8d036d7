import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';

/** A template that cannot be followed, with the place at fault. */
export const refuse = (code: `RAMPART_ARM_${string}`, message: string, at: number, lines: Lines): RampartError =>
  new RampartError(code, message, {
    exit: 'input',
    next: 'Mend the template there; `az deployment group validate` explains what Azure asks for.',
    position: lines.position(Math.max(0, at)),
  });
