import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type Plugin as BuildPlugin, build, type Metafile, transform } from 'esbuild';
import { quickerEvents } from './yaml-events.js';

/**
 * Bundles `src/` into `dist/`: one file per command and one for the start, with what they share in chunks, so that a
 * command loads what it needs and nothing is installed beside it. Then writes oclif's manifest.
 */
export async function bundle(root: URL): Promise<void> {
  const folder = fileURLToPath(root);
  const commands = readdirSync(new URL('src/commands/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/commands/${path}`);
  const apartFromRendering = besideTheRendering(root);
  const split = await build({
    ...shared(folder),
    entryPoints: [
      ...new Set([
        'src/index.ts',
        'src/io/compiled.ts',
        ...threads,
        ...commands,
        ...besideTheStart,
        ...besideTheGate,
        ...apartFromRendering,
      ]),
    ].map(placed),
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [withoutUnused, quickStart, plainWidth, onlyEvents, fromStart, apart(gate, rendering)],
  });
  // The start, the gate and a rendering are what people wait for: one file each instead of thirty chunks saves some 30 ms.
  const first = await build({
    ...shared(folder),
    entryPoints: [start],
    plugins: [withoutUnused, quickStart, plainWidth, requiredApart, apart(...besideTheStart)],
  });
  const rare = await build({
    ...shared(folder),
    entryPoints: forTexts.map(placed),
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [plainWidth],
  });
  const whole = await build({
    ...shared(folder),
    entryPoints: [gate],
    plugins: [onlyEvents, apart(...besideTheGate)],
  });
  const rendered = await build({
    ...shared(folder),
    entryPoints: [rendering],
    plugins: [onlyEvents, apart(gate, ...apartFromRendering)],
  });
  const made = [split, first, rare, whole, rendered].map(({ metafile }) => metafile);
  const metafile = {
    inputs: Object.assign({}, ...made.map(({ inputs }) => inputs)) as Metafile['inputs'],
    outputs: Object.assign({}, ...made.map(({ outputs }) => outputs)) as Metafile['outputs'],
  };
  const digest = createHash('sha256');
  for (const path of Object.keys(metafile.outputs).sort()) {
    const file = new URL(path, root);
    const text = withPlaces(readFileSync(file, 'utf8'), path);
    const program = path.endsWith('.cjs') ? text : await asCommonJs(withoutFacades(text));
    writeFileSync(file, program);
    digest.update(`${path} ${program.length}\n${program}`);
  }
  writeFileSync(new URL('dist/package.json', root), '{"type":"commonjs"}\n');
  writeFileSync(new URL('dist/digest', root), `${digest.digest('hex')}\n`);
  const names = metafile.outputs['dist/index.js']?.exports.join(',');
  writeFileSync(new URL('dist/index.mjs', root), `export{${names}}from'./index.js';\n`);
  writeFileSync(new URL('dist/metafile.json', root), JSON.stringify(metafile));
  writeFileSync(new URL('dist/THIRD-PARTY.txt', root), notices(root, Object.keys(metafile.inputs)));
  await writeManifest(folder);
}

const start = 'src/main.ts';

/** Packages oclif requires for texts of help and errors only: a fifth of what the start would have to read. */
const forTexts = ['ejs', 'wrap-ansi', 'string-width', 'ansi-escapes'];

/** Where below `dist/` a source goes, or a package that is loaded by itself. */
const placed = (source: string): { in: string; out: string } => ({ in: source, out: placeOf(source) });
const placeOf = (source: string): string =>
  source.startsWith('src/') ? source.slice('src/'.length).replace(/\.[jt]s$/, '') : `packages/${source}`;

/** What the start loads only when something went wrong. */
const besideTheStart = ['src/did-you-mean.ts'];

const gate = 'src/session/gate.ts';
const rendering = 'src/session/render-target.ts';

/** What runs in a thread of its own. */
const threads = ['src/session/draw-worker.ts', 'src/session/share-worker.ts'];

/** What the gate loads only now and then, and what is too large to be part of it. */
const besideTheGate = [
  'src/manifest/read.ts',
  'src/session/control-data.ts',
  'src/session/own-boundary.ts',
  'src/session/own-requirements.ts',
  'src/session/waivers-file.ts',
  'src/session/accepted-file.ts',
  'src/session/attest.ts',
  'src/session/reports.ts',
  'src/session/threads.ts',
  'src/session/parameters.ts',
  'src/session/assemblies.ts',
  'src/manifest/cdk-assembly.ts',
  'src/io/write-whole.ts',
  'src/generated/other-languages.js',
  'picomatch',
  'ignore',
  'ansis',

  'src/plan/plain-system.ts',
  'src/plan/plan.ts',
  'src/plan/read-system.ts',
  'src/generated/system-fits.js',
  'src/generated/validate-system.js',
  'src/generated/catalog.js',
];

/** What a rendering loads only now and then, and the templates, of which it needs a few. */
const besideTheRendering = (root: URL): string[] => [
  'src/session/control-data.ts',
  'src/session/own-requirements.ts',
  'src/session/guardrails.ts',
  'src/session/own-blocks.ts',
  'src/session/own-boundary.ts',
  'src/render/terraform/trace.ts',
  'src/plan/read-system.ts',
  'src/generated/validate-system.js',
  'src/generated/other-languages.js',
  ...readdirSync(new URL('src/generated/templates/', root), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\/.*\.js$/.test(path) && !path.startsWith('blocks/'))
    .map((path) => `src/generated/templates/${path}`),
];

const shared = (folder: string): BuildOptions & { metafile: true } => ({
  absWorkingDir: folder,
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  metafile: true,
  // oclif loads these only when it runs from TypeScript sources.
  external: ['typescript', 'ts-node', 'tsx'],
  logLevel: 'warning',
});

/** Stands for the folder `dist/` until it is known how deep below it the importing file is. */
const dist = 'dist:';

const withPlaces = (text: string, path: string): string =>
  text.replaceAll(`"${dist}`, `"${path.split('/').length > 2 ? '../'.repeat(path.split('/').length - 2) : './'}`);

/** Leaves dynamic imports of some sources and packages to the file each is bundled into. */
const apart = (...sources: readonly string[]): BuildPlugin => ({
  name: 'apart',
  setup(build) {
    const root = build.initialOptions.absWorkingDir ?? '';
    const places = new Set(sources.map(placeOf));
    build.onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.startsWith('#')
        ? `src/${path.slice(1)}`
        : path.startsWith('.')
          ? relative(root, resolve(resolveDir, path))
          : path;
      const place = placeOf(file);
      return places.has(place) ? { path: `${dist}${place}.js`, external: true } : undefined;
    });
  },
});

