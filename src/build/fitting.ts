type Schema = Readonly<Record<string, unknown>>;

/** What a schema says to people, and not of values. */
const words = new Set(['title', 'description', 'examples']);
/** Keywords that hold schemas by name. */
const named = new Set(['properties', '$defs']);
/** From this length on a schema is worth a function of its own. */
const long = 400;

/**
 * The same schema for a validator that says no more than whether a value fits. ajv writes no errors for what stands under `not`, so
 * it is negated twice; and it makes a function of what is referred to, so that of the kinds of endpoints only those a file has are
 * compiled, and what several share is compiled once. The code is a fifth as long.
 */
export function fitting(schema: Schema): Schema {
  const parts = new Map<string, string>();
  const defs: Record<string, Schema> = {};
  const shared = (part: Schema): Schema => {
    const text = JSON.stringify(part);
    if (text.length < long) return part;
    let name = parts.get(text);
    if (name === undefined) {
      name = `part${parts.size}`;
      parts.set(text, name);
      defs[name] = silent(part);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const walk = (value: unknown, areNames = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item));
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value)
      .filter(([key]) => areNames || !words.has(key))
      .map(([key, each]) => [key, walk(each, !areNames && named.has(key))]);
    const made = Object.fromEntries(kept);
    return areNames ? made : shared(made);
  };
  const { $defs, $schema, ...rest } = schema;
  const own = Object.entries((walk($defs ?? {}, true) as Record<string, Schema>) ?? {});
  const root = walk(rest) as Schema;
  return {
    $schema,
    $defs: { ...Object.fromEntries(own.map(([name, each]) => [name, silent(each)])), ...defs },
    ...root,
  };
}

const silent = (schema: Schema): Schema => ({ not: { not: schema } });
