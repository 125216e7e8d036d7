/** A predicate or condition as a person would write it in the requirement: YAML in flow style. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${plain(key)}: ${flow(inner)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? plain(value) : String(value);
}

const plain = (text: string): string =>
  /^[A-Za-z][\w.:/*[\]-]*$/.test(text) && !text.endsWith(':') ? text : JSON.stringify(text);