/** Leaves packages that are required late, if at all, to files of their own. */
const requiredApart: BuildPlugin = {
  name: 'required-apart',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${forTexts.join('|')})$`) }, ({ path, kind, importer }) =>
      kind === 'require-call' && /@oclif[/\\]core[/\\]/.test(importer)
        ? { path: `${dist}${placeOf(path)}.cjs`, external: true }
        : undefined,
    );
  },
};

/** Has commands take what they are made of from the start, which is there before them. */
const fromStart: BuildPlugin = {
  name: 'from-start',
  setup(build) {
    build.onResolve({ filter: /\/cli\.js$/ }, () => ({ path: `${dist}main.js`, external: true }));
  },
};

/**
 * Two changes to the text of oclif's own modules, worth half of every start:
 * - each `const x_1 = require('x')` at the top of a module waits for the first use of `x_1`, so that what only help, flags or
 *   plugin discovery need is neither compiled nor run by a command that does not use it;
 * - command ids are sorted with plain comparison: they are ASCII, and the first `localeCompare` loads the collation tables.
 */
const quickStart: BuildPlugin = {
  name: 'quick-start',
  setup(build) {
    build.onLoad({ filter: /@oclif[/\\]core[/\\]lib[/\\].*\.js$/ }, ({ path }) => ({
      contents: inPlainOrder(requiredLate(readFileSync(path, 'utf8'))),
      loader: 'js',
    }));
  },
};

const inPlainOrder = (text: string): string =>
  text.replace(/([\w.]+)\.localeCompare\(([\w.]+)\)/g, '($1 < $2 ? -1 : $1 > $2 ? 1 : 0)');

/**
 * Text of printable ASCII is as wide as it is long. The package asks an expression over all of Unicode's emoji instead, for every cell of
 * a table several times, which took half of `rampart plan`.
 */
const plainWidth: BuildPlugin = {
  name: 'plain-width',
  setup(build) {
    build.onLoad({ filter: /node_modules[/\\]string-width[/\\]index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const quick = text.replace(
        'const stringWidth = string => {',
        (start) => `${start} if (typeof string === 'string' && /^[ -~]*$/.test(string)) return string.length;`,
      );
      if (quick === text) throw new Error(`${path} is not written as it was: the start of stringWidth was not found`);
      return { contents: quick, loader: 'js' };
    });
  },
};

/**
 * Only the events of the YAML package's parser are used. What its tags, schemas and options are made by does nothing else; said so, what
 * makes and dumps values is left out, which is half of it.
 */
const onlyEvents: BuildPlugin = {
  name: 'only-events',
  setup(build) {
    build.onLoad({ filter: /node_modules[/\\]js-yaml[/\\]dist[/\\]js-yaml\.mjs$/ }, ({ path }) => ({
      contents: quickerEvents(readFileSync(path, 'utf8')).replace(
        /^(var \w+ = )((?:define\w+Tag|new Schema|YAML11_SCHEMA\.withTags)\([\s\S]*?^[\]}]\)|\{$[\s\S]*?^\}|`.*`);$/gm,
        '$1/* @__PURE__ */ (() => ($2))();',
      ),
      loader: 'js',
    }));
  },
};

/** TypeScript's CommonJS output names an import `x_1` and reads it only as `x_1.member`, which makes this exact. */
function requiredLate(text: string): string {
  const names: string[] = [];
  const declared = text.replace(
    /^const (\w+_\d+) = ((?:__importDefault\(|__importStar\()?require\("[^"]+"\)\)?);$/gm,
    (_, name: string, required: string) => {
      names.push(name);
      return `let ${name}$kept; const ${name}$late = () => (${name}$kept ??= ${required});`;
    },
  );
  if (names.length === 0) return text;
  return declared.replace(new RegExp(`\\b(${names.join('|')})\\b(?!\\$)`, 'g'), '($1$$late())');
}

/**
 * Node wraps each of its own modules that is imported in a facade, and reads every export for it: `node:crypto` then loads all of
 * WebCrypto, `node:fs` its promises. Asked for by name, a module is what it is. An import is hoisted, so what replaces it stands
 * at the top.
 */
function withoutFacades(text: string): string {
  const taken: string[] = [];
  const body = text.replace(
    /(?<=^|[;}\n])import(?: ([$\w]+),?)?(?:\{([^}]*)\}|\*as ([$\w]+))? ?from"((?:node:)?[\w/]+)";/g,
    (_, whole?: string, named?: string, all?: string, name?: string) => {
      const module = `process.getBuiltinModule("${name}")`;
      for (const each of [whole, all]) if (each) taken.push(`const ${each}=${module};`);
      if (named && name === late) taken.push(...named.split(',').map((each) => waiting(each)));
      else if (named) taken.push(`const{${named.replaceAll(/ as /g, ':')}}=${module};`);
      return '';
    },
  );
  return taken.join('') + body;
}

/** Takes ten milliseconds to load, and most runs that name it hash nothing. */
const late = 'node:crypto';

/** An import of one name of that module: a function waits for its first call; a class or a value does not. */
function waiting(imported: string): string {
  const [name = '', as = name] = imported.split(' as ');
  const module = `process.getBuiltinModule("${late}")`;
  const isFunction = /^[a-z]/.test(name) && typeof Reflect.get(crypto, name) === 'function';
  return isFunction ? `const ${as}=(...given)=>${module}.${name}(...given);` : `const{${name}:${as}}=${module};`;
}

/**
 * A file of the bundle as CommonJS. It is bundled as ESM, of which esbuild can split off what files share; but Node 20 takes a fifth longer
 * to load ESM, and keeps no code compiled of it.
 */
async function asCommonJs(text: string): Promise<string> {
  const url = 'import.meta.url';
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    supported: { 'dynamic-import': false },
    define: { [url]: '__url' },
    banner: text.includes(url) ? 'const __url=require("node:url").pathToFileURL(__filename).href;' : '',
  });
  return code;
}

/**
 * Packages oclif uses only for what Rampart does not have: finding commands without a manifest, plugins named by pattern,
 * settings outside package.json, oclif's own debug log and spinners. They were a third of what every start had to read.
 */
const unusedByOclif: Readonly<Record<string, string>> = {
  'cli-spinners': 'module.exports = {};',
  debug: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
  lilconfig: 'module.exports = {};',
  minimatch: 'module.exports = {};',
  tinyglobby: 'module.exports = {};',
  // Tells oclif's own user agent that this is Linux under Windows, which takes seven modules and a shell to find out.
  'wsl-utils': 'module.exports = { isWsl: false };',
};

const withoutUnused: BuildPlugin = {
  name: 'without-unused',
  setup(build) {
    const names = new RegExp(`^(${Object.keys(unusedByOclif).join('|')})$`);
    build.onResolve({ filter: names }, ({ path, importer }) =>
      /@oclif[/\\]core[/\\]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: unusedByOclif[path] ?? '' }));
  },
};

/** Names, versions and licence texts of the packages whose code is in the bundle. */
function notices(root: URL, inputs: readonly string[]): string {
  const packages = new Set<string>();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1]) packages.add(match[1]);
  }
  // Many packages come with the same text, word for word: it stands once, under all their names.
  const namesByText = new Map<string, string[]>();
  for (const path of [...packages].sort()) {
    const folder = new URL(`${path}/`, root);
    const { name, version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(new URL(file, folder), 'utf8').trim() : '';
    const names = namesByText.get(text) ?? [];
    namesByText.set(text, [...names, `${name} ${version} (${license})`]);
  }
  const texts = [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `Rampart's distribution holds code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** Flags and descriptions of all commands in one file, so that a command line loads one command only. */
async function writeManifest(folder: string): Promise<void> {
  const { Plugin } = await import('@oclif/core');
  const plugin = new Plugin({
    root: folder,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  writeFileSync(`${folder}/oclif.manifest.json`, JSON.stringify(plugin.manifest));
}
