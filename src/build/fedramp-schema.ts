type Json = Readonly<Record<string, unknown>>;

/** Where the schemas are from, and whose work they are. */
export const fedrampNotice =
  'Cut from FedRAMP’s JSON schemas of the Consolidated Rules 2026 (fedramp.gov/schemas, dated 2026-06-24), read on 2026-11-20: ' +
  'three document types and what they refer to, without titles, descriptions and examples, and with the references between ' +
  'the files, which lack a “#” there, mended. A work of the General Services Administration of the United States: not ' +
  'subject to copyright there (17 U.S.C. 105).';

/** Document type → the name FedRAMP’s file has. */
export const fedrampSchemaFiles: Readonly<Record<string, string>> = {
  'certification-package-overview': 'fedramp-certification-package-overview-schema-2026-06-24.json',
  'ongoing-certification-report': 'fedramp-ongoing-certification-report-schema-2026-06-24.json',
  'security-decision-record': 'fedramp-security-decision-record-schema-2026-06-24.json',
};

export const fedrampCommonFile = 'fedramp-common-definitions-schema-2026-06-24.json';

/**
 * One schema of several of FedRAMP's: a document stands under the name of its type, so that one validator and one walk serve
 * all. Throws an Error when two files mean different things by one name, or a reference leads nowhere.
 */
export function cutFedrampSchemas(types: Readonly<Record<string, Json>>, common: Json): Json {
  const all = new Map<string, unknown>();
  for (const file of [common, ...Object.values(types)]) {
    for (const [name, part] of Object.entries((file.$defs ?? {}) as Json)) {
      if (all.has(name)) throw new Error(`Two schemas define "${name}"`);
      all.set(name, cut(part));
    }
  }
  const roots = Object.entries(types).map(([name, file]) => {
    const { $defs: _, $schema: __, $id, $schemaVersion, ...root } = file;
    return [name, { $comment: `${$id}, version ${$schemaVersion}`, ...(cut(root) as Json) }] as const;
  });
  const reached = new Set<string>();
  const open: unknown[] = roots.map(([, root]) => root);
  while (open.length > 0) {
    for (const name of referencesIn(open.pop())) {
      if (reached.has(name)) continue;
      if (!all.has(name)) throw new Error(`A schema refers to "${name}", which none defines`);
      reached.add(name);
      open.push(all.get(name));
    }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: fedrampNotice,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(roots),
    $defs: Object.fromEntries([...reached].sort().map((name) => [name, all.get(name)])),
  };
}

const definitions = '#/$defs/';

/** Without annotations, which are texts or lists; a property that happens to be called `title` holds a schema and stays. */
function cut(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(cut);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !(['title', 'description'].includes(key) && typeof value === 'string'))
      .filter(([key, value]) => !(key === 'examples' && Array.isArray(value)))
      .map(([key, value]) => [key, key === '$ref' ? String(value).replace(/^.*\/\$defs\//, definitions) : cut(value)]),
  );
}

function referencesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(referencesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.slice(definitions.length)] : referencesIn(value),
  );
}
