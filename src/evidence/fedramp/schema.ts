import { RampartError } from '#model/error.js';

/** FedRAMP's schemas as the build cut them: a document type's own schema stands under its name. */
export type FedrampSchema = Readonly<Record<string, unknown>>;

export const documentTypes = [
  'security-decision-record',
  'certification-package-overview',
  'ongoing-certification-report',
] as const;

export type DocumentType = (typeof documentTypes)[number];

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A part of a schema, with the definition it refers to in its place. */
export function partOf(schema: FedrampSchema, part: unknown): Json {
  const found = isObject(part) ? part : {};
  if (typeof found.$ref !== 'string') return found;
  const name = found.$ref.slice('#/$defs/'.length);
  const { $ref: _, ...beside } = found;
  return { ...(schema.$defs as Readonly<Record<string, Json>>)[name], ...beside };
}

/** The schema of a document type. */
export function rootOf(schema: FedrampSchema, type: DocumentType): Json {
  const root = isObject(schema.properties) ? schema.properties[type] : undefined;
  if (isObject(root)) return root;
  throw new RampartError('RAMPART_FEDRAMP_SCHEMA', `the schema has no ${type}`, {
    exit: 'bug',
    next: 'Report this with the version of Rampart.',
  });
}

/** FedRAMP's address of the schema of a document type, and its version. */
export const schemaNameOf = (schema: FedrampSchema, type: DocumentType): string =>
  String(rootOf(schema, type).$comment);

/** Name → schema of the fields that may stand in an object. */
export const fieldsOf = (part: Json): Readonly<Record<string, unknown>> =>
  isObject(part.properties) ? part.properties : {};

export const requiredIn = (part: Json): readonly string[] =>
  Array.isArray(part.required) ? (part.required as readonly string[]) : [];

/** A step of a JSON pointer. */
export const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
