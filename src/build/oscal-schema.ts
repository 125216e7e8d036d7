import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { buildSync } from 'esbuild';
import { compacted } from './compact.js';

type Json = Readonly<Record<string, unknown>>;

const definitionPrefix = '#/definitions/';

/** The terms NIST asks to travel with every copy, and where this copy is from. */
export const schemaNotice =
  'Cut from NIST’s oscal_complete_schema.json of OSCAL 1.2.1 (github.com/usnistgov/OSCAL, release v1.2.1), read on ' +
  '2026-11-20: only the definitions the named document types reach, without their titles, descriptions and anchors. ' +
  'The work of NIST employees is not subject to copyright in the United States (17 U.S.C. 105), and OSCAL is dedicated ' +
  'to the public domain worldwide (CC0 1.0). Permission to freely use, copy, modify, and distribute it without fee is ' +
  'granted by NIST provided that this notice and disclaimer of warranty appears in all copies: it is provided “as is” ' +
  'without any warranty of any kind, either expressed, implied, or statutory, and NIST is not liable for any damages ' +
  'arising out of its use.';

/** What Rampart writes: half of one model's validator is what all models share, so that one holds them all. */
export const oscalModels: readonly string[] = [
  'assessment-plan',
  'assessment-results',
  'component-definition',
  'plan-of-action-and-milestones',
  'system-security-plan',
];

/**
 * The part of OSCAL's complete schema that some document types need. A root key is the property a document starts with, such
 * as `assessment-results`. Their branches of the root's `oneOf` become the root's properties, since a failed `oneOf` names every
 * other document type instead of the mistake. Throws an Error when the schema has no such branch or a reference leads nowhere.
 */
export function pruneSchema(schema: Json, rootKeys: readonly string[]): Json {
  const known = schema.oneOf as readonly { properties: Json; required: readonly string[] }[];
  const branches = rootKeys.map((key) => {
    const branch = known.find(({ required }) => required.includes(key));
    if (!branch) throw new Error(`The schema knows no document that starts with "${key}"`);
    return branch;
  });
  const all = schema.definitions as Readonly<Record<string, unknown>>;
  const reached = new Map<string, unknown>();
  const open: unknown[] = [...branches];
  while (open.length > 0) {
    for (const name of referencesIn(open.pop())) {
      if (reached.has(name)) continue;
      if (!Object.hasOwn(all, name)) throw new Error(`The schema refers to "${name}", which it does not define`);
      reached.set(name, withoutProse(all[name]));
      open.push(all[name]);
    }
  }
  return {
    $schema: schema.$schema,
    $id: schema.$id,
    $comment: schemaNotice,
    type: 'object',
    properties: Object.assign({}, ...branches.map(({ properties }) => withoutProse(properties))),
    // Exactly one; named as properties again, since ajv’s strict mode asks for it beside `required`.
    oneOf: branches.map(({ required }) => ({
      properties: Object.fromEntries(required.map((key) => [key, true])),
      required,
    })),
    additionalProperties: false,
    definitions: Object.fromEntries([...reached].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

/** Names of the definitions a part of the schema refers to. */
function referencesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(referencesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.slice(definitionPrefix.length)] : referencesIn(value),
  );
}

/** Annotations are strings; a property that happens to be called `title` holds a schema and stays. */
function withoutProse(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutProse);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !(['title', 'description', '$id'].includes(key) && typeof value === 'string'))
      .map(([key, value]) => [key, withoutProse(value)]),
  );
}

/**
 * A validator for a pruned schema as the text of one ES module without imports. Its default export takes a document and
 * returns ajv's errors, none when the document is valid. ajv's own ESM output is broken (ajv-validator/ajv#2209), so its CommonJS
 * output is bundled; `unicodeRegExp` stays on, because without it OSCAL's token pattern rejects valid tokens.
 */
export function compileOscalValidator(schemaJson: string): string {
  const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    allErrors: true,
    // Definitions stay functions of their own: a fifth less code.
    inlineRefs: false,
    unicodeRegExp: true,
    code: { source: true, lines: false },
  });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(schemaJson) as object);
  const code = `${compacted(standalone.default(ajv, validate), { withoutPlaces: true })}
const compiled = module.exports;
module.exports = (document) => (compiled(document) ? [] : compiled.errors);
`;
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    minify: true,
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  });
  const [bundled] = outputFiles;
  if (!bundled) throw new Error('The bundler gave no output for the OSCAL validator');
  return bundled.text;
}
