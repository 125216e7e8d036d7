/** A member of the bundle as a URI that holds wherever it lies: the SHA-256 its manifest gives for it. */
export const urnOf = (sha256: string): string => `urn:sha256:${sha256}`;

/** A member that documents cite. */
export interface Cited {
  path: string;
  sha256: string;
}

/** Every such URI a document holds as the whole of a text, each once. */
export function urnsIn(document: unknown): string[] {
  const found = new Set<string>();
  // A stack of its own: a document of others may be nested more deeply than calls may be.
  const open: unknown[] = [document];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      if (/^urn:sha256:/i.test(value)) found.add(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const held of Object.values(value)) open.push(held);
    }
  }
  return [...found].sort();
}
