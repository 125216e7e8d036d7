import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { RampartError } from '#model/error.js';
import { mayBeJson } from '#model/json-text.js';
import type { Lines } from '#model/position.js';
import { Again, type Indented, parseIndented } from './indentation.js';
import { plainScalar } from './scalar.js';

/**
 * YAML (and so JSON) as written: values with the offset they stand at. A value under a key has the offset of the key,
 * since that is the line a person looks for.
 */
export type Raw = RawScalar | RawSeq | RawMap;

export interface RawScalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** Set for a secret, as Terraform plans mark them: it is judged and never quoted. */
  sensitive?: true;
  at: number;
}

export interface RawSeq {
  kind: 'seq';
  items: Raw[];
  at: number;
}

export interface RawMap {
  kind: 'map';
  entries: Map<string, RawEntry>;
  at: number;
  /** How many strings below it begin with `arn:`, where they were counted: nearly every mapping has none, and is asked for them. */
  arns?: number;
}

export interface RawEntry {
  /** Offset of the key. */
  at: number;
  value: Raw;
}

/** Gives a value its meaning under a local tag such as `!Ref`, or undefined for a tag it does not know. */
export type TagReader = (tag: string, value: Raw) => Raw | undefined;

/**
 * Most values an alias may stand for, all told. Aliases share one node here, but whoever walks the tree meets each of
 * them again, so a file that multiplies itself is refused.
 */
const aliasBudget = 100_000;

const maxDepth = 100;

/**
 * The documents of a YAML text. Throws `RAMPART_YAML_*` errors (exit `input`) with their place: bad syntax, duplicate
 * keys, keys that are no strings, tags the reader does not know, aliases that multiply, nesting deeper than 100.
 */
export function readTrees(lines: Lines, readTag: TagReader): Raw[] {
  const builder = new Builder(lines, readTag);
  const again = new Again();
  for (const { start, text } of sections(lines.text)) {
    let indented: Indented;
    try {
      indented = parseIndented(text, { filename: lines.file, maxDepth }, again);
    } catch (error) {
      throw syntaxError(error, start, lines);
    }
    builder.take(indented, start);
  }
  return builder.documents;
}

/** The events of a large stream weigh more than the trees made of them, so from here on they are let go on the way. */
const sectionLength = 16 * 1024;

/** A stream in sections of whole documents. One with directives, which belong to the document behind them, is left whole. */
function* sections(text: string): Generator<{ start: number; text: string }> {
  const hasDirectives = text.startsWith('%') || text.includes('\n%') || text.includes('\r%');
  let start = 0;
  for (let end = sectionLength; !hasDirectives && end < text.length; end += 1) {
    end = text.indexOf('\n---', end) + 1;
    if (end === 0) break;
    if (!/[ \t\r\n]/.test(text.charAt(end + 3))) continue;
    yield { start, text: text.slice(start, end) };
    start = end;
    end += sectionLength;
  }
  yield { start, text: start === 0 ? text : text.slice(start) };
}

function syntaxError(error: unknown, start: number, lines: Lines): unknown {
  if (!(error instanceof YAMLException)) return error;
  const position = lines.position(Math.min(start + (error.mark?.position ?? 0), lines.text.length));
  return new RampartError('RAMPART_YAML_SYNTAX', `not readable as YAML or JSON: ${error.reason}`, {
    exit: 'input',
    next: 'Mend the syntax at that place; a YAML-aware editor shows it too.',
    position,
    cause: error,
  });
}

class Builder {
  readonly documents: Raw[] = [];
  private readonly keys = new Map<string, string>();
  private anchors = new Map<string, { value: Raw; weight: number; arns: number }>();
  private aliased = 0;
  /** Number of values built so far, aliases counted in full. */
  private weight = 0;
  /** Strings so far that begin with `arn:`. */
  private arns = 0;
  private text = '';
  private events: (Event | undefined)[] = [];
  private next = 0;
  private written: Indented['written'];
  /** Where the text begins in the file. */
  private start = 0;

  constructor(
    private readonly lines: Lines,
    private readonly readTag: TagReader,
  ) {}

  /** Builds the documents of a section, which begins at `start`. */
  take({ text, events, written }: Indented, start: number): void {
    this.text = text;
    this.events = events;
    this.next = 0;
    this.written = written;
    this.start = start;
    while (this.next < events.length) {
      const event = this.event();
      if (event.type !== EVENT_ID.DOCUMENT) throw new Error(`a YAML stream begins with event ${event.type}`);
      this.anchors.clear();
      if (this.peek().type === EVENT_ID.POP) this.documents.push({ kind: 'scalar', value: null, at: 0 });
      else this.documents.push(this.value(undefined));
      while (this.event().type !== EVENT_ID.POP);
    }
  }

  /** The next event, which is let go: those of a large document weigh as much as the tree made of them. */
  private event(): Event {
    const event = this.events[this.next];
    if (!event) throw new Error('a YAML stream ends in the middle');
    this.events[this.next++] = undefined;
    return event;
  }

  private peek(): Event {
    return this.events[this.next] as Event;
  }

