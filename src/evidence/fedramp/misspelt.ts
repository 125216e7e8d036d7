import {
  type DocumentType,
  type FedrampSchema,
  fieldsOf,
  isObject,
  type Json,
  partOf,
  rootOf,
  step,
} from './schema.js';

/** A field no schema knows. */
export interface UnknownField {
  /** JSON pointer. */
  at: string;
  name: string;
  /** Fields that may stand there. */
  known: readonly string[];
}

/**
 * Fields of a document that FedRAMP's schema does not know. The schema itself accepts them, so that a misspelt name passes
 * and what it holds is not read.
 */
export function unknownFields(document: unknown, type: DocumentType, schema: FedrampSchema): UnknownField[] {
  const found: UnknownField[] = [];
  const look = (value: unknown, part: Json, at: string): void => {
    // Of what the schema says nothing more of, nothing more is looked at, however deep it is.
    if (Array.isArray(value) && part.items === undefined) return;
    if (Array.isArray(value)) {
      const items = partOf(schema, part.items);
      value.forEach((item, index) => {
        look(item, items, `${at}/${index}`);
      });
    } else if (isObject(value)) {
      const fields = fieldsOf(part);
      for (const [name, held] of Object.entries(value)) {
        const here = `${at}/${step(name)}`;
        if (Object.hasOwn(fields, name)) look(held, partOf(schema, fields[name]), here);
        else found.push({ at: here, name, known: Object.keys(fields) });
      }
    }
  };
  look(document, rootOf(schema, type), '');
  return found;
}
