import { Lines, type Position } from '#model/position.js';

/** More attribute names than this share the place of their resource. */
const names = 65_536;

/**
 * The text of a plan, with places that are looked for when somebody asks. Parsing with offsets would cost several times
 * what judging does, so an offset here is the number of a resource and of one of its attributes, not a place in the text.
 */
export class PlanLines extends Lines {
  /** Addresses of the resources places were given out for. */
  private readonly resources: string[] = [];
  private readonly attributes = new Map<string, number>();
  private readonly attributeNames: string[] = [];
  private readonly found = new Map<string, number>();
  /** Where the section begins, and where in the text addresses are looked for next: behind its beginning, then before it. */
  private readonly begin: number;
  private next: number;
  private isBefore = false;
  private latest: { start: number; keys: ReadonlyMap<string, number> } | undefined;

  /** `section` is the key of the plan behind which resources are looked for first; `values` the path to a resource's values. */
  constructor(
    file: string,
    text: string,
    section: string,
    private readonly values: readonly string[],
  ) {
    super(file, text);
    this.begin = Math.max(0, text.indexOf(`"${section}"`));
    this.next = this.begin;
  }

  /** The place of a resource. */
  resource(address: string): number {
    return this.resources.push(address) * names;
  }

  /** The place of one attribute of the resource that stands at `resource`. */
  attribute(resource: number, name: string): number {
    let index = this.attributes.get(name);
    if (index === undefined) {
      if (this.attributeNames.length === names - 1) return resource;
      index = this.attributeNames.push(name);
      this.attributes.set(name, index);
    }
    return resource + index;
  }

  override position(at: number): Position {
    const address = this.resources[Math.floor(at / names) - 1];
    if (address === undefined) return super.position(0);
    const start = this.listed(address);
    const attribute = this.attributeNames[(at % names) - 1];
    if (attribute === undefined) return super.position(start);
    if (this.latest?.start !== start) this.latest = { start, keys: keysOf(this.text, start, this.values) };
    return super.position(this.latest.keys.get(attribute) ?? start);
  }

  /** The first place of `"address": "…"` in the section, else in the rest of the file. What is met on the way there is kept. */
  private listed(address: string): number {
    let place = this.found.get(address);
    while (place === undefined && this.meet()) place = this.found.get(address);
    return place ?? 0;
  }

  /** Goes on to the next address; false behind the last. Such a key never stands inside a string. */
  private meet(): boolean {
    const { text } = this;
    const place = text.indexOf(key, this.next);
    if (place === -1 || (this.isBefore && place >= this.begin)) {
      if (this.isBefore) return false;
      this.isBefore = true;
      this.next = 0;
      return true;
    }
    this.next = place + key.length;
    const start = skip(text, this.next);
    if (text.charCodeAt(start) === quotation) {
      const address = spelt(text.slice(start, endOfString(text, start)));
      if (address !== undefined && !this.found.has(address)) this.found.set(address, place);
    }
    return true;
  }
}

const key = '"address"';
const quotation = 34;
const colon = 58;
const backslash = 92;

/** Behind white space and colons. */
function skip(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (text.charCodeAt(at) === colon) at = skipBlank(text, at + 1);
  return at;
}

/** Behind the closing quotation mark of the string that opens at `open`. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function spelt(json: string): string | undefined {
  if (!json.includes('\\')) return json.slice(1, -1);
  try {
    return String(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Places of the keys of the object at `path` inside the object one of whose keys stands at `start`. */
function keysOf(text: string, start: number, path: readonly string[]): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  const open: (string | undefined)[] = [undefined];
  let key: string | undefined;
  for (let at = start; at < text.length && open.length > 0; at += 1) {
    switch (text.charCodeAt(at)) {
      case quotation: {
        const end = endOfString(text, at);
        if (text.charCodeAt(skipBlank(text, end)) === colon) {
          key = spelt(text.slice(at, end));
          if (key !== undefined && isAt(open, path)) keys.set(key, at);
        }
        at = end - 1;
        break;
      }
      case openBrace:
        open.push(key);
        break;
      case openBracket:
        open.push(undefined);
        break;
      case closeBrace:
        if (isAt(open, path)) return keys;
        open.pop();
        break;
      case closeBracket:
        open.pop();
    }
  }
  return keys;
}

const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

const isAt = (open: readonly (string | undefined)[], path: readonly string[]): boolean =>
  open.length === path.length + 1 && path.every((name, index) => open[index + 1] === name);

function skipBlank(text: string, from: number): number {
  let at = from;
  for (let char = text.charCodeAt(at); char === 32 || (char >= 9 && char <= 13); char = text.charCodeAt(at)) at += 1;
  return at;
}
