import type { Expectation, LiveExpectation } from '#model/requirement.js';

/** A predicate or condition as a person would write it in the requirement: YAML in flow style. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${asking(value)
      .map(([key, inner]) => `${plain(key)}: ${flow(inner)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? plain(value) : String(value);
}

/** What a finding says where a part does not hold asks for nothing. */
const asking = (part: object): [string, unknown][] =>
  Object.entries(part).filter(([key]) => key !== 'says' && key !== 'wants');

const plain = (text: string): string =>
  /^[A-Za-z][\w.:/*[\]-]*$/.test(text) && !text.endsWith(':') ? text : JSON.stringify(text);

const types = (named: string | readonly string[]): string => [named].flat().join(', ');

/** What one expectation asks, one line per thing asked. */
export function expectationLines(expectation: Expectation | LiveExpectation): string[] {
  const lines = (word: string, condition: Readonly<Record<string, unknown>> | undefined) =>
    asking(condition ?? {}).map(([path, predicate]) => `  ${word} ${path}: ${flow(predicate)}`);
  if ('probe' in expectation) {
    return [`each ${expectation.probe} seen`, ...lines('where', expectation.where), ...lines('must', expectation.must)];
  }
  if ('exists' in expectation) {
    const kinds = expectation.kinds ? ` (for ${expectation.kinds.join(', ')})` : '';
    return [`at least one ${types(expectation.exists)}${kinds}`, ...lines('must', expectation.must)];
  }
  return [`each ${types(expectation.each)}`, ...lines('where', expectation.where), ...lines('must', expectation.must)];
}
