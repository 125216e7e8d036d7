import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileControls } from './controls.js';
import { documents, pagesIn, staleness } from './pages.js';

// Writes the pages under docs/ from the data under controls/, and takes away those that belong to nothing any more.

const root = new URL('../../', import.meta.url);
const docs = new URL('docs/', root);
const controls = new URL('controls/', root);

const files = readdirSync(controls, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(new URL(path, controls), 'utf8') }));
const pages = documents(compileControls(files));
const before = staleness(pages, docs).length;

for (const path of pagesIn(docs)) {
  if (pages.has(path)) continue;
  rmSync(new URL(path, docs));
  removeEmpty(dirname(path));
}
for (const [path, text] of pages) {
  const file = fileURLToPath(new URL(path, docs));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
process.stdout.write(`${pages.size} pages under docs/, ${before} of them changed.\n`);

function removeEmpty(folder: string): void {
  if (folder === '.' || readdirSync(new URL(`${folder}/`, docs)).length > 0) return;
  rmdirSync(new URL(`${folder}/`, docs));
  removeEmpty(dirname(folder));
}
