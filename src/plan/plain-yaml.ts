import { EVENT_ID, type Event, getScalarValue, parseEvents, type ScalarEvent, YAMLException } from 'js-yaml';
import { binary, largest, most, tooDeep, unsafeKeys } from './hostile.js';

/**
 * The value of a YAML text as nearly everybody writes it, or undefined where anything about it is out of the ordinary: what is
 * wrong, and what has an anchor, a tag, an escape, a scalar of several lines or a number that is spelt in another way, is left to
 * `parseSource`, which knows the whole language and the place of everything. What is read here is read there as the same; it only
 * takes a fifth of the time to load and to run.
 */
export function plainValue(text: string): unknown {
  if (text.length > largest || binary.test(text) || odd.test(text) || tooDeep(text)) return undefined;
  try {
    return new Reader(text, parseEvents(text, { maxDepth: 100 })).document();
  } catch (error) {
    if (error === unusual || error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Tabs, old line ends, marks of documents, and comments that touch what stands before them: parsers do not take them all alike. */
const odd = /\t|\r(?!\n)|^(?:---|\.\.\.|%|\ufeff)|[^\s]#/m;

const unusual = Symbol('unusual');

class Reader {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  document(): unknown {
    if (this.events.length > most) throw unusual;
    const start = this.take();
    if (start.type !== EVENT_ID.DOCUMENT || start.explicitStart || start.explicitEnd) throw unusual;
    const value = this.value();
    if (this.take().type !== EVENT_ID.POP || this.next < this.events.length) throw unusual;
    return value;
  }

  private take(): Event {
    const event = this.events[this.next++];
    if (!event) throw unusual;
    return event;
  }

  private value(): unknown {
    const event = this.take();
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP || event.type === EVENT_ID.ALIAS) throw unusual;
    if (event.anchorStart !== -1 || event.tagStart !== -1) throw unusual;
    if (event.type === EVENT_ID.SCALAR) return isPlain(event) ? meaning(this.spelt(event)) : this.spelt(event);
    return event.type === EVENT_ID.MAPPING ? this.mapping() : this.sequence();
  }

  private mapping(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    while (!this.ends()) {
      const event = this.take();
      if (event.type !== EVENT_ID.SCALAR || event.anchorStart !== -1 || event.tagStart !== -1) throw unusual;
      const key = this.spelt(event);
      if (!keys.test(key) || unsafeKeys.has(key) || Object.hasOwn(map, key)) throw unusual;
      map[key] = this.value();
    }
    return map;
  }

  private sequence(): unknown[] {
    const items: unknown[] = [];
    while (!this.ends()) items.push(this.value());
    return items;
  }

  private ends(): boolean {
    const isEnd = this.events[this.next]?.type === EVENT_ID.POP;
    if (isEnd) this.next += 1;
    return isEnd;
  }

  /** What stands in the text as it is meant: on one line, nothing escaped. */
  private spelt(event: ScalarEvent): string {
    const text = getScalarValue(this.text, event);
    if (!event.fast || text.includes('\n')) throw unusual;
    return text;
  }
}

const keys = /^[A-Za-z][\w.-]*$/;

const isPlain = ({ style }: ScalarEvent): boolean => style === 1;

const words = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** Whatever YAML 1.2 takes for a number. */
const numeric =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const whole = /^(?:0|[1-9][0-9]{0,14})$/;

/** What an unquoted scalar means. */
function meaning(text: string): unknown {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!numeric.test(text)) return text;
  if (!whole.test(text)) throw unusual;
  return Number(text);
}
