import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { diffControls } from '#catalog/diff.js';
import { overlay } from '#catalog/overlay.js';
import { readPublished } from '#catalog/published.js';
import type { Open } from '#catalog/resolve.js';
import type { RampartError } from '#model/error.js';
import { base } from '../controls/base.js';

const nothing: Open = () => undefined;
const metadata = { title: 'T', version: '1', 'last-modified': '2026-01-02T00:00:00Z' };

const control = (id: string, more: object = {}) => ({
  id,
  title: `Title of ${id}`,
  parts: [
    {
      name: 'statement',
      prose: `Do {{ insert: param, ${id}_prm }}.`,
      parts: [{ name: 'item', props: [{ name: 'label', value: 'a.' }], prose: 'First.' }],
    },
  ],
  params: [{ id: `${id}_prm`, label: 'time' }],
  ...more,
});
const catalog = {
  catalog: {
    metadata,
    groups: [{ controls: [control('ac-1'), control('ac-2', { controls: [control('ac-2.1'), control('ac-2.2')] })] }],
  },
};
const profile = (body: object) => ({ profile: { metadata, ...body } });
const beside =
  (documents: Readonly<Record<string, unknown>>): Open =>
  (href) =>
    Object.hasOwn(documents, href) ? { file: href, document: documents[href] } : undefined;

const read = (document: unknown, documents: Readonly<Record<string, unknown>> = { 'c.json': catalog }) =>
  readPublished('p.json', document, beside(documents), { id: 'mine' }, base);
const idsOf = (document: unknown, documents?: Readonly<Record<string, unknown>>) =>
  read(document, documents).baselines[0]?.controls;

const refused = (run: () => unknown): RampartError => {
  try {
    run();
  } catch (error) {
    return error as RampartError;
  }
  throw new assert.AssertionError({ message: 'it was taken' });
};

describe('reading OSCAL', () => {
  it('takes every control of a catalog, nested ones too, with its text', () => {
    const { controls, baselines } = read(catalog);
    assert.deepEqual(
      controls.map(({ id }) => id),
      ['ac-1', 'ac-2', 'ac-2.1', 'ac-2.2'],
    );
    assert.deepEqual(baselines, []);
    assert.equal(controls[2]?.label, 'AC-2(1)');
    assert.equal(controls[0]?.prose, 'Do [time].\n  a. First.');
  });

  it('selects by id, pattern, children, all, and leaves out', () => {
    const from = (selection: object) => idsOf(profile({ imports: [{ href: 'c.json', ...selection }] }));
    assert.deepEqual(from({ 'include-controls': [{ 'with-ids': ['ac-2.1'] }] }), ['ac-2.1']);
    assert.deepEqual(from({ 'include-controls': [{ matching: [{ pattern: 'ac-2*' }] }] }), [
      'ac-2',
      'ac-2.1',
      'ac-2.2',
    ]);
    const withChildren = { 'include-controls': [{ 'with-ids': ['ac-2'], 'with-child-controls': 'yes' }] };
    assert.deepEqual(from(withChildren), ['ac-2', 'ac-2.1', 'ac-2.2']);
    assert.deepEqual(from({ 'include-all': {}, 'exclude-controls': [{ 'with-ids': ['ac-1'] }] })?.length, 3);
    assert.deepEqual(from({})?.length, 4);
  });

  it('follows profiles of profiles and references into back matter; later values win', () => {
    const inner = profile({
      imports: [{ href: '#r', 'include-controls': [{ 'with-ids': ['ac-1', 'ac-2'] }] }],
      modify: {
        'set-parameters': [
          { 'param-id': 'ac-1_prm', values: ['a year'] },
          { 'param-id': 'ac-2_prm', constraints: [{ description: 'a day' }] },
        ],
      },
      'back-matter': {
        resources: [
          {
            uuid: 'r',
            rlinks: [
              { href: 'c.xml', 'media-type': 'application/xml' },
              { href: 'c.json', 'media-type': 'application/oscal.catalog+json' },
            ],
          },
        ],
      },
    });
    const outer = profile({
      imports: [{ href: 'inner.json' }],
      modify: {
        'set-parameters': [{ 'param-id': 'ac-1_prm', values: ['a month'] }],
        alters: [
          {
            'control-id': 'ac-1',
            removes: [{ 'by-name': 'item' }],
            adds: [{ position: 'ending', parts: [{ name: 'guidance', prose: 'Also this.' }] }],
          },
        ],
      },
    });
    const { baselines, controls } = read(outer, { 'inner.json': inner, 'c.json': catalog });
    assert.deepEqual(baselines[0]?.parameters, { 'ac-1_prm': ['a month'], 'ac-2_prm': ['a day'] });
    assert.equal(controls[0]?.prose, 'Do a month.\nGuidance: Also this.');
    assert.match(controls[1]?.prose ?? '', /^Do a day\.\n {2}a\. First\./);
  });

  it('refuses circles, missing files where they are needed, unknown controls and other documents', () => {
    const circle = profile({ imports: [{ href: 'p.json' }] });
    assert.match(refused(() => read(circle, { 'p.json': circle })).message, /circle/);
    assert.match(
      refused(() => read(profile({ imports: [{ href: 'gone.json' }] }))).message,
      /gone\.json, which is not there/,
    );
    const wrong = profile({ imports: [{ href: 'c.json', 'include-controls': [{ 'with-ids': ['zz-9'] }] }] });
    assert.match(refused(() => read(wrong)).message, /takes zz-9, which c\.json does not have/);
    assert.equal(refused(() => read({ hello: 1 })).code, 'RAMPART_CATALOG_UNKNOWN');
    assert.equal(refused(() => read(profile({ imports: [{ href: '#none' }] }))).code, 'RAMPART_CATALOG_IMPORT');
    assert.match(refused(() => read(profile({ imports: 7 }))).message, /\/profile\/imports must be a list/);
  });

  it('is an error with a code, or a result, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom('catalog', 'profile', 'FRR'), (value, key) => {
        try {
          readPublished('x.json', { [key]: value, info: {}, KSI: {} }, nothing, { id: 'x' }, base);
        } catch (error) {
          assert.match((error as RampartError).code ?? String(error), /^RAMPART_CATALOG_/);
        }
      }),
    );
  });
});