  /** The next value; `keyAt` is the offset of the key it stands under. */
  private value(keyAt: number | undefined): Raw {
    const event = this.event();
    const before = this.weight++;
    const { arns } = this;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.tagged(event, this.scalar(event, keyAt ?? this.startOf(event)), before, arns);
      case EVENT_ID.SEQUENCE: {
        const items: Raw[] = [];
        while (this.peek().type !== EVENT_ID.POP) items.push(this.value(undefined));
        this.event();
        return this.tagged(event, { kind: 'seq', items, at: keyAt ?? this.startOf(event) }, before, arns);
      }
      case EVENT_ID.MAPPING:
        return this.tagged(event, this.mapping(keyAt ?? this.startOf(event)), before, arns);
      case EVENT_ID.ALIAS:
        return this.alias(event);
      default:
        throw new Error(`a YAML value begins with event ${event.type}`);
    }
  }

  private scalar(event: ScalarEvent, at: number): RawScalar {
    const text = event.fast ? this.text.slice(event.valueStart, event.valueEnd) : getScalarValue(this.text, event);
    // Style 1 is plain; a quoted or block scalar is always a string.
    const value = event.style === 1 && event.tagStart === -1 ? plainScalar(text) : text;
    if (text.startsWith('arn:') || (mayBeJson(text) && text.includes('arn:'))) this.arns += 1;
    return { kind: 'scalar', value, at };
  }

  private mapping(at: number): RawMap {
    const entries = new Map<string, RawEntry>();
    const before = this.arns;
    const merges: Raw[] = [];
    while (this.peek().type !== EVENT_ID.POP) {
      const keyEvent = this.event();
      if (keyEvent.type !== EVENT_ID.SCALAR) throw this.refuse('RAMPART_YAML_KEY', 'a key must be a string', at);
      const keyAt = this.startOf(keyEvent);
      const key = this.same(getScalarValue(this.text, keyEvent));
      const value = this.value(keyAt);
      if (key === '<<' && keyEvent.style === 1) {
        merges.push(...(value.kind === 'seq' ? value.items : [value]));
        continue;
      }
      const twin = entries.get(key);
      if (twin) throw this.duplicate(key, keyAt, twin.at);
      entries.set(key, { at: keyAt, value });
    }
    this.event();
    for (const merge of merges) {
      if (merge.kind !== 'map') throw this.refuse('RAMPART_YAML_KEY', '`<<` takes a mapping', merge.at);
      for (const [key, entry] of merge.entries) if (!entries.has(key)) entries.set(key, entry);
    }
    return { kind: 'map', entries, at, arns: this.arns - before };
  }

  /** One string for all keys that read so: objects of one kind have the same few, thousands of times. */
  private same(key: string): string {
    const before = this.keys.get(key);
    if (before !== undefined) return before;
    this.keys.set(key, key);
    return key;
  }

  private alias(event: AliasEvent): Raw {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const at = this.place(event.anchorStart);
    const anchor = this.anchors.get(name);
    if (!anchor) throw this.refuse('RAMPART_YAML_ALIAS', `alias *${name} has no anchor before it`, at);
    this.aliased += anchor.weight;
    this.weight += anchor.weight;
    this.arns += anchor.arns;
    if (this.aliased > aliasBudget) {
      throw this.refuse('RAMPART_YAML_BOMB', `aliases stand for more than ${aliasBudget} values`, at);
    }
    return anchor.value;
  }

  private tagged(event: ScalarEvent | SequenceEvent | MappingEvent, plain: Raw, before: number, arns: number): Raw {
    let value = plain;
    if (event.tagStart !== -1) value = this.readTagged(event, plain);
    if (event.anchorStart !== -1) {
      const name = this.text.slice(event.anchorStart, event.anchorEnd);
      this.anchors.set(name, { value, weight: this.weight - before, arns: this.arns - arns });
    }
    return value;
  }

  private readTagged(event: ScalarEvent | SequenceEvent | MappingEvent, plain: Raw): Raw {
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    if (tag.startsWith('!!')) return standardTag(tag, plain);
    const value = this.readTag(tag, plain);
    if (value) return value;
    throw this.refuse('RAMPART_YAML_TAG', `tag ${tag} is not one this language has`, this.place(event.tagStart));
  }

  private startOf(event: ScalarEvent | SequenceEvent | MappingEvent): number {
    return this.place(startOf(event));
  }

  private place(offset: number): number {
    // What is empty stands nowhere.
    if (offset < 0) return offset;
    return this.start + (this.written ? this.written(offset) : offset);
  }

  private duplicate(key: string, at: number, first: number): RampartError {
    const where = this.lines.position(first);
    return this.refuse(
      'RAMPART_YAML_DUPLICATE_KEY',
      `key ${JSON.stringify(key)} stands twice (first in line ${where.line})`,
      at,
    );
  }

  private refuse(code: string, message: string, at: number): RampartError {
    return new RampartError(code, message, {
      exit: 'input',
      next: 'Mend the file at that place.',
      position: this.lines.position(Math.max(0, at)),
    });
  }
}

const startOf = (event: ScalarEvent | SequenceEvent | MappingEvent): number => {
  if (event.tagStart !== -1) return event.tagStart;
  // A quoted scalar's value starts behind its quote.
  if (event.type === EVENT_ID.SCALAR)
    return event.style === 2 || event.style === 3 ? event.valueStart - 1 : event.valueStart;
  return event.start;
};

/** `!!str 5` is a string, `!!int "5"` a number; other standard tags leave the value as it is. */
function standardTag(tag: string, value: Raw): Raw {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return value;
  if (tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null') {
    return { ...value, value: plainScalar(value.value) };
  }
  return value;
}
