import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { compileOscalValidator, oscalModels, pruneSchema, schemaNotice } from '../../src/build/oscal-schema.js';

const official = new URL('../../../shared/data/oscal/oscal_complete_schema-1.2.1.json', import.meta.url);
const example = new URL('../../../shared/data/oscal/examples/ar/ifa_assessment-results-example.json', import.meta.url);
const others = [
  'ap/ifa_assessment-plan-example.json',
  'component-definition/example-component.json',
  'poam/ifa_plan-of-action-and-milestones.json',
  'ssp/ssp-example.json',
].map((path) => new URL(`../../../shared/data/oscal/examples/${path}`, import.meta.url));
const shipped = new URL('../../controls/catalog/oscal-1.2.1.schema.json', import.meta.url);

type Validator = (document: unknown) => readonly { instancePath: string; keyword: string }[];

const load = async (code: string): Promise<Validator> =>
  (await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)).default;

const small = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:example:complete',
  type: 'object',
  definitions: {
    Name: { title: 'A name', description: 'Words.', $id: '#name', type: 'string', pattern: '^\\p{L}+$' },
    thing: {
      type: 'object',
      properties: {
        title: { $ref: '#/definitions/Name' },
        parts: { type: 'array', items: { $ref: '#/definitions/thing' } },
      },
      required: ['title'],
      additionalProperties: false,
    },
    unused: { $ref: '#/definitions/Name' },
  },
  oneOf: [
    { properties: { other: { $ref: '#/definitions/unused' } }, required: ['other'], additionalProperties: false },
    { properties: { thing: { $ref: '#/definitions/thing' } }, required: ['thing'], additionalProperties: false },
  ],
};

describe('the OSCAL schema at build time', () => {
  it('keeps what a document type reaches, and a property called title', () => {
    assert.deepEqual(pruneSchema(small, ['thing']), {
      $schema: small.$schema,
      $id: small.$id,
      $comment: schemaNotice,
      type: 'object',
      properties: { thing: { $ref: '#/definitions/thing' } },
      oneOf: [{ properties: { thing: true }, required: ['thing'] }],
      additionalProperties: false,
      definitions: { Name: { type: 'string', pattern: '^\\p{L}+$' }, thing: small.definitions.thing },
    });
  });

  it('refuses a document type that is not there and a reference that leads nowhere', () => {
    assert.throws(() => pruneSchema(small, ['nothing']), /no document that starts with "nothing"/);
    const { Name: _, ...definitions } = small.definitions;
    assert.throws(() => pruneSchema({ ...small, definitions }, ['thing']), /refers to "Name"/);
  });

  it('compiles to one module without imports that names every mistake', async () => {
    const code = compileOscalValidator(JSON.stringify(pruneSchema(small, ['thing'])));
    assert.doesNotMatch(code, /\brequire\(|\bimport\b/);
    const validate = await load(code);
    assert.deepEqual(validate({ thing: { title: 'Größe' } }), []);
    assert.deepEqual(
      validate({ thing: { title: 'a b', extra: 1, parts: [{}] } }).map(
        ({ instancePath, keyword }) => `${instancePath} ${keyword}`,
      ),
      ['/thing additionalProperties', '/thing/title pattern', '/thing/parts/0 required'],
    );
  });

  it('ships exactly what the official schema gives', function () {
    if (!existsSync(official)) return skip(this, official);
    const complete = JSON.parse(readFileSync(official, 'utf8'));
    assert.deepEqual(JSON.parse(readFileSync(shipped, 'utf8')), pruneSchema(complete, oscalModels));
  });

  it('accepts NIST’s example and refuses it with one letter changed', async function () {
    if (!existsSync(example)) return skip(this, example);
    const validate = await load(compileOscalValidator(readFileSync(shipped, 'utf8')));
    const document = JSON.parse(readFileSync(example, 'utf8'));
    assert.deepEqual(validate(document), []);
    document['assessment-results'].uuid = document['assessment-results'].uuid.replace(/^./, 'x');
    assert.deepEqual(
      validate(document).map(({ instancePath }) => instancePath),
      ['/assessment-results/uuid'],
    );
    for (const other of others) assert.deepEqual(validate(JSON.parse(readFileSync(other, 'utf8'))), [], other.pathname);
    assert.notDeepEqual(validate({}), []);
    assert.notDeepEqual(validate({ ...document, 'plan-of-action-and-milestones': {} }), []);
  });
});

function skip(context: Mocha.Context, file: URL): void {
  process.stderr.write(`      skipped: ${file.pathname.split('/').at(-1)} is not on this machine\n`);
  context.skip();
}
