/** An element: a name, attributes (absent ones are left out), and what stands in it. */
export interface Element {
  name: string;
  attributes?: Readonly<Record<string, string | number | undefined>>;
  inside?: readonly Element[] | string;
}

/** XML 1.0, with any text at all in it. Names are the caller's own and not looked at. */
export const xmlDocument = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root, '')}\n`;

function xml({ name, attributes = {}, inside = [] }: Element, indent: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attributeText(String(value))}"`)
    .join('');
  if (inside.length === 0) return `${indent}<${name}${written}/>`;
  if (typeof inside === 'string') return `${indent}<${name}${written}>${xmlText(inside)}</${name}>`;
  const children = inside.map((child) => xml(child, `${indent}  `)).join('\n');
  return `${indent}<${name}${written}>\n${children}\n${indent}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Printed ASCII that XML reads as itself wherever it stands, as nearly every text is. */
const plain = /^[ !#-%'-;=?-~]*$/;

/** Any text as what stands in an element. */
export const xmlText = (text: string): string =>
  plain.test(text) ? text : legal(text).replace(/[&<>\r]/g, (each) => entities[each] ?? each);

const attributeText = (text: string): string =>
  plain.test(text) ? text : legal(text).replace(/[&<>"\t\n\r]/g, (each) => entities[each] ?? each);

/** Without the characters XML 1.0 has no spelling for: most controls, halves of surrogate pairs, two noncharacters. */
export const legal = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
