/** Text that is HTML already. Only `html` and `raw` make it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, lists are joined, `undefined` and `false` are left out. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Characters that hide, reorder or break text, and letters that look like nothing. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Hidden characters spelled out as `⟨U+202E⟩`, so that a reader sees that they are there. */
const visible = (text: string): string =>
  text.replace(
    hidden,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

/** Printed ASCII without what HTML reads as markup, as nearly every text is. */
const plain = /^[ !#-%(-;=?-~]*$/;

export const escaped = (text: string): string =>
  plain.test(text) ? text : visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return content.map(render).join('');
}

/** A template whose values are escaped, unless they are markup. */
export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));

/** Markup as it stands. Only for constants of this folder, never for a value that was given. */
export const raw = (text: string): Markup => new Markup(text);

/** Items with something between them. */
export const join = (items: readonly Content[], between: Content): Content[] =>
  items.flatMap((item, index) => (index === 0 ? [item] : [between, item]));

/** `1 finding`, `2 findings`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** Letters, digits and hyphens, for ids and the fragments that lead to them; different texts may give the same slug. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'x';

export const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
