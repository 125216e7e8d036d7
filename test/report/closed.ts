/**
 * A published schema that allows only what it knows. Readers are told to ignore members they do not know; here, each that is written
 * must be one the schema knows. What stands in an anyOf is said of members that are known already.
 */
export const closed = (part: unknown): unknown =>
  Array.isArray(part)
    ? part.map(closed)
    : typeof part === 'object' && part !== null
      ? {
          ...Object.fromEntries(
            Object.entries(part).map(([key, inner]) => [key, key === 'anyOf' ? inner : closed(inner)]),
          ),
          ...('properties' in part && 'required' in part ? { additionalProperties: false } : {}),
        }
      : part;
