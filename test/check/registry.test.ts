import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { predicates } from '#check/predicates/index.js';
import { guardrails } from '#render/guardrails/index.js';
import { targets } from '#render/render.js';
import { formats } from '#report/formats/index.js';

const namesIn = (folder: string): string[] =>
  readdirSync(new URL(`../../src/${folder}/`, import.meta.url))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();

describe('law 7: a registry is exactly the files of its folder', () => {
  it('predicates', () => assert.deepEqual([...predicates.keys()].sort(), namesIn('check/predicates')));

  it('render targets', () => assert.deepEqual([...targets.keys()].sort(), namesIn('render/targets')));

  it('guardrails', () => assert.deepEqual([...guardrails.keys()].sort(), namesIn('render/guardrails')));

  it('report formats', () => assert.deepEqual([...formats.keys()].sort(), namesIn('report/formats')));

  it('every report format can be loaded', async () => {
    for (const load of formats.values()) assert.equal(typeof (await load()), 'function');
  });
});
