import { isSeq, parseDocument, stringify } from 'yaml';
import type { Waiver } from '#model/waiver.js';

const head = (schema: string): string => `# yaml-language-server: $schema=${schema}
# Accepted deviations: rampart waiver add, list and check.
waivers:
`;

/**
 * The text of a file of waivers with one more at its end. Everything that was there, comments and layout too, stays as it is: the
 * file has the one key, so a list in lines of its own goes on where the text ends. Another spelling is written anew. `schema` is where
 * editors find that of a new file.
 */
export function withWaiver(text: string | undefined, waiver: Waiver, schema: string): string {
  if (text === undefined || text.trim() === '') return `${head(schema)}${itemText(waiver, '  ')}`;
  const document = parseDocument(text, { schema: 'core', version: '1.2' });
  const list = document.get('waivers');
  if (
    isSeq(list) &&
    !list.flow &&
    list.items.length > 0 &&
    list.range &&
    !/^(\.\.\.|---)/m.test(text.slice(list.range[0]))
  ) {
    const start = list.range[0];
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    const before = text.endsWith('\n') ? text : `${text}${end}`;
    return before + itemText(waiver, indent).replaceAll('\n', end);
  }
  if (isSeq(list)) {
    list.flow = false;
    list.add(document.createNode(waiver));
  } else {
    document.set('waivers', document.createNode([waiver]));
  }
  return document.toString({ lineWidth: 0 });
}

const itemText = (waiver: Waiver, indent: string): string =>
  stringify([waiver], { lineWidth: 0, version: '1.2', schema: 'core' })
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}\n`)
    .join('');
