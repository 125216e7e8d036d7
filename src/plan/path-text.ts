import { visible } from './show.js';
import type { Path } from './source.js';

/** `endpoints[0].kind`; a key with a dot is put in quotes. */
export const pathText = (path: Path): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number' || /^\d+$/.test(step)) return `[${step}]`;
      const name = /^[\w-]+$/.test(step) ? step : `"${visible(step, 80)}"`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
