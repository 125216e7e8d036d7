/**
 * Changes to the text of the YAML package that leave what its parser says as it is and save time: most of it the first, some hundredths of
 * a run the others together. Each must be found, or the build ends: a later release may have no need of it.
 */
const changes: readonly (readonly [what: string, from: string | RegExp, to: string])[] = [
  // V8 of Node 20 gives each object of a literal that begins with a spread a shape of its own, and code that has met many shapes takes
  // three times as long: a folder of templates was read at a third of the speed of one file. At the end a spread does no harm.
  [
    'the state of the parser',
    /(const state = \{)(\s+\.\.\.DEFAULT_PARSER_OPTIONS,\s+\.\.\.options),([\s\S]*?)(\n\t\};)/,
    '$1$3,\n\t\tisPrintable: !PATTERN_NON_PRINTABLE.test(input),$2$4',
  ],
  // What a template literal puts together V8 keeps as two parts, and each character is looked for in both.
  ['its input', 'input: `${input}\\0`', 'input: [input, "\\0"].join("")'],
  // Where a whole text is printable, so is each part of it.
  ['the check of characters', 'function checkPrintable(state, start, end) {', '$&\n\tif (state.isPrintable) return;'],
  // Only in front of a tag or an anchor anybody comes back to the place of a node.
  [
    'the place of a node',
    'const propertyState = snapshotState(state);',
    'const propertyState = ch === 33 || ch === 38 ? snapshotState(state) : null;',
  ],
  // And only before the first key of a mapping to that of a key.
  [
    'the place of a key',
    'const beforeKey = snapshotState(state);',
    'const beforeKey = detected && mappingOpened ? null : snapshotState(state);',
  ],
];

/** The text of js-yaml's ES module, changed. Throws where it is not written as it was. */
export function quickerEvents(text: string): string {
  let changed = text;
  for (const [what, from, to] of changes) {
    const before = changed;
    changed = changed.replace(from, to);
    if (changed === before) throw new Error(`the YAML package is not written as it was: ${what} was not found`);
  }
  return changed;
}
