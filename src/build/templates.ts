import Handlebars from 'handlebars';
import type { SourceFile } from './controls.js';

/**
 * The templates as one module for `handlebars/runtime`. Its default export maps a template's path without `.hbs` to its
 * precompiled form.
 */
export const precompileTemplates = (files: readonly SourceFile[]): string => moduleOf(files, []);

/**
 * The same in modules of what is used together: `bedrock/terraform`, `blocks/terraform`. A module brings the blocks its templates
 * draw. `index.js` maps the names of those that are no blocks to functions that load them, since one rendering needs a tenth of all.
 */
export function templateModules(files: readonly SourceFile[]): SourceFile[] {
  const shelves = new Map<string, SourceFile[]>();
  for (const file of files) {
    const name = shelfOf(file.path);
    shelves.set(name, [...(shelves.get(name) ?? []), file]);
  }
  const modules = [...shelves].map(([name, own]) => {
    const drawn = own.flatMap(({ text }) =>
      [...text.matchAll(/\{\{~?#?> *([\w/.-]+)/g)].map((match) => shelfOf(match[1] as string)),
    );
    return { path: `${name}.js`, text: moduleOf(own, [...new Set(drawn)].filter((each) => each !== name).sort()) };
  });
  const kinds = [...shelves.keys()].filter((name) => !name.startsWith('blocks/'));
  const rows = kinds.map((name) => `  ${JSON.stringify(name)}: () => import('./${name}.js'),\n`);
  return [...modules, { path: 'index.js', text: `export default {\n${rows.join('')}};\n` }];
}

/** `bedrock/terraform` of `bedrock/terraform/main.tf.hbs`; blocks that stand in no folder of theirs are a shelf each. */
const shelfOf = (path: string): string =>
  path
    .replace(/\.hbs$/, '')
    .split('/')
    .slice(0, 2)
    .join('/');

function moduleOf(files: readonly SourceFile[], blocks: readonly string[]): string {
  const imports = blocks.map((name, index) => `import blocks${index} from '../${name}.js';\n`);
  const spread = blocks.map((_, index) => `  ...blocks${index},\n`);
  const rows = files.map(
    ({ path, text }) => `  ${JSON.stringify(path.replace(/\.hbs$/, ''))}: ${precompiled(text)},\n`,
  );
  return `${imports.join('')}export default {\n${spread.join('')}${rows.join('')}};\n`;
}

/** Helpers are given when rendering. What is said to be one is not looked for among the values, which was a tenth of the code. */
const knownHelpers = Object.fromEntries(
  [
    ...['argument', 'asked', 'hcl', 'indent', 'json', 'literal'],
    ...['serves', 'setting', 'sub', 'text', 'within', 'yaml'],
  ].map((name) => [name, true]),
);

const precompiled = (text: string): string =>
  Handlebars.precompile(text, {
    noEscape: true,
    strict: true,
    preventIndent: false,
    knownHelpers,
    knownHelpersOnly: true,
  }) as string;
