import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import validate from '#generated/fedramp.js';
import { cutFedrampSchemas, fedrampCommonFile, fedrampSchemaFiles } from '../../src/build/fedramp-schema.js';
import { fedrampDocuments } from '../../src/evidence/fedramp/documents.js';
import type { Json } from '../../src/evidence/fedramp/schema.js';
import { certification, inputOf } from '../evidence/fedramp/sample.js';

const folder = new URL('../../../shared/data/fedramp-schemas/', import.meta.url);
const shipped = new URL('../../controls/catalog/fedramp-cr26.schema.json', import.meta.url);
const read = (name: string): Json => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

function official(context: Mocha.Context): { types: Record<string, Json>; common: Json } {
  if (!existsSync(folder)) {
    process.stderr.write('      skipped: FedRAMP’s schemas are not on this machine\n');
    context.skip();
  }
  const types = Object.entries(fedrampSchemaFiles).map(([type, name]) => [type, read(name)]);
  return { types: Object.fromEntries(types), common: read(fedrampCommonFile) };
}

describe('FedRAMP’s schemas at build time', () => {
  const common = { $id: 'https://x/common.json', $defs: { uri: { type: 'string', format: 'uri', title: 'A URI' } } };
  const thing = {
    $id: 'https://x/thing.json',
    $schemaVersion: '1.0.0',
    type: 'object',
    properties: {
      title: { type: 'string', title: 'Title', examples: ['a'] },
      part: { $ref: 'https://x/common.json/$defs/uri', description: 'Words.' },
    },
    $defs: { unused: { type: 'string' } },
  };

  it('become one, without prose, with the references between files mended and a property called title kept', () => {
    const { properties, $defs } = cutFedrampSchemas({ thing }, common);
    assert.deepEqual(properties, {
      thing: {
        $comment: 'https://x/thing.json, version 1.0.0',
        type: 'object',
        properties: { title: { type: 'string' }, part: { $ref: '#/$defs/uri' } },
      },
    });
    assert.deepEqual($defs, { uri: { type: 'string', format: 'uri' } });
  });

  it('are refused where two define one name, or a reference leads nowhere', () => {
    assert.throws(() => cutFedrampSchemas({ thing: { ...thing, $defs: { uri: {} } } }, common), /define "uri"/);
    assert.throws(() => cutFedrampSchemas({ thing }, { $defs: {} }), /refers to "uri"/);
  });

  it('are shipped exactly as FedRAMP’s files give them', function () {
    const { types, common } = official(this);
    assert.deepEqual(JSON.parse(readFileSync(shipped, 'utf8')), cutFedrampSchemas(types, common));
    assert.deepEqual(validate.schema, JSON.parse(readFileSync(shipped, 'utf8')));
  });

  it('say of documents what FedRAMP’s own files say', function () {
    const { types, common } = official(this);
    const mended = (file: Json): Json => JSON.parse(JSON.stringify(file).replaceAll('.json/$defs/', '.json#/$defs/'));
    const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
    addFormats.default(ajv);
    ajv.addKeyword('$schemaVersion');
    ajv.addSchema(mended(common));
    const cases = [inputOf(), inputOf({ certification }), inputOf({ baseline: 'fedramp-class-d' })].flatMap(
      (input) => fedrampDocuments(input, validate.schema, validate).documents,
    );
    for (const [type, file] of Object.entries(types)) {
      const own = ajv.compile(mended(file));
      const given = cases.filter((each) => each.type === type);
      assert.equal(given.length, 3);
      for (const { document, state } of given) {
        assert.equal(own(document), state === 'valid', JSON.stringify(own.errors));
        const wrong = { ...document, certificationPackageOverviewUri: 'not a uri', contactInformation: {} };
        const here = validate({ [type]: wrong }).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
        assert.equal(own(wrong), false);
        assert.deepEqual(
          here,
          (own.errors ?? []).map(({ instancePath, keyword }) => `/${type}${instancePath} ${keyword}`),
        );
      }
    }
  });
});
