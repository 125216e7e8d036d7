/** What attributes and blocks of a provider are in the object it makes. */
export interface Shape {
  forms: ReadonlyMap<string, Form>;
  /** Those with a value of the provider's own where nobody gives one. */
  defaults: readonly Form[];
}

/** What one attribute or block is there. */
export interface Form {
  /**
   * `value` is an attribute as it is, `number` one the provider keeps as text, `octal` the bits of a file's mode. `unseen` tells that
   * what stands under its key is in no plan.
   */
  as: 'value' | 'number' | 'octal' | 'unseen' | 'one' | 'many' | 'aside';
  /** Its key in the object; empty where what is in it stands beside it. */
  key: string;
  /** What is in a block. */
  inside?: Shape;
  otherwise?: string | boolean;
  /** A block the cluster fills in where nobody writes one. */
  computed: boolean;
}

const word = /\s*(?:([}\]])|(-?)([a-z]\w*)(?:>(\w*))?(~?)([#%!]?)(?:=(\w+))?([{[]?))/y;
const kinds: Readonly<Record<string, Form['as']>> = {
  '': 'value',
  '#': 'number',
  '%': 'octal',
  '!': 'unseen',
  '{': 'one',
  '[': 'many',
};

/**
 * Reads a shape: names with spaces between them. `name>other` is called other in the object and not `name` in camel case,
 * `name#` is a number and `name%` octal, `name=x` is x where nobody says, `-name` is no part of the object, `name!` tells of
 * something unseen, `name{…}` is a block there is one of, `name[…]` one of many, and `name~{…}` one that the cluster fills in.
 */
export function shapeOf(text: string): Shape {
  word.lastIndex = 0;
  const shape = inside(text, '');
  if (word.lastIndex !== text.length) throw new Error(`a shape goes on behind its end: ${text.slice(word.lastIndex)}`);
  return shape;
}

function inside(text: string, end: string): Shape {
  const forms = new Map<string, Form>();
  while (end !== '' || word.lastIndex < text.length) {
    const found = word.exec(text);
    if (!found || (found[1] ?? end) !== end) throw new Error(`no shape: ${text}`);
    if (found[1] !== undefined) break;
    forms.set(found[3] as string, formOf(found, text));
  }
  return { forms, defaults: [...forms.values()].filter(({ otherwise }) => otherwise !== undefined) };
}

function formOf(
  [, , minus, name = '', key, tilde, mark = '', otherwise, opening]: RegExpExecArray,
  text: string,
): Form {
  const form: Form = {
    as: minus ? 'aside' : (kinds[opening || mark] as Form['as']),
    key: key ?? camelCase(name),
    computed: tilde === '~',
  };
  if (opening) form.inside = inside(text, opening === '{' ? '}' : ']');
  if (otherwise !== undefined) form.otherwise = truths.get(otherwise) ?? otherwise;
  return form;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Words Kubernetes spells in capitals where they are not the first. */
const capitals = /^(?:api|cpu|id|ip|ipc|pid|uri|url|uuid)(s?)$/;

const camelCase = (name: string): string =>
  name
    .split('_')
    .map((part, index) => {
      if (index === 0) return part;
      return capitals.test(part) ? part.replace(/^[^s]+(?=s?$)/, (start) => start.toUpperCase()) : capital(part);
    })
    .join('');

const capital = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1);
