import { readdirSync, readFileSync } from 'node:fs';
import { compileControls } from '../../src/build/controls.js';

const folder = new URL('../../controls/', import.meta.url);

/** The control base as it stands in the checkout, with examples. */
export const base = compileControls(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') })),
);
