import Handlebars from 'handlebars';
import type { SourceFile } from './controls.js';

/**
 * The templates as one module for `handlebars/runtime`. Its default export maps a template's path without `.hbs` to its
 * precompiled form. `knownHelpersOnly` is left off: helpers are given when rendering.
 */
export function precompileTemplates(files: readonly SourceFile[]): string {
  const rows = files.map(({ path, text }) => {
    const spec = Handlebars.precompile(text, { noEscape: true, strict: true, preventIndent: false });
    return `  ${JSON.stringify(path.replace(/\.hbs$/, ''))}: ${spec},`;
  });
  return `export default {\n${rows.join('\n')}\n};\n`;
}
