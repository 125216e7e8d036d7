import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BoundaryData } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { Control } from '#model/control.js';

const shared = new URL('../../../shared/data/', import.meta.url);
const read = <Shape>(path: string): Shape =>
  parse(readFileSync(new URL(`../../controls/${path}`, import.meta.url), 'utf8')) as Shape;
const published = <Shape>(name: string): Shape => JSON.parse(readFileSync(new URL(name, shared), 'utf8')) as Shape;

const expected = { 'fedramp-rev5-moderate': 323, 'fedramp-rev5-high': 410 };
const catalog = read<{ controls: Control[] }>('catalog/nist-800-53-rev5.yaml').controls;

describe('control data', () => {
  for (const [id, count] of Object.entries(expected)) {
    const baseline = read<Baseline>(`baselines/${id}.yaml`);

    it(`${id} selects ${count} controls, each in the catalog, sorted and once`, () => {
      assert.equal(baseline.id, id);
      assert.equal(baseline.controls.length, count);
      assert.deepEqual(baseline.controls, [...new Set(baseline.controls)].sort());
      const known = new Set(catalog.map((control) => control.id));
      assert.deepEqual(
        baseline.controls.filter((control) => !known.has(control)),
        [],
      );
      assert.match(baseline.date, /^\d{4}-\d\d-\d\d$/);
    });

    it(`${id} is what the published list and parameters say`, function () {
      if (!existsSync(shared)) {
        process.stderr.write('      skipped: the published control lists are not beside this checkout\n');
        return this.skip();
      }
      type Listed = Control & { baselines: string[] };
      const rows = published<{ controls: Listed[] }>('controls.json').controls;
      const selected = rows.filter((row) => row.baselines.includes(id));
      assert.deepEqual(baseline.controls, selected.map((row) => row.id).sort());
      for (const { id: control, label, title } of selected) {
        const ours = catalog.find((each) => each.id === control);
        assert.deepEqual([ours?.label, ours?.title], [label, title]);
      }
      const { parameters } = published<{ parameters: Record<string, Baseline['parameters']> }>(
        'fedramp-parameters.json',
      );
      assert.deepEqual(baseline.parameters, parameters[id]);
    });
  }

  it('the catalog holds no control that no baseline selects', () => {
    const selected = new Set(Object.keys(expected).flatMap((id) => read<Baseline>(`baselines/${id}.yaml`).controls));
    assert.deepEqual(
      catalog.filter((control) => !selected.has(control.id)),
      [],
    );
  });

  it('every row of the boundary is dated and sourced, and names regions of a partition', () => {
    const boundary: BoundaryData = {
      ...read<BoundaryData>('boundary/partitions.yaml'),
      ...read<BoundaryData>('boundary/models.yaml'),
      ...read<BoundaryData>('boundary/accelerators.yaml'),
      ...read<BoundaryData>('boundary/clouds.yaml'),
    };
    const { partitions, models, nvmeFamilies, kinds = [], services = [], seen = [], clouds = [] } = boundary;
    const regions = partitions.flatMap((partition) => partition.regions);
    const rows = [...partitions, ...models, ...kinds, ...services, ...seen, ...clouds, nvmeFamilies];
    assert.ok(rows.length > 30);
    for (const row of rows) {
      assert.match(row.date, /^20\d\d-\d\d-\d\d$/);
      assert.notEqual(row.source, '');
    }
    for (const row of [...models, ...kinds])
      assert.deepEqual(
        row.regions.filter((region) => !regions.includes(region)),
        [],
      );
    for (const model of models) {
      assert.ok(model.regions.length > 0 || model.geoProfile, model.id);
      if (model.geoProfile) assert.equal(model.geoProfile, `us-gov.${model.id}`);
    }
    for (const { id, locations } of clouds) assert.equal(new Set(locations).size, locations.length, id);
    assert.equal(new Set(models.map((model) => model.id)).size, models.length);
    const both = nvmeFamilies.families.filter((family) => nvmeFamilies.without?.includes(family));
    assert.deepEqual(both, []);
  });
});
