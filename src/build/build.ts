import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { compileControls, inParts, type SourceFile } from './controls.js';
import { refuseBroken } from './data-files.js';
import { compileDiagrams } from './diagrams.js';
import { templateModules } from './templates.js';
import { compileValidators } from './validators.js';

const root = new URL('../../', import.meta.url);
const dataOnly = process.argv.includes('--data-only');

const written = (path: string, text: string | Uint8Array): void => {
  const file = fileURLToPath(new URL(path, root));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const filesUnder = (folder: string, ending: string): SourceFile[] => {
  const base = new URL(`${folder}/`, root);
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(new URL(path, base), 'utf8') }));
};

/**
 * A module that reads data from the file beside it: half the time of parsing the same as a string in the module. Bundled, it stands
 * in some folder of `dist/`, so the path goes over the folder above.
 */
const dataFile = (name: string): string =>
  `import { readFileSync } from 'node:fs';\nexport default JSON.parse(readFileSync(new URL('../generated/${name}.json', import.meta.url), 'utf8'));\n`;

/** The same of a file that few commands read, and which is a tenth as large when it is packed. */
const packedFile = (name: string): string =>
  `import { readFileSync } from 'node:fs';\nimport { gunzipSync } from 'node:zlib';\nexport default JSON.parse(gunzipSync(readFileSync(new URL('../generated/${name}.json.gz', import.meta.url))));\n`;

/** JSON in ASCII alone: V8 reads and parses it a fifth faster than text with one character beyond. */
const asciiJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A module that holds data. Parsing a JSON text is faster than evaluating the same literal. */
const dataModule = (data: unknown): string => `export default JSON.parse(${JSON.stringify(JSON.stringify(data))});\n`;

if (!dataOnly) rmSync(new URL('dist', root), { recursive: true, force: true });
const diagrams = filesUnder('templates', '.yaml').filter(({ path }) => /(^|\/)diagram(\.yaml$|\/)/.test(path));
refuseBroken([
  ...['controls', 'templates/system'].flatMap((folder) =>
    filesUnder(folder, '.yaml').map(({ path, text }) => ({ path: `${folder}/${path}`, text })),
  ),
  ...diagrams.map(({ path, text }) => ({ path: `templates/${path}`, text })),
]);
const { judging, others, catalog, examples } = inParts(compileControls(filesUnder('controls', '.yaml')));
const data = { controls: judging, catalog, examples };
const types = { controls: 'JudgingBase', catalog: 'Catalog', examples: 'ShippedExamples' } as const;
for (const name of ['controls', 'catalog', 'examples'] as const) {
  const path = name === 'examples' ? `generated/${name}.json.gz` : `generated/${name}.json`;
  const text = asciiJson(data[name]);
  const content = path.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text;
  written(`src/${path}`, content);
  if (!dataOnly) written(`dist/${path}`, content);
  written(`src/generated/${name}.js`, path.endsWith('.gz') ? packedFile(name) : dataFile(name));
  written(
    `src/generated/${name}.d.ts`,
    `import type { ${types[name]} } from '../model/base.js';\n\ndeclare const base: ${types[name]};\nexport default base;\n`,
  );
}
for (const [language, expected] of Object.entries(others)) {
  const text = asciiJson(expected);
  written(`src/generated/expected-${language}.json`, text);
  if (!dataOnly) written(`dist/generated/expected-${language}.json`, text);
}
written(
  'src/generated/other-languages.js',
  "import { readFileSync } from 'node:fs';\nexport default (language) => JSON.parse(readFileSync(new URL(`../generated/expected-${language}.json`, import.meta.url), 'utf8'));\n",
);
written(
  'src/generated/other-languages.d.ts',
  "import type { Expected, OtherLanguage } from '../model/base.js';\n\ndeclare const expectedIn: (language: OtherLanguage) => Expected;\nexport default expectedIn;\n",
);
for (const { path, text } of templateModules(filesUnder('templates', '.hbs')))
  written(`src/generated/templates/${path}`, text);
written(
  'src/generated/templates/index.d.ts',
  'type Load = () => Promise<{ default: Readonly<Record<string, unknown>> }>;\ndeclare const shelves: Readonly<Record<string, Load>>;\nexport default shelves;\n',
);
written('src/generated/diagrams.js', dataModule(compileDiagrams(diagrams)));
written(
  'src/generated/diagrams.d.ts',
  "import type { DiagramShapes } from '../model/diagram.js';\n\ndeclare const shapes: DiagramShapes;\nexport default shapes;\n",
);
for (const { path, text } of await compileValidators(root)) written(path, text);
for (const [name, folder, ending, cut] of [
  ['starters', 'templates/system', '.yaml', '.yaml'],
  ['pipelines', 'templates/pipelines', '', ''],
] as const) {
  const texts = filesUnder(folder, ending).map(({ path, text }) => [path.slice(0, path.length - cut.length), text]);
  written(
    `src/generated/${name}.d.ts`,
    'declare const texts: Readonly<Record<string, string>>;\nexport default texts;\n',
  );
  written(`src/generated/${name}.js`, dataModule(Object.fromEntries(texts)));
}

if (!dataOnly) await bundle(root);
