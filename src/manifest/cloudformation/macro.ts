import type { Unknown } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { rewritten } from './open.js';
import { scalarText } from './parameter.js';

/** The macro an `Fn::Transform` calls; undefined for `AWS::Include`, which writes beside what is there and changes none of it. */
export function macroOf(called: Raw): string | undefined {
  const name = called.kind === 'map' ? scalarText(called.entries.get('Name')?.value) : undefined;
  return name === 'AWS::Include' ? undefined : (name ?? 'that is called here');
}

/** What the macro that is called in a mapping writes: it is given all that stands beside it, and may write that otherwise. */
export function macroIn({ entries }: RawMap, at: number): Unknown | undefined {
  const called = entries.get('Fn::Transform');
  const name = called && macroOf(called.value);
  return name === undefined ? undefined : rewritten(`macro ${name}`, at);
}
