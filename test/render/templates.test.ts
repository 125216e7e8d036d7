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
  'answers.operator',
  'answers.status',
  'allDevices',
  'ami',
  'bucket',
  'cidr',
  'clusterArn',
  'constraint',
  'cpu',
  'deployerArn',
  'device',
  'devices',
  'dimensions',
  'direction',
  'endpoint.capacity',
  'endpoint.contextLength',
  'endpoint.instances',
  'endpoint.weights.gib',
  'endpointArn',
  'endpointNumber',
  'entity',
  'from',
  'group',
  'harm',
  'id',
  'index',
  'kept',
  'label',
  'least',
  'locations',
  'machine',
  'memory',
  'methods',
  'metric',
  'most',
  'network.subnetList',
  'objects',
  'operation',
  'parallel',
  'policy',
  'port',
  'protocol',
  'regions',
  'repositoryArn',
  'service',
  'sharedMemory',
  'slug',
  'source',
  'spare',
  'storage',
  'stream',
  'subnets',
  'taint',
  'target',
  'test',
  'this',
  'threshold',
  'trailArn',
  'volume',
  'vpc',
  'weightsArn',
  'weightsBucketArn',
  'what',
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
