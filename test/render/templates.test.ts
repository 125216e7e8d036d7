import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const folder = new URL('../../templates/', import.meta.url);

/**
 * What templates may print as it stands: words of a template's own, numbers, and text that `contextOf` has already made into
 * YAML or HCL. Nothing a user wrote is among them; those go through a helper that quotes.
 */
const bare = new Set([
  'action',
  'bucket',
  'cidr',
  'constraint',
  'dimensions',
  'direction',
  'endpoint.capacity',
  'endpoint.instances',
  'endpointArn',
  'endpointNumber',
  'entity',
  'from',
  'group',
  'harm',
  'id',
  'index',
  'label',
  'locations',
  'methods',
  'metric',
  'network.subnetList',
  'objects',
  'operation',
  'policy',
  'regions',
  'repositoryArn',
  'service',
  'slug',
  'source',
  'stream',
  'subnets',
  'target',
  'test',
  'this',
  'threshold',
  'trailArn',
  'vpc',
  'weightsArn',
  'weightsBucketArn',
  'why',
  'zone',
]);

describe('templates', () => {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.hbs'),
  )) {
    it(`${path} prints no user’s text without quoting it`, () => {
      const found: string[] = [];
      class Walk extends Handlebars.Visitor {
        override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
          if (statement.params.length === 0) found.push((statement.path as hbs.AST.PathExpression).original);
        }
      }
      new Walk().accept(Handlebars.parse(readFileSync(new URL(path, folder), 'utf8')));
      assert.deepEqual(
        found.filter((each) => !bare.has(each)),
        [],
      );
    });
  }
});
