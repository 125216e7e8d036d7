import type { Lines } from '#model/position.js';
import { plainWorld } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { unroll } from './loops.js';
import { describeOption, optionsOf } from './parameter.js';
import { Scope } from './scope.js';
import type { Stack } from './stack.js';
import { readTemplate, type Template } from './template.js';

/** A stack of a template, its loops written out. */
export function stackOf(tree: RawMap, lines: Lines, around: Omit<Stack, 'template' | 'nested'>): Stack {
  const written: Stack = { template: readTemplate(tree, lines), nested: new Map(), ...around };
  if (!lines.text.includes('Fn::ForEach::')) return written;
  const unrolled = unroll(tree, lines, (raw) => new Scope(written, plainWorld).value(raw));
  const template = readTemplate(unrolled.tree, lines);
  const parameters = new Map(template.parameters);
  const options = new Map(template.options);
  for (const [name, parameter] of unrolled.items) {
    const values = optionsOf(parameter, []);
    parameters.set(name, parameter);
    options.set(name, { values, words: values.map((value) => describeOption(parameter, value)) });
  }
  return {
    template: { ...template, parameters, options, resources: marked(template, unrolled.each) },
    nested: new Map(),
    ...around,
  };
}

const marked = ({ resources }: Template, each: ReadonlyMap<string, string>): Template['resources'] =>
  new Map(
    [...resources].map(([name, declared]) => {
      const open = each.get(name);
      return [name, open === undefined ? declared : { ...declared, each: open }];
    }),
  );
