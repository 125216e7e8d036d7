import {
  type DocumentType,
  type FedrampSchema,
  fieldsOf,
  isObject,
  type Json,
  partOf,
  requiredIn,
  rootOf,
  step,
} from './schema.js';

/** A field that is not filled. */
export interface LeftField {
  /** JSON pointer; `*` stands for the items of a list. */
  field: string;
  required: boolean;
  /** The items it is left open in, by their ids, or by number from 0 where they have none. */
  of?: readonly string[];
}

/** Of the Security Decision Record Rampart writes an empty list for what it leaves to people; elsewhere one states that there is nothing. */
export const takesEmpty = (type: DocumentType): Options => ({ emptyIsFilled: type !== 'security-decision-record' });

interface Options {
  /** Whether a list that holds nothing states that there is nothing. Otherwise it stands for a field nobody filled. */
  emptyIsFilled: boolean;
}

/**
 * Every field FedRAMP's schema knows that a document does not fill, in the order of the schema. It is worked out from the
 * schema and the document alone, so that no field can be forgotten. Of a field that is left out as a whole only the field itself
 * is named.
 */
export function leftFields(
  document: unknown,
  type: DocumentType,
  schema: FedrampSchema,
  { emptyIsFilled }: Options,
): LeftField[] {
  const left = new Map<string, { required: boolean; of: string[] }>();
  const isFilled = (value: unknown): boolean =>
    value !== undefined && (emptyIsFilled || !(Array.isArray(value) && value.length === 0));
  const look = (value: unknown, part: Json, at: string, item: string | undefined): void => {
    // Of what the schema says nothing more of, nothing more is looked at, however deep it is.
    if (Array.isArray(value) && part.items === undefined) return;
    if (Array.isArray(value)) {
      const items = partOf(schema, part.items);
      value.forEach((one, index) => {
        look(one, items, `${at}/*`, idOf(one, items) ?? String(index));
      });
      return;
    }
    if (!isObject(value)) return;
    const required = requiredIn(part);
    for (const [name, field] of Object.entries(fieldsOf(part))) {
      const here = `${at}/${step(name)}`;
      const held = Object.hasOwn(value, name) ? value[name] : undefined;
      if (isFilled(held)) {
        look(held, partOf(schema, field), here, item);
        continue;
      }
      const known = left.get(here) ?? { required: required.includes(name), of: [] };
      if (item !== undefined) known.of.push(item);
      left.set(here, known);
    }
  };
  look(document, rootOf(schema, type), '', undefined);
  return [...left].map(([field, { required, of }]) => ({ field, required, ...(of.length > 0 ? { of } : {}) }));
}

/** What an item is called: the first of its fields that ends in `Id` or `ID`, as `controlId` and `frrID` do. */
function idOf(item: unknown, part: Json): string | undefined {
  if (!isObject(item)) return undefined;
  const name = Object.keys(fieldsOf(part)).find((each) => /(Id|ID)$/.test(each));
  const id = name === undefined ? undefined : item[name];
  return typeof id === 'string' ? id : undefined;
}