describe('the official files', () => {
  const shared = new URL('../../../shared/data/', import.meta.url);
  before(function () {
    if (existsSync(shared)) return;
    process.stderr.write('      skipped: the official files are not beside this checkout\n');
    this.skip();
  });
  const folder = new URL('oscal/baselines/', shared);
  const official = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const open: Open = (href) => {
    const name = basename(href);
    return readdirSync(folder).includes(name) ? { file: name, document: official(name) } : undefined;
  };
  const shippedAs = {
    'FedRAMP_rev5_LI-SaaS-baseline_profile.json': 'fedramp-rev5-li-saas',
    'NIST_SP-800-53_rev5_LOW-baseline_profile.json': 'nist-800-53b-low',
    'NIST_SP-800-53_rev5_MODERATE-baseline_profile.json': 'nist-800-53b-moderate',
    'NIST_SP-800-53_rev5_HIGH-baseline_profile.json': 'nist-800-53b-high',
  };
  for (const [name, id] of Object.entries(shippedAs)) {
    it(`${name} comes to what is shipped as ${id}`, () => {
      const [imported] = readPublished(name, official(name), open, { id: 'theirs' }, base).baselines;
      const shipped = base.baselines.find((each) => each.id === id);
      assert.ok(imported && shipped);
      const diff = diffControls({ name, baseline: shipped }, { name, baseline: imported }, base);
      const none = { added: [], removed: [], changed: [] };
      assert.deepEqual([diff.controls, diff.parameters], [none, none]);
    });
  }

  it('the resolved low baseline brings 149 controls with their text, under the titles shipped', () => {
    const name = 'NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json';
    const data = readPublished(name, official(name), open, { id: 'low' }, base);
    assert.equal(data.controls.length, 149);
    const over = overlay(base, [{ data, digest: 'd' }]);
    assert.equal(over.controls.length, base.controls.length);
    for (const { id, title } of data.controls) {
      assert.equal(base.controls.find((each) => each.id === id)?.title, title);
      assert.ok((over.prose.get(id) ?? '').length > 20, id);
    }
    assert.doesNotMatch([...over.prose.values()].join(''), /\{\{/);
    assert.ok(over.sources.at(-1)?.includes('5.1.1+u4'));
  });

  it('FedRAMP’s own rules file comes to what is shipped', () => {
    const name = 'fedramp-consolidated-rules-2026.07.14.01.json';
    const document = JSON.parse(readFileSync(new URL(name, shared), 'utf8'));
    const { rules, baselines } = readPublished(name, document, open, { id: 'x' }, base);
    const { source: _, answers: __, related: ___, ...facts } = base.rules;
    assert.deepEqual({ ...rules, source: undefined }, { ...facts, source: undefined });
    for (const { id, parameters, indicators, controls } of baselines) {
      const shipped = base.baselines.find((each) => each.id === id);
      assert.deepEqual(
        { parameters, indicators, controls },
        {
          parameters: shipped?.parameters,
          indicators: shipped?.indicators,
          controls: shipped?.controls,
        },
      );
    }
    assert.equal(baselines.length, 3);
  });

  it('a newer rules file says what changed and whom it touches', () => {
    const name = 'fedramp-consolidated-rules-2026.07.14.01.json';
    const document = JSON.parse(readFileSync(new URL(name, shared), 'utf8'));
    document.info.version = '2027.01.01.01';
    document.FRR.CCM.data.all.QTR['CCM-QTR-NEW'] = { name: 'New', force: 'MUST' };
    document.KSI.SVC.indicators['KSI-SVC-NEW'] = { name: 'New', statement: 'x', controls: ['sc-28'] };
    const { rules } = readPublished(name, document, open, { id: 'x' }, base);
    assert.ok(rules);
    const diff = diffControls({ name: 'a', rules: base.rules }, { name: 'b', rules }, base);
    assert.deepEqual(diff.rules.added, ['CCM-QTR-NEW']);
    assert.deepEqual(diff.indicators.added, ['KSI-SVC-NEW']);
    assert.ok(diff.requirements.includes('s3-default-kms'));
    assert.ok(!diff.requirements.includes('nothing'));
  });

  it('newer rules leave what Rampart itself says of rules and indicators', () => {
    const { related: _, answers: __, ...bare } = base.rules;
    const rules = { ...bare, version: '2027.01.01.01' };
    const data = { format: 'rampart-controls-1' as const, source: 'x', controls: [], baselines: [], rules };
    const over = overlay(base, [{ data, digest: 'd' }]);
    assert.equal(over.rules.version, '2027.01.01.01');
    assert.deepEqual(over.rules.related, base.rules.related);
    assert.deepEqual(over.rules.answers, base.rules.answers);
  });
});
