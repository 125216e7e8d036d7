import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import { type Problem, RampartError } from '#model/error.js';
import { Lines, type Position } from '#model/position.js';
import { binary, largest, most, tooDeep, unsafeKeys } from './hostile.js';
import { visible } from './show.js';

/** Steps from the root of a YAML document: keys and list indexes. */
export type Path = readonly (string | number)[];

/** A parsed file: its plain value, and where each part of it stands. */
export interface Source {
  value: unknown;
  /** Where the value at a path stands; of the nearest part that is there when the path leads nowhere. */
  at(path: Path): Position;
  /** Where the last key of a path stands. */
  keyAt(path: Path): Position;
}

const aliases = 64;
/** How many problems are listed. */
const listed = 50;

/** What a file is read as, for the errors of one that cannot be. */
export interface Kind {
  code: string;
  what: string;
  next: string;
}

const systemFile: Kind = {
  code: 'RAMPART_SYSTEM_UNREADABLE',
  what: 'a system file',
  next: 'Mend it, or write a new one with: rampart init',
};

const refuse = (file: string, problems: readonly Problem[], { code, what, next }: Kind): RampartError =>
  new RampartError(code, `${file} cannot be read as ${what}: ${problems[0]?.message}`, {
    exit: 'input',
    next,
    position: problems[0]?.position,
    problems,
  });

/** Parses one hostile YAML document of plain maps, lists and scalars. Throws the error of its kind (RAMPART_SYSTEM_UNREADABLE). */
export function parseSource(text: string, file: string, kind: Kind = systemFile): Source {
  const start = { file, line: 1, column: 1 };
  const simply = (message: string, position: Position = start) => refuse(file, [{ message, position }], kind);
  if (text.length > largest) throw simply('it is larger than 1 MiB, which no such file needs');
  const lines = new Lines(file, text);
  const control = binary.exec(text);
  if (control) throw simply('it holds bytes that are not text', lines.position(control.index));
  if (tooDeep(text)) throw simply('its lists or maps are nested too deeply');
  try {
    const document = parseDocument(text, {
      schema: 'core',
      version: '1.2',
      uniqueKeys: false,
      stringKeys: true,
      logLevel: 'error',
      prettyErrors: false,
    });
    const problems: Problem[] = [...document.errors, ...document.warnings].slice(0, listed).map((error) => ({
      message: plain(error.code, error.message),
      position: lines.position(error.pos[0]),
    }));
    if (problems.length === 0) problems.push(...unsafe(document, lines));
    if (problems.length > 0) throw refuse(file, problems, kind);
    if (document.contents === null) throw simply('it is empty');
    return { value: document.toJS({ maxAliasCount: aliases }), ...places(document, lines) };
  } catch (error) {
    if (error instanceof RangeError) throw simply('its lists or maps are nested too deeply');
    if (error instanceof ReferenceError)
      throw simply('it repeats parts of itself (aliases) more often than is allowed');
    throw error;
  }
}

/** The parser's message for the codes users meet, in words that say what to do. */
function plain(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'only one document is allowed (remove the second ---)';
  if (code === 'TAG_RESOLVE_FAILED') return `tags are not allowed here: ${visible(message, 120)}`;
  if (message.includes('call stack')) return 'its lists or maps are nested too deeply';
  if (code === 'TAB_AS_INDENT') return 'a tab is used to indent; YAML wants spaces';
  return visible(message.replace(/\s+/g, ' ').trim(), 160);
}

/**
 * What plain data may not hold. Keys are compared here and not by the parser, whose time grows with the square of their number.
 */
function unsafe(document: Document.Parsed, lines: Lines): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  let entries = 0;
  const complain = (message: string, node: Node | undefined) =>
    problems.push({ message, position: lines.position(node?.range?.[0] ?? 0) });
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (unsafeKeys.has(name)) complain(`the key ${name} is not allowed`, key);
        if (seen.has(name)) complain(`the key ${visible(name)} is given twice; keep one`, key);
        seen.add(name);
      }
    },
    Node(_, node) {
      entries += 1;
      const tagged = !isAlias(node) && node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:');
      if (tagged) complain('tags are not allowed here', node);
      if (isAlias(node) && !anchors.has(node.source))
        complain(`the alias *${visible(node.source, 60)} has no anchor before it`, node);
      if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
      if (entries > most) complain(`it has more than ${most} entries, which no such file needs`, node);
      return problems.length >= listed || entries > most ? visit.BREAK : undefined;
    },
  });
  return problems;
}

function places(document: Document.Parsed, lines: Lines): Pick<Source, 'at' | 'keyAt'> {
  const position = (offset: number | undefined) => lines.position(offset ?? 0);
  const walk = (path: Path) => {
    let value: Node | null = document.contents;
    let key: Node | undefined;
    for (const step of path) {
      const holder: Node | undefined = isAlias(value) ? value.resolve(document) : (value ?? undefined);
      const found = child(holder, step);
      if (found === undefined) return { value, key: undefined };
      key = found.key;
      value = found.value ?? found.key ?? null;
    }
    return { value, key };
  };
  return {
    at: (path) => position(walk(path).value?.range?.[0]),
    keyAt: (path) => {
      const { value, key } = walk(path);
      return position((key ?? value)?.range?.[0]);
    },
  };
}

function child(holder: Node | undefined, step: string | number): { key?: Node; value?: Node } | undefined {
  if (isSeq(holder)) {
    const item = holder.items[Number(step)];
    return isNode(item) ? { value: item } : undefined;
  }
  if (!isMap(holder)) return undefined;
  const pair = holder.items.find((each) => isScalar(each.key) && String(each.key.value) === String(step));
  if (!pair) return undefined;
  return { ...(isNode(pair.key) ? { key: pair.key } : {}), ...(isNode(pair.value) ? { value: pair.value } : {}) };
}
