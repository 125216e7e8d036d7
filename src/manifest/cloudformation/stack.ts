import type { Raw, RawMap } from '../yaml/tree.js';
import type { Given } from './scope.js';
import type { Template } from './template.js';

/** A template as it is deployed: by itself, or nested in another stack that gives it its parameters. */
export interface Stack {
  template: Template;
  given: Given;
  /** What addresses of its resources begin with: nothing, or the address of the stack and a slash. */
  prefix: string;
  /** The stack it is nested in, and the logical id it has there. */
  within?: { stack: Stack; id: string; passed: Passed };
  /** Address of the stack set whose instances may be in other accounts and regions than what is around them. */
  place?: string;
  /** Stacks it nests that could be read, by logical id. */
  nested: Map<string, Stack>;
}

/** What a parent passes: the raw value for a parameter, `open` where the names themselves are computed. */
export interface Passed {
  values: ReadonlyMap<string, Raw>;
  open: boolean;
}

export const nothingPassed: Passed = { values: new Map(), open: false };

/** `Parameters` of a nested stack: a mapping of names to values. */
export function passedBy(parameters: Raw | undefined): Passed {
  if (!parameters || (parameters.kind === 'scalar' && parameters.value === null)) return nothingPassed;
  if (parameters.kind !== 'map') return { values: new Map(), open: true };
  return { values: valuesOf(parameters), open: [...parameters.entries.keys()].some(isCall) };
}

/** A key that is no name but a function. */
export const isCall = (key: string): boolean => key === 'Ref' || key.startsWith('Fn::');

const valuesOf = (map: RawMap): ReadonlyMap<string, Raw> =>
  new Map([...map.entries].map(([name, { value }]) => [name, value]));
