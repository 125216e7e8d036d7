import assert from 'node:assert/strict';
import validate from '#generated/fedramp.js';
import { fedrampDocuments } from '../../../src/evidence/fedramp/documents.js';
import { leftFields } from '../../../src/evidence/fedramp/left.js';
import { leftMarkdown } from '../../../src/evidence/fedramp/left-markdown.js';
import { unknownFields } from '../../../src/evidence/fedramp/misspelt.js';
import { documentTypes, type Json } from '../../../src/evidence/fedramp/schema.js';
import { certification, inputOf } from './sample.js';

const { schema } = validate;
const { documents } = fedrampDocuments(inputOf({ certification }), schema, validate);

type Path = readonly (string | number)[];

/** Every field of a document, by its path. */
function fieldsIn(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => fieldsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => [[...path, name], ...fieldsIn(held, [...path, name])]);
}

/** A copy without the field at a path, or with it under another name. */
function changed(document: unknown, path: Path, name?: string): unknown {
  const copy = structuredClone(document);
  const holder = path.slice(0, -1).reduce((at, step) => (at as Record<string | number, unknown>)[step], copy);
  const fields = holder as Record<string | number, unknown>;
  const last = path.at(-1) as string;
  const held = fields[last];
  delete fields[last];
  if (name !== undefined) fields[name] = held;
  return copy;
}

const pointer = (path: Path): string => path.map((step) => `/${step}`).join('');

describe('fields of FedRAMP’s documents', () => {
  for (const { type, document } of documents) {
    // Of the items of one list the first few stand for all.
    const paths = fieldsIn(document).filter((path) => path.every((step) => typeof step === 'string' || step < 2));

    it(`${type}: each field with a letter too much is found, wherever it stands`, () => {
      assert.ok(paths.length > 10);
      for (const path of paths) {
        const name = `${path.at(-1)}s`;
        const found = unknownFields(changed(document, path, name), type, schema);
        assert.deepEqual(
          found.map(({ at }) => at),
          [pointer([...path.slice(0, -1), name])],
        );
        assert.ok(found[0]?.known.includes(String(path.at(-1))));
      }
    });

    it(`${type}: each field that is taken away is left for people, and nothing else`, () => {
      const options = { emptyIsFilled: type !== 'security-decision-record' };
      const before = leftFields(document, type, schema, options);
      // A list that holds nothing is left for people already.
      const held = (path: Path): unknown => path.reduce((at: unknown, step) => (at as Json)[step], document);
      for (const path of paths.filter((each) => JSON.stringify(held(each)) !== '[]')) {
        const without = changed(document, path);
        const field = path.map((step) => `/${typeof step === 'number' ? '*' : step}`).join('');
        const after = leftFields(without, type, schema, options);
        const count = (rows: typeof before) => rows.find((row) => row.field === field)?.of?.length ?? 0;
        const row = after.find((each) => each.field === field);
        assert.ok(row, field);
        if (path.some((step) => typeof step === 'number')) assert.equal(count(after), count(before) + 1, field);
        const gone = (each: (typeof before)[number]) => each.field === field || each.field.startsWith(`${field}/`);
        assert.deepEqual(
          after.filter((each) => !gone(each)).map((each) => each.field),
          before.filter((each) => !gone(each)).map((each) => each.field),
        );
      }
    });
  }

  it('names every field of the schema once: in the document or in the list', () => {
    for (const type of documentTypes) {
      const root = (schema.properties as { [name: string]: { properties: Json } })[type]?.properties ?? {};
      const nothing = leftFields({}, type, schema, { emptyIsFilled: true });
      assert.deepEqual(
        nothing.map(({ field }) => field),
        Object.keys(root).map((name) => `/${name}`),
      );
    }
  });

  it('says of a required field that is left what the schema says is missing', () => {
    for (const { type, document, left } of fedrampDocuments(inputOf(), schema, validate).documents) {
      const required = left.filter((each) => each.required).map(({ field }) => field);
      const missing = validate({ [type]: document })
        .filter(({ keyword }) => keyword === 'required')
        .map(({ instancePath, params }) => `${instancePath.slice(type.length + 1)}/${params.missingProperty}`);
      for (const field of missing) assert.ok(required.includes(field), field);
      if (type !== 'security-decision-record') assert.deepEqual(required.sort(), missing.sort());
    }
  });

  it('every key of the system file it points to fills the field, when it is given', () => {
    const { left } = fedrampDocuments(inputOf(), schema, validate);
    const asked = left.documents.flatMap(({ type, fields }) =>
      fields.filter(({ give }) => give !== undefined).map(({ field }) => `${type}${field}`),
    );
    assert.ok(asked.length > 12);
    const still = new Set(
      fedrampDocuments(inputOf({ certification }), schema, validate).left.documents.flatMap(({ type, fields }) =>
        fields.map(({ field }) => `${type}${field}`),
      ),
    );
    for (const field of asked) assert.ok(!still.has(field), field);
  });

  it('the list people read has every field of the list programs read', () => {
    const { left } = fedrampDocuments(inputOf({ baseline: 'fedramp-class-c' }), schema, validate);
    const text = leftMarkdown(left);
    for (const { path, fields } of left.documents) {
      const page = text.slice(text.indexOf(`## ${path}`)).split('\n## ')[0] ?? '';
      for (const { field, required } of fields)
        assert.ok(page.includes(`| \`${field}\` | ${required ? 'yes' : 'no'} |`), field);
    }
    for (const { field, why } of left.toComplete) assert.ok(text.includes(`\`${field}\`: ${why}`), field);
    assert.match(text, /No earlier evidence was given, so nothing was compared/);
  });

  it('walks hostile documents without harm', () => {
    const hostile = JSON.parse(
      '{"__proto__": 1, "constructor": [], "securityControls": [1, null, {"controlId": {}}], "a/b~c": 0}',
    );
    assert.deepEqual(
      unknownFields(hostile, 'security-decision-record', schema).map(({ at }) => at),
      ['/__proto__', '/constructor', '/a~1b~0c'],
    );
    assert.ok(leftFields(hostile, 'security-decision-record', schema, { emptyIsFilled: true }).length > 0);
    for (const value of [null, 1, 'x', [], [[]]])
      assert.deepEqual(unknownFields(value, 'security-decision-record', schema), []);
  });
});
