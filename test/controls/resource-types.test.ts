import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { base } from './base.js';

/** The types each region has, as the installed cfn-lint knows them. */
const script = `
import glob, json, os, runpy
import cfnlint.version, cfnlint
folder = os.path.join(os.path.dirname(cfnlint.__file__), 'data', 'schemas', 'providers')
regions = {}
for path in glob.glob(os.path.join(folder, '*.py')):
    types = runpy.run_path(path).get('types')
    if types: regions[os.path.basename(path)[:-3].replace('_', '-')] = sorted(types)
print(json.dumps({'version': cfnlint.version.__version__, 'regions': regions}))
`;
const shipped = '1.51.0';
const gov = ['us-gov-east-1', 'us-gov-west-1'];

describe('the resource types by region', () => {
  it(`are those of cfn-lint ${shipped}, all of them`, function () {
    this.timeout(60_000);
    const { status, stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const read =
      status === 0 ? (JSON.parse(stdout) as { version: string; regions: Record<string, string[]> }) : undefined;
    if (read?.version !== shipped) {
      process.stdout.write(`      skipped: cfn-lint ${shipped} is not installed\n`);
      this.skip();
    }
    const types = new Set(
      Object.values(read.regions)
        .flat()
        .filter((type) => type.startsWith('AWS::')),
    );
    const inRegion = new Map(gov.map((region) => [region, new Set(read.regions[region])]));
    const expected = [...types].sort().map((type) => [type, gov.filter((region) => inRegion.get(region)?.has(type))]);
    const rows = (base.boundary.types ?? []).flatMap(({ ids, regions, lacking = [] }) =>
      ids.filter((id) => id.startsWith('AWS::')).map((id) => ({ id, regions, lacking })),
    );
    assert.deepEqual(
      rows
        .map(({ id, regions }) => [id, [...regions].sort()])
        .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
      expected,
    );
    for (const { id, regions, lacking } of rows) assert.equal(regions.length + lacking.length, gov.length, id);
    assert.ok(types.size > 1500);
  });
});
