import type { ErrorObject } from 'ajv';
import { systemSchema } from '#model/system-schema.js';
import { pathText } from './path-text.js';
import { orList, show, visible } from './show.js';
import type { Path } from './source.js';
import { didYouMean, suggest } from './suggest.js';

/** What is wrong at one place of the system file. `key` says that the fault is the key itself, not its value. */
export interface Fault {
  path: Path;
  key?: boolean;
  message: string;
}

/** Keywords that only repeat what another error says better. */
const echoes = new Set(['if', 'allOf', 'minProperties']);

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const steps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const follow = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (isNode(at) && Object.hasOwn(at, step) ? at[step] : undefined), root);

/** The schema an error comes from: the object holding the keyword that failed. */
type SchemaOf = (error: ErrorObject) => Node;

const within =
  (root: object): SchemaOf =>
  (error) => {
    const path = steps(error.schemaPath);
    // Shared definitions have code of their own, which tells the path from there: only where the value stands leads to them.
    const isShared = path.length === 1 && error.instancePath !== '';
    const schema = isShared ? standingAt(root, steps(error.instancePath)) : follow(root, path.slice(0, -1));
    return isNode(schema) ? schema : {};
  };

/** The schema of a value by where it stands, through properties, items and references. */
function standingAt(root: unknown, path: Path): unknown {
  const meant = (schema: unknown): unknown =>
    isNode(schema) && typeof schema.$ref === 'string' ? follow(root, steps(schema.$ref)) : schema;
  return path.reduce<unknown>((at, step) => {
    const next = follow(at, ['properties', step]) ?? follow(at, ['items']);
    return meant(next);
  }, root);
}

/** Turns the validator's errors into faults a person understands, one per mistake. `schema` is what the value was held against. */
export function schemaFaults(errors: readonly ErrorObject[], value: unknown, schema: object = systemSchema): Fault[] {
  const schemaOf = within(schema);
  const misspelt = new Set<string>();
  for (const error of errors) {
    if (error.keyword !== 'additionalProperties') continue;
    const meant = suggest(String(error.params.additionalProperty), knownKeys(schemaOf(error)));
    if (meant !== undefined) misspelt.add(`${error.instancePath}/${meant}`);
  }
  // Where alternatives have a name of their own, why each of them does not fit says less than that name.
  const named = errors.filter((error) => error.keyword === 'anyOf' && schemaOf(error).title !== undefined);
  const faults = errors.flatMap((error) => {
    if (echoes.has(error.keyword) || error.propertyName !== undefined) return [];
    if (named.some((each) => error.schemaPath.startsWith(`${each.schemaPath}/`))) return [];
    if (error.keyword === 'required' && misspelt.has(`${error.instancePath}/${error.params.missingProperty}`))
      return [];
    return [fault(error, value, schemaOf)];
  });
  // What is only an echo elsewhere is all there is to say here: an error must not vanish.
  return faults.length > 0 ? faults : errors.slice(0, 1).map((error) => fault(error, value, schemaOf));
}

const knownKeys = ({ properties }: Node): string[] => (isNode(properties) ? Object.keys(properties) : []);

function fault(error: ErrorObject, root: unknown, schemaOf: SchemaOf): Fault {
  const path = steps(error.instancePath);
  const where = path.length === 0 ? '' : `${pathText(path)}: `;
  const value = follow(root, path);
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params.additionalProperty);
      const known = knownKeys(schemaOf(error));
      const meant = didYouMean(name, known);
      const message = `${where}unknown key ${visible(name)}.${meant === '' ? ` Known here: ${known.join(', ')}.` : meant}`;
      return { path: [...path, name], key: true, message };
    }
    case 'propertyNames': {
      const name = String(error.params.propertyName);
      return {
        path: [...path, name],
        key: true,
        message: `${where}${show(name)} is not ${nameTitle(schemaOf(error))}.`,
      };
    }
    case 'required':
      return {
        path,
        key: true,
        message: `${where}${error.params.missingProperty} is missing.${hint(error, schemaOf)}`,
      };
    case 'enum':
      return { path, message: `${where}${oneOf(value, error.params.allowedValues as readonly unknown[])}` };
    case 'uniqueItems': {
      const item = [...path, String(Math.max(Number(error.params.i), Number(error.params.j)))];
      return { path: item, message: `${pathText(item)}: ${show(follow(root, item))} is listed twice.` };
    }
    default:
      return { path, message: `${where}${shape(error, value, schemaOf)}` };
  }
}

/** What a missing key is for. */
function hint(error: ErrorObject, schemaOf: SchemaOf): string {
  const described = follow(schemaOf(error), ['properties', String(error.params.missingProperty), 'description']);
  return typeof described === 'string' ? ` ${described}` : '';
}

/** What the names of a map are, in the words of the schema. */
function nameTitle({ propertyNames }: Node): string {
  const title = isNode(propertyNames) ? propertyNames.title : undefined;
  return typeof title === 'string' ? title : 'a name that may stand here';
}

function oneOf(value: unknown, allowed: readonly unknown[]): string {
  const options = allowed.map(String);
  if (typeof value !== 'string')
    return `${show(value)} is not ${options.length > 1 ? 'one of ' : ''}${orList(options)}.`;
  return `${show(value)} is not ${options.length > 1 ? 'one of ' : ''}${options.join(', ')}.${didYouMean(value, options)}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

function shape(error: ErrorObject, value: unknown, schemaOf: SchemaOf): string {
  if (error.keyword === 'minProperties') return `${show(value)} that holds nothing.`;
  const { title } = schemaOf(error);
  if (error.keyword === 'type' && typeof value !== 'string' && String(error.params.type) === 'string') {
    const quotes = typeof value === 'number' || typeof value === 'boolean' ? ' Put it in quotes.' : '';
    return `${show(value)} is not ${typeof title === 'string' ? title : kinds.string}.${quotes}`;
  }
  const collection = error.keyword === 'type' && ['object', 'array'].includes(String(error.params.type));
  if (typeof title === 'string' && !collection) return `${show(value)} is not ${title}.`;
  const wanted = [error.params.type].flat().map((type) => kinds[String(type)] ?? String(type));
  if (error.keyword === 'type') return `${show(value)} is not ${orList(wanted)}.`;
  if (error.keyword === 'minItems') return `${show(value)}; at least ${error.params.limit} must be listed.`;
  if (error.keyword === 'maxItems') return `more than ${error.params.limit} are listed.`;
  return `${show(value)} ${error.message ?? 'is not valid'}.`;
}
