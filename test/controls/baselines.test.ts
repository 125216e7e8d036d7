import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Baseline } from '#model/baseline.js';
import { type Control, labelOf } from '#model/control.js';
import { type FedrampRules, ruleFamily } from '#model/fedramp-rules.js';
import { base } from './base.js';

const shared = new URL('../../../shared/data/', import.meta.url);
const read = <Shape>(path: string): Shape =>
  parse(readFileSync(new URL(`../../controls/${path}`, import.meta.url), 'utf8')) as Shape;
const published = <Shape>(name: string): Shape => JSON.parse(readFileSync(new URL(name, shared), 'utf8')) as Shape;

const expected: Readonly<Record<string, number>> = {
  'nist-800-53b-low': 149,
  'nist-800-53b-moderate': 287,
  'nist-800-53b-high': 370,
  'nist-800-53b-privacy': 96,
  'fedramp-rev5-li-saas': 156,
  'fedramp-rev5-low': 156,
  'fedramp-rev5-moderate': 323,
  'fedramp-rev5-high': 410,
  'fedramp-class-b': 156,
  'fedramp-class-c': 323,
  'fedramp-class-d': 410,
};
/** A class has the controls of the rev 5 baseline of its impact level. */
const listOfClass: Readonly<Record<string, string>> = { b: 'low', c: 'moderate', d: 'high' };
const catalog = read<{ controls: Control[] }>('catalog/nist-800-53-rev5.yaml').controls;
const rules = read<FedrampRules>('catalog/fedramp-rules.yaml');

/** `ac-6.1` of the rules' `AC-06-01`. */
const oscalId = (text: string): string => {
  const [family = '', number, enhancement] = text.split('-');
  return `${family.toLowerCase()}-${Number(number)}${enhancement ? `.${Number(enhancement)}` : ''}`;
};

function skipWithout(context: Mocha.Context): void {
  if (existsSync(shared)) return;
  process.stderr.write('      skipped: the published control lists are not beside this checkout\n');
  context.skip();
}

type Published = Omit<FedrampRules, 'families' | 'rules'> & {
  rules: (FedrampRules['rules'][number] & { family: string; familyName: string })[];
  controlParameters: Record<string, Partial<Record<'all' | 'b' | 'c' | 'd', Record<string, string>>>>;
};

describe('control data', () => {
  for (const [id, count] of Object.entries(expected)) {
    const baseline = read<Baseline>(`baselines/${id}.yaml`);
    const [, letter] = /^fedramp-class-(.)$/.exec(id) ?? [];
    const list = letter ? `fedramp-rev5-${listOfClass[letter]}` : id;

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
      skipWithout(this);
      type Listed = Control & { baselines: string[] };
      const rows = published<{ controls: Listed[] }>('controls.json').controls;
      const selected = rows.filter((row) => row.baselines.includes(list));
      assert.deepEqual(baseline.controls, selected.map((row) => row.id).sort());
      for (const { id: control, label, title } of selected) {
        const ours = catalog.find((each) => each.id === control);
        assert.deepEqual([ours?.label, ours?.title], [label, title]);
      }
      if (letter) return;
      const { parameters } = published<{ parameters: Record<string, Baseline['parameters']> }>(
        'fedramp-parameters.json',
      );
      assert.deepEqual(baseline.parameters, parameters[id] ?? {});
    });

    if (!letter) continue;
    it(`${id} has the parameters and indicators the Consolidated Rules give it`, function () {
      skipWithout(this);
      const { controlParameters, indicators } = published<Published>('fedramp-cr26.json');
      const assigned = Object.entries(controlParameters)
        .filter(([control]) => baseline.controls.includes(oscalId(control)))
        .flatMap(([, byClass]) => Object.entries(byClass.all ?? byClass[letter as 'b'] ?? {}));
      assert.ok(assigned.length > 2);
      assert.deepEqual(baseline.parameters, Object.fromEntries(assigned.map(([name, value]) => [name, [value]])));
      const shown = indicators.flatMap(({ id: indicator, classes }) => {
        const force = classes === 'all' ? 'required' : classes[letter as 'b'];
        return force ? [[indicator, force]] : [];
      });
      assert.ok(shown.length > 40);
      assert.deepEqual(baseline.indicators, Object.fromEntries(shown));
    });
  }

  it('has the 46 indicators and every rule of the Consolidated Rules', function () {
    assert.equal(rules.indicators.length, 46);
    for (const { controls } of rules.indicators) assert.deepEqual(controls, [...new Set(controls)]);
    skipWithout(this);
    const { indicators, rules: said } = published<Published>('fedramp-cr26.json');
    assert.deepEqual(rules.indicators, indicators);
    assert.deepEqual(
      rules.rules.map(({ months: _, ...rule }) => rule),
      said.map(({ id, name, appliesTo, force }) => ({ id, name, appliesTo, force })),
    );
    const sentences = JSON.stringify(published('fedramp-consolidated-rules-2026.07.14.01.json'));
    const asked = rules.rules.flatMap(({ id, months = {} }) => Object.entries(months).map((each) => [id, ...each]));
    assert.deepEqual(asked, [
      ['FRC-CSX-MOT', 'c', 6],
      ['FRC-CSX-MOT', 'd', 18],
    ]);
    for (const [, of, months] of asked) {
      assert.match(
        sentences,
        new RegExp(`20x Class ${String(of).toUpperCase()} [^.]*historical metrics[^.]* past ${months} months`),
      );
    }
    for (const { id, family, familyName } of said) {
      assert.equal(ruleFamily(id), family);
      assert.equal(rules.families[family], familyName);
    }
  });

  it('the catalog has all 476 controls', () => {
    assert.equal(catalog.length, 476);
    assert.equal(new Set(catalog.map((control) => control.id)).size, 476);
    for (const { id, label } of catalog) assert.equal(label, labelOf(id));
  });

  it('the catalog is what was published, row by row', function () {
    skipWithout(this);
    const { controls } = published<{ controls: (Control & { titleSource: string })[] }>('controls.json');
    const facts = (rows: readonly Control[]): string[] =>
      rows.map(({ id, label, title }) => `${id} ${label} ${title}`).sort();
    assert.deepEqual(facts(catalog), facts(controls));
  });

  it('every row of the boundary is dated and sourced, and names regions of a partition or cloud', () => {
    const { boundary } = base;
    const { partitions, models, nvmeFamilies, kinds = [], services = [], clouds = [] } = boundary;
    const { types = [], families = [] } = boundary;
    const regions = [...partitions.map((each) => each.regions), ...clouds.map(({ locations }) => locations)].flat();
    const rows = [...partitions, ...models, ...kinds, ...services, ...types, ...families, ...clouds, nvmeFamilies];
    assert.ok(rows.length > 30);
    for (const row of rows) {
      assert.match(row.date, /^20\d\d-\d\d-\d\d$/);
      assert.notEqual(row.source, '');
    }
    for (const row of [...models, ...kinds, ...types, ...families]) {
      const named = [...row.regions, ...('lacking' in row ? (row.lacking ?? []) : [])];
      assert.deepEqual(
        named.filter((region) => !regions.includes(region)),
        [],
      );
      assert.equal(new Set(named).size, named.length, 'a region has a thing or lacks it');
    }
    for (const rows of [types, families]) {
      const ids = rows.flatMap((row) => row.ids);
      assert.equal(new Set(ids).size, ids.length, 'one row tells of a thing');
    }
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
